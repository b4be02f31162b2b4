/// A line of an inventory in words, as Ansible parts them by Python's shlex: at blanks outside of quotes, up to a `#`.
enum InventoryWords {
    /// nil where a quote is not closed, or nothing stands behind a backslash.
    static func words(_ line: Substring) -> [String]? {
        var words: [String] = []
        var rest = line
        while true {
            rest = rest.drop(while: \.isWhitespace)
            guard let first = rest.first, first != "#" else { return words }
            guard let word = word(&rest) else { return nil }
            words.append(word)
        }
    }

    private static func word(_ rest: inout Substring) -> String? {
        var word = ""
        var quote: Character?
        while let character = rest.first, quote != nil || !character.isWhitespace {
            rest.removeFirst()
            if character == quote {
                quote = nil
            } else if quote == nil, character == "\"" || character == "'" {
                quote = character
            } else if character == "\\", quote != "'" {
                guard let next = rest.popFirst() else { return nil }
                // Within quotes, a backslash before anything else stands for itself.
                if quote != nil, next != "\"", next != "\\" { word.append(character) }
                word.append(next)
            } else {
                word.append(character)
            }
        }
        return quote == nil ? word : nil
    }

    /// The value of a variable in a section of its own, up to a `#` after a blank. Quotes around the whole are left out;
    /// others stay, and so does one that is not closed.
    static func value(_ text: Substring) -> String {
        let text = text.drop(while: \.isWhitespace)
        let value = text[..<end(of: text)]
        guard let closing = closing(of: value), value.index(after: closing) == value.endIndex,
            let word = words(value)?.first
        else { return String(value) }
        return word
    }

    /// Where the quote is closed with which a value begins.
    private static func closing(of value: Substring) -> Substring.Index? {
        guard let quote = value.first, quote == "\"" || quote == "'" else { return nil }
        var last = quote
        for index in value.indices.dropFirst() {
            if value[index] == quote, quote == "'" || last != "\\" { return index }
            last = value[index]
        }
        return nil
    }

    /// Where a value ends: before its comment, and the blanks in front of that.
    private static func end(of text: Substring) -> Substring.Index {
        var quote: Character?
        var last: Character = " "
        var end = text.startIndex
        for index in text.indices {
            let character = text[index]
            if quote == nil, character == "#", last.isWhitespace { break }
            if character == quote, last != "\\" {
                quote = nil
            } else if quote == nil, character == "\"" || character == "'" {
                quote = character
            }
            last = character
            if !character.isWhitespace { end = text.index(after: index) }
        }
        return end
    }

    /// `key=value`; nil for anything else.
    static func assignment(_ word: String) -> (key: String, value: String)? {
        guard let sign = word.firstIndex(of: "="), sign != word.startIndex else { return nil }
        return (String(word[..<sign]), String(word[word.index(after: sign)...]))
    }
}
