/// Cleans text that somebody else wrote: a host, its agent, etcd, a hook, a page. Removes characters that a terminal
/// would obey, turn round or hide. Texts of each source are cleaned in one place.
public enum ForeignText {
    /// The character put in place of a removed one.
    public static let replacement: Unicode.Scalar = "\u{FFFD}"
    /// The length at which lines are cut.
    public static let lineCharactersMax = 4000

    /// The text as one line, cut after `charactersMax` characters; blanks replace the ends of lines.
    public static func line(
        _ text: some StringProtocol, charactersMax: Int = lineCharactersMax
    ) -> String {
        let text = String(text)
        let clean = text.isPlain() ? text : cleaned(text) { _ in nil }
        guard clean.utf8.count > charactersMax, clean.count > charactersMax else { return clean }
        return clean.prefix(charactersMax) + "…"
    }

    /// The text with its lines and tabs, without any other character that is no plain text.
    public static func lines(_ text: some StringProtocol) -> String {
        let text = String(text)
        return text.isPlain(or: UInt8(ascii: "\n"), UInt8(ascii: "\t"))
            ? text : cleaned(text) { $0 == "\n" || $0 == "\t" ? $0 : nil }
    }

    /// The text of a file of settings, in which a CR may be part of a value and stays as well. Such a value is never
    /// shown as it is.
    public static func settings(_ text: some StringProtocol) -> String {
        let text = String(text)
        return text.isPlain(or: UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"))
            ? text : cleaned(text) { $0 == "\n" || $0 == "\r" || $0 == "\t" ? $0 : nil }
    }

    /// A JSON text whose strings are cleaned to single lines, whether a character was written out or escaped. Numbers
    /// and structure stay as they are.
    public static func json(_ text: some StringProtocol) -> String {
        let text = String(text)
        if text.isPlain(), !text.utf8.contains(UInt8(ascii: "\\")) { return text }
        var cleaner = JSONCleaner(text)
        return cleaner.run()
    }

    /// True if cleaning would change nothing.
    public static func isClean(_ text: some StringProtocol) -> Bool {
        let text = String(text)
        return text.isPlain() || text.unicodeScalars.allSatisfy(isShown)
    }

    /// True if the scalar is visible and has no other effect.
    public static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0xA0 { return (0x20..<0x7F).contains(scalar.value) }
        switch scalar.properties.generalCategory {
        // Scalars of these categories can reverse a text or hide parts of it.
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
            return false
        default:
            // U+2800 is a letter of Braille without a dot.
            return !scalar.properties.isDefaultIgnorableCodePoint && scalar.value != 0x2800
        }
    }

    private static func cleaned(
        _ text: String, keeping kept: (Unicode.Scalar) -> Unicode.Scalar?
    ) -> String {
        var clean = String.UnicodeScalarView()
        var last: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            defer { last = scalar }
            if let scalar = kept(scalar) {
                // CR LF is one end of a line.
                if scalar == "\n", last == "\r", kept("\r") == nil { clean.removeLast() }
                clean.append(scalar)
            } else if blanks.contains(scalar) {
                clean.append(" ")
            } else {
                clean.append(isShown(scalar) ? scalar : replacement)
            }
        }
        return String(clean)
    }

    fileprivate static let blanks: Set<Unicode.Scalar> = ["\n", "\r", "\t", "\u{0B}", "\u{0C}", "\u{85}"]
}

extension String {
    /// True for ASCII without control characters, which nearly all texts are. A comparison of bytes is the fastest
    /// test.
    fileprivate func isPlain(or others: UInt8...) -> Bool {
        var copy = self
        return copy.withUTF8 { bytes in
            bytes.allSatisfy { (0x20..<0x7F).contains($0) || others.contains($0) }
        }
    }
}

/// Reads a JSON text scalar by scalar. The only syntax it knows is how a string escapes a scalar.
private struct JSONCleaner {
    private var rest: Substring.UnicodeScalarView
    private var clean = String.UnicodeScalarView()

    init(_ text: String) { rest = Substring(text).unicodeScalars }

    mutating func run() -> String {
        while let scalar = rest.popFirst() {
            if scalar == "\\" {
                escape()
            } else if scalar == "\n" || scalar == "\r" || scalar == "\t" {
                // A blank between values stays; inside a string no JSON reader accepts it.
                clean.append(scalar)
            } else {
                clean.append(ForeignText.isShown(scalar) ? scalar : ForeignText.replacement)
            }
        }
        return String(clean)
    }

    private mutating func escape() {
        guard let kind = rest.popFirst() else { return clean.append("\\") }
        switch kind {
        case "n", "r", "t", "b", "f": clean.append(" ")
        case "u": unicode()
        default:
            clean.append("\\")
            clean.append(kind)
        }
    }

    private mutating func unicode() {
        guard let first = unit() else { return put(#"\u"#) }
        if let scalar = Unicode.Scalar(first) { return put(scalar) }
        let before = rest
        if (0xD800..<0xDC00).contains(first), rest.popFirst() == "\\", rest.popFirst() == "u",
            let second = unit(),
            (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        {
            return clean.append(ForeignText.isShown(scalar) ? scalar : ForeignText.replacement)
        }
        rest = before
        clean.append(ForeignText.replacement)
    }

    /// Takes four hexadecimal digits; nil, with nothing taken, where there are others.
    private mutating func unit() -> UInt32? {
        let digits = rest.prefix(4)
        guard digits.count == 4, digits.allSatisfy({ $0.properties.isASCIIHexDigit }),
            let unit = UInt32(String(digits), radix: 16)
        else { return nil }
        rest = rest.dropFirst(4)
        return unit
    }

    /// Appends a scalar, escaped if it has a meaning in JSON.
    private mutating func put(_ scalar: Unicode.Scalar) {
        if ForeignText.blanks.contains(scalar) { return clean.append(" ") }
        guard ForeignText.isShown(scalar) else { return clean.append(ForeignText.replacement) }
        if scalar == "\"" || scalar == "\\" { clean.append("\\") }
        clean.append(scalar)
    }

    private mutating func put(_ text: String) { clean.append(contentsOf: text.unicodeScalars) }
}
