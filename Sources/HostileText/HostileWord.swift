/// Text that somebody may send where a name or a sentence is expected, for a terminal, a spreadsheet, a page or a shell
/// to obey.
public enum HostileWord {
    /// Pieces that a terminal, spreadsheet, page or shell obeys, and pieces that no reader expects.
    public static let pieces =
        terminals + hidden + lines + spreadsheets + pages + shells + numbers
        + ["", " ", "é", "🔒", "a\u{301}\u{301}\u{301}", "\u{FFFD}", "-", "1409.7.0"]

    private static let terminals = [
        "\u{1B}[2J", "\u{1B}]0;title\u{7}", "\u{1B}]52;c;QQ==\u{1B}\\", "\u{9B}31m", "\u{1B}[31mred\u{1B}[0m",
        "\u{1B}[8m",
        "\r\u{1B}[2K", "\u{1B}[1A\u{1B}[2K\u{1B}[1A", "\u{1B}", "\u{0}", "\u{7}", "\u{8}\u{8}", "\u{7F}",
        "\u{90}q",
    ]
    private static let hidden = [
        "\u{202E}gnp", "\u{2066}a\u{2069}", "\u{200B}", "\u{200D}", "\u{FEFF}", "\u{AD}", "\u{2800}",
        "\u{E000}",
        "\u{10FFFD}", "\u{E0041}", "\u{FFFF}", "\u{3164}",
    ]
    private static let lines = [
        "\nRollout r-9: upgraded", "\r\nb", "\rb", "\n", "\u{85}b", "\u{2028}b", "\u{2029}b", "\u{0B}",
        "\u{0C}", "\tb",
    ]
    private static let spreadsheets = [
        "=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "＝1", "x,y", "\"", "\",\"", "\"\"", "a;b",
    ]
    private static let pages = [
        "<script>x()</script>", "\"><img src=x onerror=x>", "' onx='1", "&lt;", "</td></table>", "<!--", "|",
        "\\",
        "[x](http://y)", "**x**", "# x",
    ]
    private static let shells = [
        "$(touch x)", "; touch x", "&& touch x", "`touch x`", "x y", "'; touch x; '", "*", "~", "> x", "!x",
        "-rf", "--yes",
    ]
    private static let numbers = [
        "0", "-1", "9007199254740992", "9223372036854775808", "18446744073709551615", "1e300", "inf", "-inf",
        "nan", "-0",
    ]

    /// Numbers as JSON writes them, at the edges of what counts with them.
    public static let numerals = [
        "0", "-1", "1", "9007199254740992", "9223372036854775807", "-9223372036854775808",
        "18446744073709551615", "1e300",
        "-1e300", "5e-324",
    ]

    /// A few pieces, now and then longer than any line, now and then after what was there before.
    public static func random(after harmless: String = "", using random: inout SeededGenerator) -> String {
        if Int.random(in: 0..<128, using: &random) == 0 {
            let piece = pieces.randomElement(using: &random) ?? ""
            return String(repeating: "A\(piece)", count: 2000)
        }
        let count = Int.random(in: 1...3, using: &random)
        let words = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }
        return (Bool.random(using: &random) ? harmless : "") + words.joined()
    }
}
