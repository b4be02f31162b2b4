/// The quotes that shells have in common.
enum ShellQuotes {
    /// The text that a word stands for.
    ///
    /// - Returns: nil if a quote is open, or only the shell knows the text: that of a variable, a command or a pattern.
    static func removed(from word: String) -> String? {
        var text = ""
        var quote: Character?
        var rest = word[...]
        while let next = rest.popFirst() {
            switch (next, quote) {
            case ("'", "'"), ("\"", "\""): quote = nil
            case (_, "'"): text.append(next)
            case ("'", nil), ("\"", nil): quote = next
            case ("\\", _):
                guard let escaped = rest.popFirst() else { return nil }
                // Between double quotes a backslash stands for itself before most characters.
                if quote != nil, !"\\\"$`".contains(escaped) { text.append(next) }
                text.append(escaped)
            case ("$", _), ("`", _): return nil
            case ("*", nil), ("?", nil), ("[", nil), ("(", nil), ("<", nil), (">", nil): return nil
            default: text.append(next)
            }
        }
        return quote == nil ? text : nil
    }
}
