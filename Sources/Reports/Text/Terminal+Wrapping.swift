extension Terminal {
    /// `wrapped`, line by line.
    package func lines(of text: String) -> [String] {
        wrapped(text).split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    }

    /// Sentences wrapped at words. Rows of tables stay as they are, and so do commands: a line's end in the middle would be
    /// pasted with them, where a terminal's own is not. A command behind a sentence of several lines has a line to itself
    /// where it does not fit into the last of these.
    package func wrapped(_ text: String) -> String {
        guard let columns else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let indent = line.prefix { $0 == " " }
            let rest = line.dropFirst(indent.count)
            let (sentence, command) = Self.parted(line)
            guard line.columns > columns, command == nil || sentence.columns > columns,
                !rest.contains("  "), !line.contains("\u{1B}")
            else { return String(line) }
            // An item of a list has its lines below its first word.
            let head = indent + (rest.hasPrefix("- ") ? "- " : "")
            let hanging = HangingText(head: String(head), columns: columns)
            var lines = hanging.lines(String(sentence.dropFirst(head.count)))
            if let command {
                let last = lines.last.map { "\($0) \(command)" } ?? command
                if last.columns <= columns { lines.removeLast() }
                let margin = String(repeating: " ", count: head.count)
                lines.append(last.columns <= columns ? last : margin + command)
            }
            return lines.joined(separator: "\n")
        }.joined(separator: "\n")
    }

    /// A sentence, and the command that it ends in; nil where it ends in none.
    private static func parted(_ line: Substring) -> (sentence: String, command: String?) {
        guard let start = line.firstRange(of: ": turnstile ") else { return (String(line), nil) }
        return (String(line[..<start.lowerBound]) + ":", String(line[start.lowerBound...].dropFirst(2)))
    }
}
