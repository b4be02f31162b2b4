/// The id that a Consul agent gives itself and keeps in its data directory: a UUID, in small letters.
public struct ConsulNodeID: Identifier {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    private static let groups = [8, 4, 4, 4, 12]

    /// nil for any other text.
    public init?(uuid text: some StringProtocol) {
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        guard groups.map(\.utf8.count) == Self.groups,
            groups.allSatisfy({ $0.unicodeScalars.allSatisfy(\.properties.isASCIIHexDigit) })
        else { return nil }
        rawValue = text.lowercased()
    }
}
