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
    /// - Parameters:
    ///   - orEnded: whether one that has ended will do.
    ///   - command: what is asked for, where no rollout is under way.
    func path(of name: String?, orEnded: Bool = false, else command: RecoveryCommand = .resume) throws
        -> String
    {
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
                : "no rollout is under way in '\(directory.path)'. " + Self.without(command))
    }

    /// The advice for a command that finds no journal.
    private static func without(_ command: RecoveryCommand) -> String {
        switch command {
        case .abandon, .abandonHost:
            "To give hosts back without a journal: 'turnstile abandon --host HOST'"
        case .upgrade, .resume, .retryReverted, .fromHosts, .rollback, .lose, .unlock, .hold, .install,
            .audit,
            .upgradeOthers, .plainReboot:
            "Begin one with 'turnstile upgrade'; or, where its journal is lost, 'turnstile resume --from-hosts'"
        }
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
