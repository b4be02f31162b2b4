extension Terminal {
    /// `wrapped`, line by line.
    package func lines(of text: String) -> [String] {
        wrapped(text).split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    }

    /// Sentences wrapped at words. Rows of tables stay as they are, and so do commands: a line's end in the middle would be
    /// pasted with them, where a terminal's own is not.
    package func wrapped(_ text: String) -> String {
        guard let columns else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let indent = line.prefix { $0 == " " }
            let rest = line.dropFirst(indent.count)
            let isSentence = !rest.contains("  ") && !line.contains(": turnstile ")
            guard line.columns > columns, isSentence, !line.contains("\u{1B}") else { return String(line) }
            // An item of a list has its lines below its first word.
            let head = indent + (rest.hasPrefix("- ") ? "- " : "")
            let lines = HangingText(head: String(head), columns: columns).lines(
                String(line.dropFirst(head.count)))
            return lines.joined(separator: "\n")
        }.joined(separator: "\n")
    }
}
