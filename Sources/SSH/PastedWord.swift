/// A value as it stands in a command that a person pastes into a shell: as it is where a shell takes it for itself, and
/// else in single quotes. (RolloutModel has a `ShellWord`; nothing of ours is known here.)
struct PastedWord: CustomStringConvertible {
    let description: String

    init(_ value: String) {
        let isPlain = !value.isEmpty && value.utf8.allSatisfy(Self.isPlain)
        description =
            isPlain
            ? value
            : "'\(value.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#))'"
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "._-/:@%+,".utf8.contains(byte)
        }
    }
}
