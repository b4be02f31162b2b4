import Reports
import RolloutJournal
import RolloutModel
import Rollouts

extension RolloutEnd {
    /// Says, or fails with, what is left to do.
    ///
    /// - Parameter isAsked: whether a hold is what was asked for.
    func conclude(_ invocation: Invocation, isAsked: ([HoldReason]) -> Bool = { _ in false }) throws {
        if let hookFailure { throw CommandFailure.afterRollout(hookFailure) }
        guard case .held(let reasons) = ending, !isAsked(reasons) else { return }
        if case .person(.stoppedAfter(let count))? = reasons.first {
            let next = invocation.command(goesOn, rollout)
            return say(RolloutText.stopped(after: count, record.machine) + " Go on with: \(next)")
        }
        let since = record.heldSince.map { " since \($0)" } ?? ""
        throw CommandFailure(.held) { invocation in
            (["rollout \(rollout) is held\(since):"] + RolloutText.reasons(reasons, in: rollout, invocation)
                + ["Then: \(next(after: reasons, invocation))"]).joined(separator: "\n")
        }
    }

    private func next(after reasons: [HoldReason], _ invocation: Invocation) -> String {
        switch goesOn {
        case .resume: RolloutText.next(after: reasons, of: rollout, invocation)
        case .rollBack, .abandon: invocation.command(goesOn, rollout)
        }
    }
}
