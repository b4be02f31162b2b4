import ArgumentParser
import RolloutModel
import Testing

@testable import Reports
@testable import TurnstileCommands

@Suite struct OverrideOptionsTests {
    @Test func aGateAndAReason() throws {
        #expect(
            try OverrideOptions.override("window= an emergency = now ")
                == GateOverride(gate: .window, reason: "an emergency = now"))
    }

    @Test(arguments: [
        (
            "quorum=x",
            "'quorum' is no gate that can be passed over; those are etcd-after, fleet-ttl, units, deis"
        ),
        ("window", "--override window: say why, in one line"),
        ("window=  ", "--override window: say why, in one line"),
        ("window=a\nb", "--override window: say why, in one line"),
        ("", "'' is no gate that can be passed over"),
    ])
    func anythingElseIsRefused(text: String, words: String) {
        #expect {
            try OverrideOptions.override(text)
        } throws: { ($0 as? ValidationError)?.message.hasPrefix(words) == true }
    }

    /// A hold says how it is passed over, where it can be.
    @Test func aHoldNamesItsWord() {
        let reasons: [HoldReason] = [.fleet(.unitsUnknown(why: "503")), .lock(.lockLost)]
        let lines = RolloutText.reasons(reasons)
        #expect(lines[3].hasSuffix("; or pass it over, with --override units='why'."))
        #expect(!lines[1].contains("--override"))
    }
}
