/// Words set into lines of some width. No word is broken; one that is longer than a line has a line to itself.
package struct WrappedText {
    var columns: Int

    package init(columns: Int) { self.columns = columns }

    /// - Parameter indent: blanks before each line.
    package func lines(_ words: [String], indent: Int) -> [String] {
        let margin = String(repeating: " ", count: indent)
        var lines: [String] = []
        var line = margin
        for word in words {
            let isEmpty = line.count == indent
            if !isEmpty, line.count + 1 + word.count > columns {
                lines.append(line)
                line = margin + word
            } else {
                line += (isEmpty ? "" : " ") + word
            }
        }
        return lines + [line]
    }

    /// The same for lines that are written over: what is longer than a line is broken, as a line that the terminal wraps
    /// could not be taken back.
    func fittingLines(_ words: [String], indent: Int) -> [String] {
        lines(words, indent: indent).flatMap { line in
            var rest = line[...]
            var parts: [String] = []
            while rest.count > columns {
                parts.append(String(rest.prefix(columns)))
                rest = rest.dropFirst(columns)
            }
            return parts + [String(rest)]
        }
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
