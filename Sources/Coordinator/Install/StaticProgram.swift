/// The facts that an ELF file has about itself, as far as they matter before it is sent to a host: for which machine it
/// is, and that it needs nothing of the image it will run on.
public struct StaticProgram: Hashable, Sendable {
    public var machine: Machine

    /// Named as `uname -m` names them.
    public enum Machine: String, CaseIterable, Sendable {
        case x86_64
        case aarch64

        fileprivate init?(elf code: UInt64) {
            switch code {
            case 62: self = .x86_64
            case 183: self = .aarch64
            default: return nil
            }
        }
    }

    public enum Unfit: Error, Hashable, Sendable, CustomStringConvertible {
        case notELF
        case notSixtyFourBit
        case notAProgram
        case machineUnknown(UInt64)
        case truncated
        /// The file names a program interpreter, which another image may lack.
        case dynamic

        public var description: String {
            switch self {
            case .notELF: "is not an ELF file"
            case .notSixtyFourBit: "is not a 64-bit little-endian ELF file"
            case .notAProgram: "is an ELF file, but not a program"
            case .machineUnknown(let code): "is for ELF machine \(code), and hosts are x86_64 or aarch64"
            case .truncated: "ends before its program headers do"
            case .dynamic: "needs shared libraries: hosts get a static one"
            }
        }
    }

    public init(_ bytes: [UInt8]) throws(Unfit) {
        guard bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46]) else { throw .notELF }
        guard bytes.count >= 64 else { throw .truncated }
        guard bytes[4] == 2, bytes[5] == 1 else { throw .notSixtyFourBit }
        let kind = bytes.number(at: 16, bytes: 2)
        guard kind == 2 || kind == 3, bytes.number(at: 24, bytes: 8) != 0 else { throw .notAProgram }
        let code = bytes.number(at: 18, bytes: 2)
        guard let machine = Machine(elf: code) else { throw .machineUnknown(code) }
        guard try !Self.segmentKinds(bytes).contains(Self.interpreterSegment) else { throw .dynamic }
        self.machine = machine
    }

    private static let interpreterSegment: UInt64 = 3

    private static func segmentKinds(_ bytes: [UInt8]) throws(Unfit) -> Set<UInt64> {
        let size = Int(bytes.number(at: 54, bytes: 2))
        let count = Int(bytes.number(at: 56, bytes: 2))
        guard let start = Int(exactly: bytes.number(at: 32, bytes: 8)), start <= bytes.count, size >= 56,
            count > 0, count * size <= bytes.count - start
        else { throw .truncated }
        return Set((0..<count).map { bytes.number(at: start + $0 * size, bytes: 4) })
    }
}

extension [UInt8] {
    /// Little-endian.
    fileprivate func number(at offset: Int, bytes count: Int) -> UInt64 {
        self[offset..<offset + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
