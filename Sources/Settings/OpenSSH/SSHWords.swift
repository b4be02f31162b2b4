/// The words of a command in an ssh configuration, parted as ssh parts them.
enum SSHWords {
    /// - Returns: nil where a quote is not closed.
    static func words(_ text: String) -> [String]? {
        var words: [String] = []
        var rest = text[...]
        while true {
            rest = rest.drop(while: \.isBlankForSSH)
            guard !rest.isEmpty else { return words }
            guard let word = word(&rest) else { return nil }
            words.append(word)
        }
    }

    private static func word(_ rest: inout Substring) -> String? {
        var word = ""
        var quote: Character?
        while let character = rest.first {
            if quote == nil, character.isBlankForSSH { break }
            rest.removeFirst()
            if character == "\\", let next = rest.first, next.canBeEscaped(in: quote) {
                word.append(rest.removeFirst())
            } else if character == quote {
                quote = nil
            } else if quote == nil, character == "\"" || character == "'" {
                quote = character
            } else {
                word.append(character)
            }
        }
        return quote == nil ? word : nil
    }
}

extension Character {
    fileprivate var isBlankForSSH: Bool { self == " " || self == "\t" }

    /// Another backslash stands for itself.
    fileprivate func canBeEscaped(in quote: Character?) -> Bool {
        self == "\"" || self == "'" || self == "\\" || (quote == nil && self == " ")
    }
}
