import RolloutModel
import Testing

@testable import HostileViews

/// The remedy of every hold.
@Suite struct RemedyTests {
    static let rollout = RolloutID("r-1")

    /// A command that stands in words alone could be neither completed nor made a button.
    @Test func noCommandIsProse() {
        for reason in ReasonSample.all {
            for case .words(let words) in reason.remedy.steps.flatMap(\.parts) {
                for program in [
                    "'turnstile ", "turnstile-agent", "systemctl ", "journalctl ", "kubectl ", "etcdctl ",
                    "fleetctl ",
                ] {
                    #expect(!words.contains(program), "\(reason.gate): \(words)")
                }
            }
        }
    }

    /// The command that is printed last is the one that the steps name.
    @Test func theNextCommandIsTheRemedys() {
        for reason in ReasonSample.all {
            let next = NextCommand(after: [reason]).command(of: Self.rollout)
            for case .next(let named?) in reason.remedy.steps(in: Self.rollout).flatMap(\.parts) {
                // The words that a hold asks for are part of the last command only.
                #expect(named == next || (named == .resume(Self.rollout) && reason.isTerminal), "\(reason)")
            }
        }
    }

    /// A rollout that can only end, or a host that can only go back, is not told to go on.
    @Test func noRemedyOrdersTwoThings() {
        for reason in ReasonSample.all {
            let remedy = reason.remedy
            let choices = remedy.steps.flatMap(\.parts).compactMap { part in
                if case .choice(let command) = part { command } else { nil }
            }
            switch remedy.then {
            case .resume: #expect(!choices.contains(.resume()), "\(reason)")
            case .rollback(let host): #expect(!choices.contains(.rollback(host)), "\(reason)")
            case .abandon: #expect(!choices.contains(.abandon()), "\(reason)")
            }
        }
    }

    @Test func everyRemedySaysSomething() {
        for reason in ReasonSample.all {
            #expect(!reason.remedy.text().isEmpty && !reason.remedy.text(in: Self.rollout).isEmpty)
        }
    }
}
