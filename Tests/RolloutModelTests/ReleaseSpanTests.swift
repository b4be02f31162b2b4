import RolloutModel
import Testing

@Suite struct ReleaseSpanTests {
    /// (the span, what is in it, what is not)
    static let meanings: [(String, [String], [String])] = [
        ("1409.7.0", ["1409.7.0", "1409.7.0+dev-2"], ["1409.7.1", "1409.6.0", "1410.7.0", "", "1409.7"]),
        ("1409.7", ["1409.7.0", "1409.7.3"], ["1409.8.0", "1408.7.0"]),
        ("1409", ["1409.0.0", "1409.9.9"], ["1408.9.9", "1410.0.0"]),
        ("1409.7.0..1911", ["1409.7.0", "1632.3.0", "1911.5.0"], ["1409.6.9", "1912.0.0", "latest"]),
        ("1409..1409", ["1409.7.0"], ["1410.0.0"]),
        ("1409.7.0..1409", ["1409.7.0", "1409.9.9"], ["1409.6.0", "1410.0.0"]),
        (">=1409", ["1409.0.0", "4593.2.5"], ["1408.9.9"]),
        (">1409", ["1410.0.0"], ["1409.9.9", "1408.0.0"]),
        ("<=1409.7", ["1409.7.9", "1.0.0"], ["1409.8.0"]),
        ("1409.7.0+dev-2", ["1409.7.0+dev-2"], ["1409.7.0", "1409.7.0+dev-1"]),
        ("<1409.7.0", ["1409.6.9"], ["1409.7.0", "1409.7.1"]),
    ]

    @Test(arguments: meanings)
    func aRangeIsWhatItSays(text: String, inside: [String], outside: [String]) throws {
        let span = try #require(ReleaseSpan(text))
        #expect(span.description == text)
        for version in inside { #expect(span.contains(Version(version)), "\(version)") }
        for version in outside { #expect(!span.contains(Version(version)), "\(version)") }
    }

    @Test(arguments: [
        "", "stable", "1409.", "1409.7.0.1", ">", ">=", "=1409", "..", "1409..", "..1409", "1911..1409",
        "1409.7.0..1409.6", "1..2..3", "-1", "1409.7+dev", "9999999999", ">=1..2", " 1409", "1409,1410",
    ]) func anythingElseIsNone(text: String) {
        #expect(ReleaseSpan(text) == nil)
    }
}
