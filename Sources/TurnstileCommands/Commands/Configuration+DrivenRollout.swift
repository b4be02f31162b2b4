import Driving
import RolloutJournal

extension Configuration {
    /// For commands that no rollout may run beside.
    ///
    /// - Throws: `CommandFailure` while some process on this machine writes a rollout's journal.
    func requireNoDrivenRollout() throws {
        let directory = JournalDirectory(path: journal)
        for rollout in try directory.rollouts()
        where try Journal.isBeingWritten(path: directory.journalPath(of: rollout)) {
            throw CommandFailure(
                .held,
                "rollout \(rollout) is being driven on this machine. Wait for its end: 'turnstile status \(rollout)'"
            )
        }
    }
}
