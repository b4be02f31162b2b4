/// Journals have a hold as an object whose only key is the case's name, whichever gate it belongs to: `{"lockLost":{}}`.
extension HoldReason: Codable {
    public init(from decoder: any Decoder) throws {
        let names = try decoder.container(keyedBy: CaseName.self).allKeys
        guard let name = names.first, names.count == 1 else {
            throw Self.damaged(decoder, "a hold has one name, and this one has \(names.count)")
        }
        guard let read = Self.readers.first(where: { $0.isNamed(name.stringValue) }) else {
            throw Self.damaged(decoder, "no hold is named '\(ForeignText.line(name.stringValue))'")
        }
        self = try read.read(decoder)
    }

    public func encode(to encoder: any Encoder) throws { try hold.encode(to: encoder) }

    /// The names of cases are unique among all gates.
    private static let readers: [Reader] = [
        Reader(Self.fleet), Reader(Self.etcd), Reader(Self.nodes), Reader(Self.window), Reader(Self.clock),
        Reader(Self.hostUnits), Reader(Self.host), Reader(Self.preflight), Reader(Self.drift),
        Reader(Self.deis), Reader(Self.release), Reader(Self.noReturn), Reader(Self.lock),
        Reader(Self.semaphore), Reader(Self.operatorGate), Reader(Self.plan), Reader(Self.offer),
        Reader(Self.step), Reader(Self.person),
    ]

    private struct Reader: Sendable {
        var isNamed: @Sendable (String) -> Bool
        var read: @Sendable (any Decoder) throws -> HoldReason

        init<Own: Hold>(_ reason: @escaping @Sendable (Own) -> HoldReason) {
            isNamed = { Own.isNamed($0) }
            read = { try reason(Own(from: $0)) }
        }
    }

    private struct CaseName: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    private static func damaged(_ decoder: any Decoder, _ why: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: why))
    }
}
