/// Words set into lines of some width. No word is broken; one that is longer than a line has a line to itself.
package struct WrappedText {
    /// The width of a line, as a terminal measures it.
    var columns: Int

    package init(columns: Int) { self.columns = columns }

    /// - Parameter indent: blanks before each line.
    package func lines(_ words: [String], indent: Int) -> [String] {
        let margin = String(repeating: " ", count: indent)
        var lines: [String] = []
        var (line, used) = (margin, indent)
        for word in words {
            let (isEmpty, width) = (used == indent, word.columns)
            if !isEmpty, used + 1 + width > columns {
                lines.append(line)
                (line, used) = (margin + word, indent + width)
            } else {
                line += (isEmpty ? "" : " ") + word
                used += (isEmpty ? 0 : 1) + width
            }
        }
        return lines + [line]
    }

    /// The same for lines that are written over: what is longer than a line is broken, as a line that the terminal wraps
    /// could not be taken back.
    func fittingLines(_ words: [String], indent: Int) -> [String] {
        lines(words, indent: indent).flatMap(broken)
    }

    /// The same for a line with its indent. An item of a list has its further lines below its first word.
    func fittingLines(of line: String) -> [String] {
        let indent = line.prefix { $0 == " " }.count
        let bullet = line.dropFirst(indent).hasPrefix("- ") ? "- " : ""
        let margin = indent + bullet.count
        let lines = fittingLines(Self.words(String(line.dropFirst(margin))), indent: margin)
        guard !bullet.isEmpty, let first = lines.first else { return lines }
        return [String(line.prefix(margin) + first.dropFirst(margin))] + lines.dropFirst()
    }

    /// The line in parts that fit, wherever it has to be broken.
    func broken(_ line: String) -> [String] {
        var rest = line[...]
        var parts: [String] = []
        while rest.columns > columns {
            let fitting = rest.prefix(columns: columns)
            // A character wider than a line has a line to itself.
            let part = fitting.isEmpty ? rest.prefix(1) : fitting
            parts.append(String(part))
            rest = rest[part.endIndex...]
        }
        return rest.isEmpty && !parts.isEmpty ? parts : parts + [String(rest)]
    }

    /// The words of a sentence. Text in quotes or backquotes may be a command, and is one word where it is short.
    ///
    /// - Parameter quotationMax: the longest quotation that is one word, in characters.
    package static func words(_ text: String, quotationMax: Int = 60) -> [String] {
        var words: [String] = []
        var rest = text.split(separator: " ")[...]
        while let word = rest.popFirst() {
            guard let quote = opening(word), !closes(word.dropFirst(), quote),
                let end = rest.firstIndex(where: { closes($0, quote) })
            else {
                words.append(String(word))
                continue
            }
            let quoted = ([word] + rest[...end]).joined(separator: " ")
            guard quoted.count <= quotationMax else {
                words.append(String(word))
                continue
            }
            words.append(quoted)
            rest = rest[(end + 1)...]
        }
        return words
    }

    private static func opening(_ word: Substring) -> Character? {
        let bare = word.drop { $0 == "(" }
        return bare.first.flatMap { $0 == "'" || $0 == "`" ? $0 : nil }
    }

    private static func closes(_ word: Substring, _ quote: Character) -> Bool {
        var bare = word
        while let last = bare.last, ",;:.)".contains(last) { bare.removeLast() }
        return bare.last == quote
    }
}
