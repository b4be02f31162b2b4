import Driving
import RolloutJournal
import RolloutModel

extension Configuration {
    /// For commands that no rollout may run beside.
    ///
    /// A journal that cannot be opened is named and left out: the person who asks says that no turnstile is at work.
    ///
    /// - Throws: `CommandFailure` while some process on this machine writes a rollout's journal.
    func requireNoDrivenRollout() throws {
        for rollout in try JournalDirectory(path: journal).rollouts() {
            do {
                try requireNotDriven(rollout)
            } catch let error as JournalError {
                say("Whether a turnstile drives rollout \(rollout) cannot be told: \(error)")
            }
        }
    }

    /// - Throws: `CommandFailure` while some process on this machine writes that rollout's journal: `hold` is what acts
    ///   then (`WayOn.Standing.driven`). `JournalError` where its journal cannot be opened.
    func requireNotDriven(_ rollout: RolloutID) throws {
        let directory = JournalDirectory(path: journal)
        guard try directory.rollouts().contains(rollout),
            try Journal.isBeingWritten(path: directory.journalPath(of: rollout))
        else { return }
        throw CommandFailure(
            .held,
            """
            rollout \(rollout) is being driven on this machine: its turnstile is not dead. Wait for its end: 'turnstile \
            status \(rollout)'; or ask it to stop after the host at work: 'turnstile hold \(rollout)'
            """)
    }
}
