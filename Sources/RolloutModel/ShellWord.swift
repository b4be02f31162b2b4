/// A text as a shell takes it for one word, whoever wrote it: what a person copies does no more than it says.
public struct ShellWord: Hashable, Sendable, CustomStringConvertible {
    public var text: String

    public init(_ text: String) { self.text = text }

    /// As it is where every shell takes it so, in single quotes otherwise.
    public var description: String {
        isPlain ? text : "'" + text.map { $0 == "'" ? #"'\''"# : String($0) }.joined() + "'"
    }

    var isPlain: Bool { !text.isEmpty && text.utf8.allSatisfy(Self.isPlain) }

    /// Means itself to every shell, wherever in a word it stands.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"),
            UInt8(ascii: "/"), UInt8(ascii: ":"):
            true
        default:
            false
        }
    }
}

extension Identifier {
    /// As it stands in a command that people paste.
    public var word: ShellWord { ShellWord(rawValue) }
}
