import Foundation
import Reports
import RolloutModel
import Rollouts
import Synchronization
import TurnstileCommands

extension HostileView {
    /// The reasons to hold, each in a document of its own.
    static func reasons() async throws -> [HostileView] {
        var views: [HostileView] = []
        for reason in ReasonSample.all {
            views.append(
                try await HostileView("the reason \(reason.gate)", JSONText.document([reason])) { document in
                    try JSONDecoder().decode([HoldReason].self, from: Data(document))
                } show: { reasons in
                    self.views(of: reasons, in: RolloutSample.rollout)
                        + self.views(waitingFor: reasons)
                })
        }
        return views
    }

    static func views(of reasons: [HoldReason], in rollout: RolloutID) -> [Rendering] {
        let failure = CommandFailure.held(reasons)
        let count = RolloutText.reasons(reasons).count + 2
        let after = reasons.first.map { [CommandFailure.afterRollout($0).message] } ?? []
        return [
            Rendering("reasons", .lines(RolloutText.reasons(reasons, in: rollout, .odd))),
            Rendering("failure", .message(failure.message, lines: count)),
            Rendering("completed failure", .message(failure.message(for: .odd), lines: count)),
            Rendering("sentences", .lines(RolloutText.sentences(reasons))),
            Rendering("next", .lines(["Then: " + RolloutText.next(after: reasons, of: rollout, .odd)])),
        ] + after.map { Rendering("after the rollout", .message($0, lines: 2)) }
    }

    /// Followed as it goes on: on a terminal, and elsewhere.
    static func views(waitingFor reasons: [HoldReason]) -> [Rendering] {
        let wait = RolloutNotice.Wait(
            host: RolloutSample.a, reasons: reasons, what: "for the gates to open", since: .start,
            deadline: .start + .seconds(120))
        var machine = RolloutMachine(plan: RolloutSample.plan)
        var notices: [RolloutNotice] = []
        // Both can follow: nothing is left out.
        if (try? machine.handle(.began)) != nil { notices += [.entered(machine), .waiting(wait)] }
        if (try? machine.handle(.gatesHeld(reasons: reasons))) != nil { notices.append(.entered(machine)) }
        return views(following: notices)
    }

    static func views(following notices: [RolloutNotice]) -> [Rendering] {
        func written(on terminal: Terminal) -> [String] {
            let lines = Mutex<[String]>([])
            let clock = RolloutClock(now: { .start + .seconds(7) }, sleep: { _ in })
            let write: @Sendable (String) -> Void = { line in lines.withLock { $0.append(line) } }
            let view = RolloutView(
                hosts: [RolloutSample.a, RolloutSample.b], terminal: { terminal }, clock: clock, earlier: [],
                write: write, board: { board, _ in board.forEach(write) })
            notices.forEach { view.show($0) }
            view.settle()
            return lines.withLock { $0 }
        }
        let shown = written(on: .coloured)
        return [
            Rendering("followed", .lines(written(on: .plain))),
            Rendering(
                "followed on a terminal",
                .coloured(plain: shown.map(TerminalRule.withoutColours), coloured: shown)),
        ] + shown.map { Rendering("a line that lives", .terminal(Terminal.passing($0 + "\n"))) }
    }
}
