/// A key revocation list, as OpenSSH's PROTOCOL.krl describes it.
struct KeyRevocationList {
    struct Unreadable: Error { var why: String }

    private(set) var keys: Set<[UInt8]> = []
    private(set) var sha1: Set<[UInt8]> = []
    private(set) var sha256: Set<[UInt8]> = []
    private(set) var certificates: [CertificateRevocation] = []

    private static let magic = Array("SSHKRL\n\0".utf8)
    private static let format: UInt32 = 1

    private enum Section {
        static let certificates: UInt8 = 1
        static let keys: UInt8 = 2
        static let sha1: UInt8 = 3
        static let signature: UInt8 = 4
        static let sha256: UInt8 = 5
        static let others: UInt8 = 255
    }

    /// - Returns: nil for a file that is none.
    static func body(of bytes: [UInt8]) -> ArraySlice<UInt8>? {
        bytes.starts(with: magic) ? bytes.dropFirst(magic.count) : nil
    }

    /// - Throws: for a list of which not everything is understood: what was not read might revoke a key.
    init(_ body: ArraySlice<UInt8>) throws(Unreadable) {
        var reader = WireReader(body)
        guard let version = reader.uint32() else { throw Self.torn }
        guard version == Self.format else {
            throw Unreadable(
                why: "it is a key revocation list of format \(version), and known is \(Self.format)")
        }
        // The list's number, date and flags, of eight bytes each; a reserved text, and a comment.
        guard (0..<6).allSatisfy({ _ in reader.uint32() != nil }), reader.string() != nil,
            reader.string() != nil
        else { throw Self.torn }
        while !reader.isAtEnd {
            guard let kind = reader.byte(), let content = reader.string() else { throw Self.torn }
            try read(kind, WireReader(content))
        }
    }

    private mutating func read(_ kind: UInt8, _ content: WireReader) throws(Unreadable) {
        switch kind {
        case Section.certificates: certificates.append(try CertificateRevocation(content))
        case Section.keys: keys.formUnion(try Self.strings(content))
        case Section.sha1: sha1.formUnion(try Self.strings(content))
        case Section.sha256: sha256.formUnion(try Self.strings(content))
        case Section.signature:
            throw Unreadable(why: "it is a signed key revocation list, and its signature is not checked here")
        case Section.others: try Self.passOver(extension: content)
        default: throw Unreadable(why: "it has a section of kind \(kind), which is not known here")
        }
    }

    /// - Throws: for one that must be understood.
    static func passOver(extension content: WireReader) throws(Unreadable) {
        var content = content
        guard let name = content.string(), let isCritical = content.byte() else { throw torn }
        guard isCritical == 0 else {
            throw Unreadable(why: "it needs the extension '\(text(name))', which is not known here")
        }
    }

    static let torn = Unreadable(why: "it is a key revocation list that does not reach its end")

    static func strings(_ content: WireReader) throws(Unreadable) -> [[UInt8]] {
        var (content, strings) = (content, [[UInt8]]())
        while !content.isAtEnd {
            guard let string = content.string() else { throw torn }
            strings.append(string)
        }
        return strings
    }

    private static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.prefix(60).map { 33...126 ~= $0 ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
    }
}
