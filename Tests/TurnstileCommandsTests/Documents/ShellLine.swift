/// Commands of a line as a shell reads it, as far as examples need a shell: quotes, comments, and what ends a command.
struct ShellLine {
    /// The words of each command. Redirections are left out.
    var commands: [[String]] = []

    init(_ line: String) {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var isTarget = false
        func endWord() {
            if let word, !isTarget { words.append(word) }
            if word != nil { isTarget = false }
            word = nil
        }
        func endCommand() {
            endWord()
            if !words.isEmpty { commands.append(words) }
            words = []
        }
        for character in line {
            switch character {
            case "'", "\"":
                if quote == character {
                    quote = nil
                } else if quote == nil {
                    quote = character
                    word = word ?? ""
                } else {
                    word?.append(character)
                }
            case _ where quote != nil: word?.append(character)
            case "#" where word == nil:
                endCommand()
                return
            case " ": endWord()
            case ">", "<":
                endWord()
                isTarget = true
            case ";", "|", "&": endCommand()
            default: word = (word ?? "") + String(character)
            }
        }
        endCommand()
    }
}
