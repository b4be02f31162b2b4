/// A rollout: a set of hosts is moved to a target, for example `r-20261124-071205-4f1c`.
///
/// The id names files and stands in commands that people paste, so it is always a plain name.
public struct RolloutID: Identifier {
    public let rawValue: String

    /// A text that is no plain name is made one, so that no id leads out of a directory.
    public init(rawValue: String) {
        self.rawValue = PlainName.isPlain(rawValue) ? rawValue : PlainName.made(of: rawValue)
    }

    /// An id read from elsewhere; nil if the text is no plain name.
    public init?(foreign text: String) {
        guard PlainName.isPlain(text) else { return nil }
        self.init(rawValue: text)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = RolloutID(foreign: text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription:
                    "\(ForeignText.line(text, charactersMax: 80).debugDescription) is no rollout's id")
        }
        self = id
    }
}
