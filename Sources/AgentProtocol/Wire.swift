#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Newline-delimited JSON: one value, one line.
public enum Wire {
    /// A longer line is refused unread: an agent, or whatever answers in its place, is not trusted with memory.
    public static let lineBytesMax = 1 << 20

    /// The value as one line, newline included.
    public static func line(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value)) + [UInt8(ascii: "\n")]
    }

    /// The value of one line, with or without its newline.
    ///
    /// - Throws: `WireError` for a line that is too long or is not such a value.
    public static func decode<Value: Decodable>(_ type: Value.Type, line: some Collection<UInt8>)
        throws(WireError) -> Value
    {
        guard line.count <= lineBytesMax else { throw .lineTooLong(bytes: line.count) }
        do {
            return try JSONDecoder().decode(type, from: Data(line))
        } catch {
            throw .notDecodable(
                line: String(decoding: line.prefix(200), as: UTF8.self), reason: String(describing: error))
        }
    }
}

public enum WireError: Error, Hashable, Sendable, CustomStringConvertible {
    case lineTooLong(bytes: Int)
    /// `line` is the beginning of what was read.
    case notDecodable(line: String, reason: String)

    public var description: String {
        switch self {
        case .lineTooLong(let bytes):
            "a line of \(bytes) bytes is longer than the \(Wire.lineBytesMax) allowed"
        case .notDecodable(let line, let reason):
            "not a message of this protocol: \(line.debugDescription) (\(reason))"
        }
    }
}
