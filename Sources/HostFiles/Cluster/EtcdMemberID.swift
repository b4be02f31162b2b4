/// A member's id: 64 bits, of which JSON numbers elsewhere keep only 53.
public struct EtcdMemberID: Hashable, Comparable, Sendable {
    public let number: UInt64

    public init(_ number: UInt64) { self.number = number }

    /// As the v2 API and `etcdctl` write it: hexadecimal, without leading zeros.
    public init?(hexadecimal text: some StringProtocol) {
        guard text.utf8.count <= 16, Substring(text).consists(of: \.isHexadecimal),
            let number = UInt64(text, radix: 16)
        else { return nil }
        self.number = number
    }

    public static func < (a: Self, b: Self) -> Bool { a.number < b.number }
}

extension EtcdMemberID: CustomStringConvertible {
    /// As `etcdctl` writes it.
    public var description: String { String(number, radix: 16) }
}

/// An unsigned number, as JSON's or as a decimal string: `etcdctl -w json` and the gateway differ.
struct SpelledUInt64: Decodable {
    var value: UInt64

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(UInt64.self) {
            self.value = value
            return
        }
        let text = try container.decode(String.self)
        guard let value = text[...].decimal(as: UInt64.self) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\(text.debugDescription) is no unsigned 64-bit number")
        }
        self.value = value
    }
}
