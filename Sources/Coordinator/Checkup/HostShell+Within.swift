import RolloutModel
import Rollouts
import Synchronization

extension HostShell {
    /// The same, with a limit to the time that all commands on one host take together. The time of each host begins
    /// with its first command.
    public func within(_ limit: Duration) -> HostShell {
        var shell = self
        let time = HostTime(limit)
        shell.run = { host, command throws(HostFault) in
            try await run(host, try time.bounded(command, on: host))
        }
        shell.converse = { host, command, onLine throws(HostFault) in
            try await converse(host, try time.bounded(command, on: host), onLine)
        }
        return shell
    }
}

/// The time that is left for each host.
private final class HostTime: Sendable {
    private let limit: Duration
    private let ends = Mutex<[HostID: ContinuousClock.Instant]>([:])

    init(_ limit: Duration) { self.limit = limit }

    /// - Throws: `HostFault` where the time is up.
    func bounded(_ command: HostCommand, on host: HostID) throws(HostFault) -> HostCommand {
        let now = ContinuousClock.now
        let end = ends.withLock { ends in
            let end = ends[host] ?? now + limit
            ends[host] = end
            return end
        }
        guard now < end else {
            throw HostFault(
                host: host, kind: .interrupted,
                why: "its \(limit.secondsRoundedUp) s are up: it answers too slowly")
        }
        var command = command
        command.deadline = min(command.deadline, end - now)
        return command
    }
}
