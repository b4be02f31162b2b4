import Testing

@testable import RolloutModel

@Suite struct ForeignTextTests {
    /// Characters that a terminal would obey, turn round or hide.
    static let hostile: [Unicode.Scalar] = [
        "\u{0}", "\u{7}", "\u{8}", "\u{1B}", "\u{7F}", "\u{80}", "\u{9B}", "\u{9D}", "\u{AD}", "\u{34F}",
        "\u{61C}",
        "\u{115F}", "\u{180E}", "\u{200B}", "\u{200D}", "\u{200E}", "\u{202A}", "\u{202E}", "\u{2028}",
        "\u{2029}",
        "\u{2060}", "\u{2066}", "\u{2069}", "\u{2800}", "\u{3164}", "\u{E000}", "\u{FE0F}", "\u{FEFF}",
        "\u{FFA0}",
        "\u{E0001}", "\u{E0041}", "\u{10FFFF}",
    ]

    @Test(arguments: hostile) func isReplaced(scalar: Unicode.Scalar) {
        #expect(ForeignText.line("a\(scalar)b") == "a\u{FFFD}b")
        #expect(ForeignText.lines("a\(scalar)b\nc") == "a\u{FFFD}b\nc")
        #expect(!ForeignText.isClean("a\(scalar)b"))
    }

    @Test(arguments: ["", "plain", "Zürich, 東京 × –", "a b", "~!@#$%^&*()_+`-={}|[]\\:\";'<>?,./"])
    func plainTextStays(text: String) {
        #expect(ForeignText.line(text) == text)
        #expect(ForeignText.lines(text) == text)
        #expect(ForeignText.isClean(text))
    }

    @Test func aLineIsOneLine() {
        #expect(ForeignText.line("a\nb\r\nc\rd\te\u{85}f\u{0B}g") == "a b  c d e f g")
        #expect(ForeignText.lines("a\r\nb\n\tc\rd") == "a\nb\n\tc d")
        #expect(ForeignText.settings("a\r\nb\n\tc\rd\u{1B}e") == "a\r\nb\n\tc\rd\u{FFFD}e")
        #expect(ForeignText.line(String(repeating: "é", count: 50), charactersMax: 3) == "ééé…")
    }

    @Test(arguments: [
        (#"{"a":"b"}"#, #"{"a":"b"}"#),
        (#"{"a":"\u001b]0;x\u0007"}"#, "{\"a\":\"\u{FFFD}]0;x\u{FFFD}\"}"),
        (#"{"a":"x\ny\tz"}"#, #"{"a":"x y z"}"#),
        (#"{"a":"\u000a"}"#, #"{"a":" "}"#),
        (#"{"a":"\u202Eb"}"#, "{\"a\":\"\u{FFFD}b\"}"),
        (#"{"a":"\"\\\/"}"#, #"{"a":"\"\\\/"}"#),
        (#"{"a":"\u0022\u005c"}"#, #"{"a":"\"\\"}"#),
        (#"{"a":"\ud83d\ude00"}"#, "{\"a\":\"\u{1F600}\"}"),
        (#"{"a":"\udb40\udc41"}"#, "{\"a\":\"\u{FFFD}\"}"),
        (#"{"a":"\ud83dx"}"#, "{\"a\":\"\u{FFFD}x\"}"),
        (#"{"a":18446744073709551615,"b":1e300}"#, #"{"a":18446744073709551615,"b":1e300}"#),
        ("{\n  \"a\": \"\u{9B}\"\n}", "{\n  \"a\": \"\u{FFFD}\"\n}"),
        (#"{"a":"\u00"}"#, #"{"a":"\u00"}"#), (#"\"#, #"\"#), (#"\u"#, #"\u"#),
    ])
    func stringsOfJSONAreCleanedHoweverTheyAreWritten(text: String, clean: String) {
        #expect(ForeignText.json(text) == clean)
    }

    @Test(
        arguments: [
            (0.9, 0), (-1.5, -1), (1e300, .max), (-1e300, .min), (.infinity, .max), (-.infinity, .min),
            (.nan, 0),
            (9_223_372_036_854_775_808, .max), (-9_223_372_036_854_775_808, .min),
            (4_503_599_627_370_497, 4_503_599_627_370_497),
        ] as [(Double, Int)])
    func anyNumberBecomesWhole(number: Double, whole: Int) {
        #expect(Int(clamping: number) == whole)
    }

    // MARK: Names

    @Test(arguments: ["r-1", "r-20261124-071205-4f1c", "1409.7.0", "2.0.0+dev-1", "USR-A", "a_b"])
    func namesThatArePlain(name: String) {
        #expect(PlainName.isPlain(name))
        #expect(RolloutID(foreign: name)?.rawValue == name)
        #expect(RolloutID(name).rawValue == name)
    }

    @Test(arguments: [
        "", ".", "..", "../../x", "/etc/x", "a/b", "-rf", "+x", "_a", "r-1; touch x", "r-1\n", "r 1",
        "r-1\u{0}", "rä",
        "$(x)", "'", String(repeating: "a", count: 129),
    ])
    func noNameLeadsOutOfADirectory(name: String) {
        #expect(!PlainName.isPlain(name))
        #expect(RolloutID(foreign: name) == nil)
        #expect(PlainName.isPlain(RolloutID(name).rawValue))
    }

    @Test(arguments: [
        ("999999999999999999999.1", false), ("9223372036854775807.9223372036854775807", false),
        ("3.4.0", true),
        ("3.-1", false), ("-3.1", false),
    ])
    func versionsOfEtcdAreBounded(text: String, isOne: Bool) {
        #expect((EtcdMinor(text) != nil) == isOne)
    }

    /// As a journal may have them, whoever wrote it.
    @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300, -1e300])
    func reasonsWithAnyNumberCanBeTold(number: Double) {
        let host = HostID("a")
        let (span, time) = (Duration(clamping: number), UTCTime(sinceEpoch: Duration(clamping: number)))
        let skew = ClockSkew(
            other: HostID("b"), ahead: span, most: span, shown: time, otherShown: time)
        let reasons: [HoldReason] = [
            .fleet(.membershipUnsteady(seen: span, needed: span)),
            .step(.notReturned(host: host, waited: span, why: "")),
            .clock(.clockSkewed(host: host, skew)),
            .window(.windowTooShort(host: host, leftMinutes: .min, neededMinutes: .max)),
        ]
        for reason in reasons {
            #expect(!reason.description.isEmpty && !reason.remedy.text().isEmpty)
            guard case .later(let least) = reason.patience else { continue }
            #expect(least >= .zero)
        }
    }
}
