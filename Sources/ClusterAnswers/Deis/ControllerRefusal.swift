import HostFiles

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The words with which a Deis controller refuses: `{"detail": "…"}`, or a list of sentences for each field.
public struct ControllerRefusal: Hashable, Sendable {
    /// The words on one line: `domain: The domain … is already in use by another app`.
    public var words: String

    private static let wordsMax = 300

    /// A body that has no such words gives its first characters.
    public init(_ body: some StringProtocol) {
        guard
            let fields = try? JSONText.decode([String: Words].self, from: body, as: .controllerAnswer),
            !fields.isEmpty
        else {
            words = ForeignText.line(body, charactersMax: Self.wordsMax)
            return
        }
        let sentences = fields.sorted { $0.key < $1.key }.map { field, words in
            field == "detail" ? words.text : "\(field): \(words.text)"
        }
        words = ForeignText.line(sentences.joined(separator: "; "), charactersMax: Self.wordsMax)
    }

    private struct Words: Decodable {
        var text: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self.text = text
            } else {
                text = try container.decode([String].self).joined(separator: " ")
            }
        }
    }
}
