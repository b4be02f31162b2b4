import Foundation
import Reports
import RolloutJournal
import RolloutModel
import Rollouts
import Synchronization

/// Keeps the remark on a rollout's course beside its journal. The newest one is written when it is asked for, and what cannot
/// be written is left out: nothing follows from it.
final class CourseRemarks: Sendable {
    private struct State {
        /// The rollout that is driven, with its present step.
        var machine: RolloutMachine?
        var remark: CourseRemark?
        var written: CourseRemark?
        /// The file of this process, to be removed.
        var path: String?
    }

    private let journal: @Sendable (RolloutID) -> String
    private let state = Mutex(State())
    private let aside = Aside()

    /// - Parameter journal: the path of a rollout's journal.
    init(journal: @escaping @Sendable (RolloutID) -> String) { self.journal = journal }

    /// The rollout that is driven; nil before there is one.
    var rollout: RolloutID? { state.withLock { $0.machine?.plan.rollout } }

    /// - Parameter now: the moment of the notice, by the clock of the rollout.
    func hear(_ notice: RolloutNotice, now: Moment) {
        state.withLock { state in
            switch notice {
            case .entered(let machine):
                state.machine = machine
                state.remark = nil
            case .progress(_, let message, let fraction):
                state.remark = Self.remark(ProgressText.words(message, fraction), state.machine)
            case .waiting(let wait):
                state.remark = Self.remark(WaitText(wait, now: now).whole, state.machine)
            }
        }
    }

    /// A wait before there is a rollout is no remark on one.
    private static func remark(_ says: String, _ machine: RolloutMachine?) -> CourseRemark? {
        machine.map { CourseRemark(step: CourseRemark.step(of: $0.state), says: says) }
    }

    /// Writes the newest remark, where it was not written yet. Returns soon once its task is cancelled.
    func write() async {
        let next = state.withLock { state -> (remark: CourseRemark, path: String)? in
            guard let remark = state.remark, remark != state.written, let machine = state.machine else {
                return nil
            }
            let path = CourseRemark.path(beside: journal(machine.plan.rollout))
            (state.written, state.path) = (remark, path)
            return (remark, path)
        }
        guard let next, let text = try? JSONText.document(next.remark) else { return }
        try? await aside.run { try WholeFile.put(text, at: next.path) }
    }

    /// Removes the file: nobody drives the rollout any more.
    func remove() {
        let path = state.withLock { state in
            state.remark = nil
            return state.path
        }
        if let path { try? FileManager.default.removeItem(atPath: path) }
    }
}
