/// Spans of time in journals, plans, records and messages: a number of seconds.
///
/// Synthesized conformances take these before the standard library's own form, which is a pair of numbers. A file in which
/// such a type is declared must see them: it imports this module or one that hands it on, which `Scripts/check` demands.
extension KeyedEncodingContainer {
    public mutating func encode(_ span: Duration, forKey key: Key) throws {
        try encode(span.inSeconds, forKey: key)
    }

    public mutating func encodeIfPresent(_ span: Duration?, forKey key: Key) throws {
        try encodeIfPresent(span?.inSeconds, forKey: key)
    }
}

extension KeyedDecodingContainer {
    public func decode(_ type: Duration.Type, forKey key: Key) throws -> Duration {
        Duration(clamping: try decode(Double.self, forKey: key))
    }

    public func decodeIfPresent(_ type: Duration.Type, forKey key: Key) throws -> Duration? {
        try decodeIfPresent(Double.self, forKey: key).map { Duration(clamping: $0) }
    }
}
