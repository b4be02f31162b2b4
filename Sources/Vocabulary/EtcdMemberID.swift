/// An etcd member's id as etcd and its tools write it: 64 bits, hexadecimal, without leading zeros.
public struct EtcdMemberID: Identifier {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    private static let digitsMax = 16

    public init(_ number: UInt64) { rawValue = String(number, radix: 16) }

    /// As the v2 API and `etcdctl` write it; nil for any other text.
    public init?(hexadecimal text: some StringProtocol) {
        guard let number = Self.number(text) else { return nil }
        self.init(number)
    }

    /// The bits, of which JSON numbers elsewhere keep only 53; nil for a text that is no such number.
    public var number: UInt64? { Self.number(rawValue) }

    private static func number(_ text: some StringProtocol) -> UInt64? {
        guard (1...digitsMax).contains(text.utf8.count),
            text.unicodeScalars.allSatisfy({ $0.properties.isASCIIHexDigit })
        else { return nil }
        return UInt64(text, radix: 16)
    }
}
