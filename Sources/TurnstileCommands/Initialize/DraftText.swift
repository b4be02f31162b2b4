import Reports
import RolloutModel

/// The text of a turnstile.yaml, line by line: settings with comments.
struct DraftText {
    private(set) var text = ""
    /// Comments are set to this width.
    private static let columns = 100

    mutating func blank() { text += "\n" }

    /// A section's key; its settings follow, deeper by two.
    mutating func section(_ key: String, depth: Int = 0) {
        text += Self.margin(depth) + key + ":\n"
    }

    /// Adds a comment, in lines. Text of others in it stays in it: none of its characters ends a line.
    mutating func comment(_ words: String, depth: Int = 0) {
        let margin = Self.margin(depth) + "# "
        let wrapped = WrappedText(columns: Self.columns - margin.count)
        for line in wrapped.lines(WrappedText.words(ForeignText.line(words)), indent: 0) {
            text += margin + line + "\n"
        }
    }

    mutating func set(_ key: String, _ value: YAMLValue, depth: Int = 0) throws {
        text += Self.margin(depth) + (try YAMLValue.line(key, value)) + "\n"
    }

    /// A setting that says nothing until a person takes the mark away.
    mutating func suggest(_ key: String, _ value: YAMLValue, depth: Int = 0) throws {
        text += Self.margin(depth) + "# " + (try YAMLValue.line(key, value)) + "\n"
    }

    mutating func item(_ value: YAMLValue, depth: Int = 1) throws {
        text += Self.margin(depth) + (try YAMLValue.item(value)) + "\n"
    }

    private static func margin(_ depth: Int) -> String { String(repeating: "  ", count: depth) }
}
