import Foundation
import RolloutModel
import Testing

@testable import Reports

/// The last line before a terminal.
@Suite struct TerminalPassingTests {
    @Test(arguments: [
        "plain\n", "", "Zürich × …\n", "a\r\nb\r\n", "tab\tbed\n", Terminal.eraseLine,
        Terminal.eraseLine + "\u{1B}[2m3 hosts\u{1B}[0m",
        Terminal.eraseLineAbove + "\n", "\u{1B}[31mred\u{1B}[0m \u{1B}[1mbold\u{1B}[0m\n",
    ])
    func oursGoesOn(text: String) {
        #expect(Terminal.passing(text) == text)
    }

    @Test(arguments: [
        ("\u{1B}]0;title\u{7}x", "\u{FFFD}]0;title\u{FFFD}x"),
        ("\u{1B}]52;c;QQ==\u{1B}\\", "\u{FFFD}]52;c;QQ==\u{FFFD}\\"),
        ("a\u{1B}[2J", "a\u{FFFD}[2J"), ("\u{1B}[8mhidden\u{1B}[0m", "\u{FFFD}[8mhidden\u{1B}[0m"),
        ("a\rb", "a b"), ("a\u{1B}[1A\u{1B}[2K", "a\u{FFFD}[1A\u{FFFD}[2K"), ("\u{9B}31m", "\u{FFFD}31m"),
        ("a\u{202E}b", "a\u{FFFD}b"), ("a\u{200B}b", "a\u{FFFD}b"),
        ("x" + Terminal.eraseLine, "x \u{FFFD}[2K"),
        ("\u{1B}", "\u{FFFD}"), ("\u{1B}\u{1B}[31m", "\u{FFFD}\u{1B}[31m"),
        ("\u{8}\u{0}", "\u{FFFD}\u{FFFD}"),
    ])
    func whatIsNotOursDoesNot(text: String, passed: String) {
        #expect(Terminal.passing(text) == passed)
        #expect(Terminal.passing(passed) == passed)
    }

    @Test func everyColourGoesOn() {
        let terminal = Terminal(isLive: true, hasColour: true)
        for colour in Terminal.Colour.allCases {
            let text = terminal.paint("x", colour) + "\n"
            #expect(Terminal.passing(text) == text)
        }
    }

    @Test func aDocumentKeepsItsValuesAndShowsNothingElse() throws {
        let values = ["\u{202E}x", "\u{9B}", "\u{E0041}", "\u{1F512} é", "\n\u{1B}"]
        let text = try JSONText.document(values)
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || ForeignText.isShown($0) })
        #expect(try JSONText.values(text) == values)
    }

    @Test(arguments: [
        (
            "'turnstile status'; 'turnstile unlock r-1; touch x'",
            "'turnstile --config t.yaml status'; 'turnstile unlock r-1; touch x'"
        ),
        ("`turnstile resume $(reboot)`", "`turnstile resume $(reboot)`"),
        ("'turnstile hold", "'turnstile hold"),
    ])
    func aCommandOfSomebodyElsesIsNotMadeOneOfOurs(text: String, completed: String) {
        #expect(Invocation(config: "t.yaml").completing(text) == completed)
    }
}

extension JSONText {
    fileprivate static func values(_ text: String) throws -> [String] {
        try JSONDecoder().decode([String].self, from: Data(text.utf8))
    }
}
