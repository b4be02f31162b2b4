import Testing

@testable import Reports

@Suite struct TerminalWrappingTests {
    @Test func sentencesWrapAtWordsAndTablesDoNot() {
        let narrow = Terminal(isLive: true, hasColour: false, columns: 30)
        #expect(
            narrow.wrapped("No backup hook is set. Back up etcd before you go on.")
                == "No backup hook is set. Back up\netcd before you go on.")
        #expect(
            narrow.wrapped("  a line of words that is indented") == "  a line of words that is\n  indented")
        #expect(
            narrow.wrapped("  - etcd: it does not answer at all")
                == "  - etcd: it does not answer\n    at all")
        for kept in [
            "HOST        FROM      RESULT OF ALL THIS", "short",
            "Go on with: turnstile resume r-20261124-071205-4f1c --yes",
        ] {
            #expect(narrow.wrapped(kept) == kept)
        }
        #expect(
            narrow.wrapped("Look at 'journalctl -u update-engine -b -1 --no-pager' there")
                == "Look at\n'journalctl -u update-engine -b -1 --no-pager'\nthere")
        #expect(
            narrow.wrapped("  - 更新を 待って います: 理由は ここに あります")
                == "  - 更新を 待って います:\n    理由は ここに あります")
        #expect(
            narrow.wrapped("Not ended: rollout r-1 of ann, held since noon. See: turnstile status r-1")
                == "Not ended: rollout r-1 of ann,\nheld since noon. See:\nturnstile status r-1")
        #expect(
            narrow.wrapped("Not ended: rollout r-1 of ann, held. See: turnstile who")
                == "Not ended: rollout r-1 of ann,\nheld. See: turnstile who")
        let nobody = Terminal(isLive: false, hasColour: false)
        let long = String(repeating: "word ", count: 50)
        #expect(nobody.wrapped(long) == long)
    }

    /// Also in lines that are written over.
    @Test func anItemHasItsLinesBelowItsFirstWord() {
        let text = WrappedText(columns: 20)
        #expect(
            text.fittingLines(of: "  - etcd: it does not answer") == ["  - etcd: it does", "    not answer"])
        #expect(text.fittingLines(of: "    What to do: look there") == ["    What to do: look", "    there"])
        #expect(text.fittingLines(of: "  -") == ["  -"])
        #expect(text.fittingLines(of: "") == [""])
    }
}
