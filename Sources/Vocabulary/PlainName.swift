/// The form of ids, versions and labels that others choose: letters, digits and a few marks, with a letter or digit
/// first. Such a name has no special meaning in a shell, a URL or a path.
public enum PlainName {
    public static let bytesMax = 128

    public static func isPlain(_ text: some StringProtocol) -> Bool {
        var text = String(text)
        return text.withUTF8 { bytes in
            guard (1...bytesMax).contains(bytes.count), let first = bytes.first else { return false }
            return isAlphanumeric(first) && bytes.allSatisfy(isAllowed)
        }
    }

    /// A plain name made of any text: it begins with `x`, and `_` replaces every byte that is not allowed.
    static func made(of text: String) -> String {
        "x"
            + text.utf8.prefix(bytesMax - 1).map { byte in
                isAllowed(byte) ? String(Unicode.Scalar(byte)) : "_"
            }.joined()
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte == dot || byte == dash || byte == underscore || byte == plus
    }

    private static let (dot, dash, underscore, plus) = (
        UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "+")
    )

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
