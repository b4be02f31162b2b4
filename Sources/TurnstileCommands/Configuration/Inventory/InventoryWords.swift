/// A line of an inventory in words, as Ansible parts them: at blanks outside of quotes, up to a `#`.
enum InventoryWords {
    /// nil where a quote is not closed.
    static func words(_ line: Substring) -> [String]? {
        var words: [String] = []
        var word: String?
        var quote: Character?
        for character in line {
            switch (character, quote) {
            case (_, .some(let open)) where character == open: quote = nil
            case (_, .some): word = (word ?? "") + String(character)
            case ("\"", nil), ("'", nil):
                quote = character
                word = word ?? ""
            case ("#", nil) where word == nil: return words
            case (_, nil) where character.isWhitespace:
                if let whole = word { words.append(whole) }
                word = nil
            default: word = (word ?? "") + String(character)
            }
        }
        guard quote == nil else { return nil }
        return words + (word.map { [$0] } ?? [])
    }

    /// `key=value`; nil for anything else.
    static func assignment(_ word: String) -> (key: String, value: String)? {
        guard let sign = word.firstIndex(of: "="), sign != word.startIndex else { return nil }
        return (String(word[..<sign]), String(word[word.index(after: sign)...]))
    }
}
