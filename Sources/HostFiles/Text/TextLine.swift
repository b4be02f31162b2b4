/// A line of a text, with its number and without its line ending.
package struct TextLine: Sendable {
    /// 1-based.
    package var number: Int
    package var text: Substring
}

/// How much text a reader takes in before it refuses.
package struct TextBounds: Sendable {
    package var bytesMax: Int
    package var linesMax: Int

    /// Files and outputs that are never more than a screen or two.
    package static let small = TextBounds(bytesMax: 64 << 10, linesMax: 2_000)
    /// Lists that grow with the cluster.
    package static let list = TextBounds(bytesMax: 4 << 20, linesMax: 100_000)

    /// The lines of `text`, split at `\n`; one `\r` before it belongs to the line ending. A final newline ends the
    /// last line and begins none.
    ///
    /// Split by bytes: to Swift `\r\n` is one character, which `\n` does not match.
    package func lines(of text: String, as subject: MalformedText.Subject) throws(MalformedText) -> [TextLine]
    {
        try check(text, as: subject)
        var lines: [TextLine] = []
        var rest = text.utf8[...]
        while !rest.isEmpty {
            guard lines.count < linesMax else {
                throw MalformedText(subject: subject, problem: .tooManyLines(linesMax: linesMax))
            }
            let end = rest.firstIndex(of: UInt8(ascii: "\n"))
            var line = rest[..<(end ?? rest.endIndex)]
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            lines.append(TextLine(number: lines.count + 1, text: Substring(line)))
            rest = end.map { rest[rest.index(after: $0)...] } ?? rest[rest.endIndex...]
        }
        return lines
    }

    package func check(_ text: String, as subject: MalformedText.Subject) throws(MalformedText) {
        let bytes = text.utf8.count
        guard bytes <= bytesMax else {
            throw MalformedText(subject: subject, problem: .tooLong(bytes: bytes, bytesMax: bytesMax))
        }
    }

    /// The only line of a text, for tools that print one bare value.
    package func onlyLine(of text: String, as subject: MalformedText.Subject) throws(MalformedText)
        -> Substring
    {
        let lines = try lines(of: text, as: subject)
        guard let first = lines.first else { throw MalformedText(subject: subject, problem: .empty) }
        if let second = lines.dropFirst().first {
            throw .unexpected(subject, line: second.number, found: second.text, expected: "one line only")
        }
        return first.text
    }
}
