import Testing

@testable import Reports

/// The widths of texts on a terminal.
@Suite struct TextColumnsTests {
    @Test(arguments: [
        ("", 0), ("core-1", 6), (" ~", 2),
        // Narrow, of other alphabets and of ambiguous width.
        ("Zürich", 6), ("Жук", 3), ("…·×→\u{FFFD}", 5), ("ｶﾅ", 2),
        // Combining, and with no width of their own.
        ("e\u{301}", 1), ("a\u{20DD}", 1), ("a\u{200D}b", 2), ("a\u{FE0F}", 1), ("\u{AD}", 1),
        // Wide and fullwidth.
        ("漢字", 4), ("かな", 4), ("ＡＢ", 4), ("，", 2), ("한국", 4), ("\u{1112}\u{1161}\u{11AB}", 2),
        ("\u{20000}", 2), ("\u{4DC0}", 2),
        // Emoji, by themselves or by a selector; flags.
        ("🙂", 2), ("⏳", 2), ("✅", 2), ("❤", 1), ("❤\u{FE0F}", 2), ("1\u{FE0F}\u{20E3}", 2), ("🇨🇭", 2),
    ])
    func aTextIsAsWideAsATerminalDrawsIt(text: String, columns: Int) {
        #expect(text.columns == columns)
        #expect(Substring(text).columns == columns)
        #expect((text + "x" + text).columns == 2 * columns + 1)
    }

    @Test(arguments: [
        ("漢字", 4, "漢字"), ("漢字", 3, "漢"), ("漢字", 1, ""), ("a漢", 2, "a"), ("e\u{301}a", 1, "e\u{301}"),
        ("abc", 0, ""), ("abc", 9, "abc"),
    ])
    func noCharacterIsParted(text: String, columns: Int, prefix: String) {
        #expect(text.prefix(columns: columns) == prefix)
    }

    @Test func aTextIsPaddedByItsColumns() {
        #expect("漢".padded(to: 4) == "漢  " && "abcde".padded(to: 4) == "abcde")
    }

    @Test(arguments: [
        ("", 10, 1), ("abcdefghij", 10, 1), ("abcdefghijk", 10, 2), ("漢字漢字漢", 10, 1), ("漢字漢字漢", 9, 2),
        ("漢字漢字漢", 3, 5), ("漢字", 1, 2), ("\u{1B}[1mabc\u{1B}[0m", 3, 1), ("abc", 0, 3),
    ])
    func aLineTakesItsRows(line: String, columns: Int, rows: Int) {
        #expect(Terminal.rows(of: line, columns: columns) == rows)
    }

    @Test func whatIsLongerThanALineIsBrokenByColumns() {
        let text = WrappedText(columns: 6)
        #expect(text.fittingLines(["漢字漢字漢", "ab"], indent: 2) == ["  漢字", "漢字漢", "  ab"])
        #expect(text.fittingLines(["漢字 漢字"], indent: 0) == ["漢字 ", "漢字"])
        #expect(WrappedText(columns: 1).fittingLines(["漢字"], indent: 0) == ["漢", "字"])
    }

    @Test(arguments: [("漢字漢字", 8, "漢字漢字"), ("漢字漢字", 7, "漢字漢…"), ("漢字漢字", 6, "漢字…"), ("abc", 0, "…")])
    func aLineOfMomentsIsCutAnywhere(text: String, columns: Int, clipped: String) {
        #expect(ShortText.clipped(text, to: columns) == clipped)
    }
}
