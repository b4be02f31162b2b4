import ArgumentParser
import RolloutJournal
import RolloutModel

/// The options of commands that act on a rollout: its journal names the hosts.
struct ResumeOptions: ParsableArguments {
    @Option(help: "The configuration file. (default: turnstile.yaml here, if there is one)")
    var config: String?

    @Option(help: "The directory of rollout journals.")
    var journal: String?

    func load() throws(CommandFailure) -> Configuration {
        var overrides = ConfigurationOverrides()
        overrides.journal = journal
        do {
            return try Configuration.load(path: config, overrides: overrides)
        } catch {
            throw CommandFailure(.usage, error.description)
        }
    }
}

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
}
