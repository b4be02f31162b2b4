/// A text made to fit a line.
package enum ShortText {
    /// The first sentence; the sentences after it are advice.
    static func sentence(_ text: String) -> String {
        guard let end = text.firstMatch(of: /\.\s+\p{Lu}/) else { return text }
        return String(text[..<end.range.lowerBound])
    }

    /// Shortens a text to a width in columns, cut between two words. A quoted part is kept as a whole or left out, since
    /// it may be a command. Only a single word that is too long by itself is broken.
    package static func cut(_ text: String, to columns: Int) -> String {
        guard text.columns > columns else { return text }
        let room = text.prefix(columns: max(0, columns - mark.columns))
        let length = room.count
        if let gap = gaps(in: text).last(where: { $0 > 0 && $0 <= length }) {
            return trimmed(text.prefix(gap)) + mark
        }
        let isQuoted = text.first.map { $0 == "'" || $0 == "`" } ?? false
        return isQuoted ? "…" : room + mark
    }

    /// Shortens a text to a width in columns, cut anywhere: for lines that stand for moments.
    package static func clipped(_ text: String, to columns: Int) -> String {
        text.columns > columns ? text.prefix(columns: columns - 1) + "…" : text
    }

    private static let mark = " …"

    /// The offsets of spaces outside of quotes, in characters. Quotes may be nested: a quoted command has quotes of its
    /// own.
    private static func gaps(in text: String) -> [Int] {
        let characters = Array(text)
        var depth = 0
        return characters.enumerated().filter { offset, character in
            let before = offset > 0 ? characters[offset - 1] : " "
            let after = offset + 1 < characters.count ? characters[offset + 1] : " "
            if character == "'" || character == "`" {
                if " (=".contains(before), after != " " {
                    depth += 1
                } else if " ,;:.)".contains(after) {
                    depth = max(0, depth - 1)
                }
            }
            return character == " " && depth == 0
        }.map(\.offset)
    }

    /// The text without trailing blanks, commas and other marks of an unfinished sentence.
    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while let last = text.last, ",;: (".contains(last) { text.removeLast() }
        return String(text)
    }
}
