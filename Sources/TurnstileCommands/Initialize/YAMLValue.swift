import Yams

/// A value as YAML has it on one line. Yams writes it, so that no text of others can be more than a value.
enum YAMLValue: Hashable {
    case text(String)
    case truth(Bool)
    case list([YAMLValue])
    /// In order.
    case map([Entry])

    struct Entry: Hashable {
        var key: String
        var value: YAMLValue
    }

    /// `key: value`, without the end of the line.
    ///
    /// - Throws: Yams' error for what it cannot write.
    static func line(_ key: String, _ value: YAMLValue) throws -> String {
        let mapping = Node.Mapping([(scalar(key), value.node)], Tag(.map), .block)
        // With allowUnicode, characters would stand as they are that end a line for some readers.
        let text = try Yams.serialize(node: .mapping(mapping), width: -1, allowUnicode: false)
        return String(text.prefix { !$0.isNewline })
    }

    /// `- value`
    static func item(_ value: YAMLValue) throws -> String {
        let sequence = Node.Sequence([value.node], Tag(.seq), .block)
        let text = try Yams.serialize(node: .sequence(sequence), width: -1, allowUnicode: false)
        return String(text.prefix { !$0.isNewline })
    }

    private var node: Node {
        switch self {
        case .text(let text): Self.scalar(text)
        case .truth(let isTrue): Node(isTrue ? "true" : "false", Tag(.implicit), .plain)
        case .list(let values): .sequence(Node.Sequence(values.map(\.node), Tag(.seq), .flow))
        case .map(let entries):
            .mapping(Node.Mapping(entries.map { (Self.scalar($0.key), $0.value.node) }, Tag(.map), .flow))
        }
    }

    /// Quoted unless it is a plain word that no reader takes for anything else.
    private static func scalar(_ text: String) -> Node {
        Node(text, Tag(.implicit), isPlain(text) ? .plain : .doubleQuoted)
    }

    private static func isPlain(_ text: String) -> Bool {
        let words = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
        let allowed = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "/"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard allowed, let first = text.first, first != "-", first != "." else { return false }
        return !words.contains(text.lowercased()) && Double(text) == nil
    }
}
