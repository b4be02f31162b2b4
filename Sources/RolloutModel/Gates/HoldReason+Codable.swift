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

    /// Reads the holds of one type.
    struct Reader: Sendable {
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
