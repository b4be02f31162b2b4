import Foundation
import RolloutModel

/// A page has the elements and attributes that are its own, and no other.
enum HTMLRule {
    private static let elements: Set<String> = [
        "!doctype", "html", "head", "meta", "title", "style", "body", "h1", "h2", "span", "svg", "text",
        "rect", "dl", "dt",
        "dd", "p",
        "ul", "li", "div", "table", "thead", "tr", "th", "button", "tbody", "td", "script",
    ]
    private static let attributes: Set<String> = [
        "html", "lang", "charset", "name", "content", "http-equiv", "viewbox", "role", "aria-labelledby",
        "id", "x", "y",
        "width", "height", "rx", "text-anchor", "class", "scope", "type", "colspan", "data-key",
    ]
    private static let entities = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"]

    /// - Parameter count: how many scripts are the page's own.
    static func complaint(_ text: String, scripts count: Int) -> String? {
        for scalar in text.unicodeScalars where scalar != "\n" && !ForeignText.isShown(scalar) {
            return "\(LineRule.code(scalar)) in the page"
        }
        var rest = text[...].utf8
        var scripts = 0
        while let open = rest.firstIndex(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }) {
            rest = rest[open...]
            if rest.first == UInt8(ascii: "&") {
                guard entities.contains(where: { rest.starts(with: $0.utf8) }) else {
                    return "a bare & in \(Substring(rest).prefix(80).debugDescription)"
                }
                rest = rest.dropFirst()
                continue
            }
            let tag = Tag(&rest)
            guard elements.contains(tag.name) else { return "an element <\(tag.name)>" }
            if let name = tag.attributes.first(where: { !attributes.contains($0) }) {
                return "an attribute \(name) of <\(tag.name)>"
            }
            guard tag.name == "script" || tag.name == "style", !tag.isEnd else { continue }
            scripts += tag.name == "script" ? 1 : 0
            rest = rest[(Substring(rest).range(of: "</\(tag.name)>")?.lowerBound ?? rest.endIndex)...]
        }
        return scripts == count ? nil : "\(scripts) scripts"
    }

    private struct Tag {
        var name = ""
        var isEnd = false
        var attributes: [String] = []

        /// Takes the tag away that the text begins with.
        init(_ rest: inout Substring.UTF8View) {
            var word: [UInt8] = []
            var quote: UInt8?
            var words: [String] = []
            func end() {
                let name = String(decoding: word.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
                    .lowercased()
                if !name.isEmpty { words.append(name) }
                word = []
            }
            rest = rest.dropFirst()
            while let byte = rest.popFirst() {
                if let open = quote {
                    if byte == open { quote = nil }
                } else if byte == UInt8(ascii: ">") {
                    break
                } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                    quote = byte
                } else if byte == UInt8(ascii: " ") {
                    end()
                } else if byte == UInt8(ascii: "/") {
                    if word.isEmpty, words.isEmpty { isEnd = true }
                } else {
                    word.append(byte)
                }
            }
            end()
            name = words.first ?? ""
            attributes = Array(words.dropFirst())
        }
    }
}
