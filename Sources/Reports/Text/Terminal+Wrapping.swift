extension Terminal {
    /// Sentences wrapped at words. Rows of tables stay as they are, and so do commands: a line's end in the middle would be
    /// pasted with them, where a terminal's own is not.
    package func wrapped(_ text: String) -> String {
        guard let columns else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let indent = line.prefix { $0 == " " }.count
            let isSentence = !line.dropFirst(indent).contains("  ") && !line.contains(": turnstile ")
            guard line.count > columns, isSentence, !line.contains("\u{1B}") else { return String(line) }
            let words = WrappedText.words(String(line), quotationMax: .max)
            return WrappedText(columns: columns).lines(words, indent: indent).joined(separator: "\n")
        }.joined(separator: "\n")
    }
}
