/// A value of an ssh configuration in parts: text, and places to be filled in.
struct SSHTokenText: Hashable {
    enum Part: Hashable {
        case text(String)
        /// `%` and a letter; nil where the value ends with the `%`.
        case token(Character?)
        /// NAME of `${NAME}`.
        case variable(String)
    }

    private(set) var parts: [Part] = []

    /// - Parameter hasVariables: false where ssh takes `${NAME}` for text.
    init(_ value: String, hasVariables: Bool = true) {
        var rest = value[...]
        var text = ""
        while let character = rest.popFirst() {
            if character == "%" {
                add(.token(rest.popFirst()), after: &text)
            } else if hasVariables, character == "$", let name = Self.variableName(rest) {
                add(.variable(name), after: &text)
                rest = rest.dropFirst(name.count + 2)
            } else {
                text.append(character)
            }
        }
        if !text.isEmpty { parts.append(.text(text)) }
    }

    private mutating func add(_ part: Part, after text: inout String) {
        if !text.isEmpty { parts.append(.text(text)) }
        text = ""
        parts.append(part)
    }

    /// NAME of a text that begins with `{NAME}`.
    private static func variableName(_ text: Substring) -> String? {
        guard text.first == "{", let end = text.firstIndex(of: "}") else { return nil }
        return String(text[..<end].dropFirst())
    }
}
