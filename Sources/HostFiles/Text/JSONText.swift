#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Decoding of untrusted JSON, bounded, with this module's error.
package enum JSONText {
    package static let bytesMax = 4 << 20

    package static func decode<Value: Decodable>(
        _ type: Value.Type, from text: some StringProtocol, as subject: MalformedText.Subject,
        bytesMax: Int = bytesMax
    ) throws(MalformedText) -> Value {
        let bytes = text.utf8.count
        guard bytes <= bytesMax else {
            throw MalformedText(subject: subject, problem: .tooLong(bytes: bytes, bytesMax: bytesMax))
        }
        guard bytes > 0 else { throw MalformedText(subject: subject, problem: .empty) }
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch let error as DecodingError {
            throw MalformedText(subject: subject, problem: .notJSON(reason: error.sentence))
        } catch {
            throw MalformedText(subject: subject, problem: .notJSON(reason: String(describing: error)))
        }
    }
}

extension DecodingError {
    /// A single line: where in the value, and what is wrong there.
    fileprivate var sentence: String {
        switch self {
        case .keyNotFound(let key, let context): "\(context.path) has no \"\(key.stringValue)\""
        case .valueNotFound(_, let context): "\(context.path) is null"
        case .typeMismatch(_, let context), .dataCorrupted(let context):
            "\(context.path): \(context.debugDescription)"
        @unknown default: String(describing: self)
        }
    }
}

extension DecodingError.Context {
    fileprivate var path: String {
        codingPath.isEmpty
            ? "the value"
            : codingPath.map { key in key.intValue.map { "[\($0)]" } ?? key.stringValue }.joined(
                separator: ".")
    }
}
