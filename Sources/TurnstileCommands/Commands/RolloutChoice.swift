import RolloutJournal
import RolloutModel

/// Which rollout a command means.
struct RolloutChoice {
    var directory: JournalDirectory

    init(_ configuration: Configuration) {
        directory = JournalDirectory(path: configuration.journal)
    }

    /// The journal of the rollout named, or of the newest.
    ///
    /// - Parameter orEnded: whether one that has ended will do.
    func path(of name: String?, orEnded: Bool = false) throws -> String {
        if let name {
            let id = RolloutID(name)
            guard try directory.rollouts().contains(id) else {
                throw CommandFailure(
                    .usage, "there is no rollout '\(name)' in '\(directory.path)'. See 'turnstile status'")
            }
            return directory.journalPath(of: id)
        }
        for id in try directory.rollouts().reversed() {
            let path = directory.journalPath(of: id)
            if orEnded { return path }
            if case .finished = try Journal.read(path: path).machine.state { continue }
            return path
        }
        throw CommandFailure(
            .usage,
            orEnded
                ? "there is no rollout in '\(directory.path)' yet. Begin one with 'turnstile upgrade'"
                : "there is no rollout to resume in '\(directory.path)'")
    }

    /// Every rollout that has not ended, newest first.
    func unended() throws -> [(path: String, record: RolloutRecord)] {
        try directory.rollouts().reversed().compactMap { id in
            let path = directory.journalPath(of: id)
            let record = try Journal.read(path: path)
            if case .finished = record.machine.state { return nil }
            return (path, record)
        }
    }
}
