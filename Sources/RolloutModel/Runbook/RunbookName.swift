/// The name of a runbook, for example `spring`. The name is part of the path of the runbook's record, so it is
/// always a plain name.
public struct RunbookName: Identifier {
    public let rawValue: String

    /// A text that is no plain name is made one, so that no name leads out of a directory.
    public init(rawValue: String) { self.rawValue = RolloutID(rawValue: rawValue).rawValue }

    public init(from decoder: any Decoder) throws {
        rawValue = try PlainName.decoded(from: decoder, as: "a runbook's name")
    }
}

/// The name of a stage, for example `hosts`. No other stage of the runbook has it.
public struct StageName: Identifier {
    public let rawValue: String

    /// A text that is no plain name is made one.
    public init(rawValue: String) { self.rawValue = RolloutID(rawValue: rawValue).rawValue }

    public init(from decoder: any Decoder) throws {
        rawValue = try PlainName.decoded(from: decoder, as: "a stage's name")
    }
}

extension PlainName {
    /// - Parameter meaning: what the text should be, for the error.
    /// - Throws: `DecodingError` for a text that is no plain name.
    fileprivate static func decoded(from decoder: any Decoder, as meaning: String) throws -> String {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard isPlain(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription:
                    "\(ForeignText.line(text, charactersMax: 80).debugDescription) is not \(meaning)")
        }
        return text
    }
}
