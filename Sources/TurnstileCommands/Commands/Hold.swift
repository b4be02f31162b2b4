import ArgumentParser
import Driving
import RolloutJournal
import RolloutModel

/// `turnstile hold`
struct Hold: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Ask the turnstile that drives a rollout to stop after the host at work, as ^C in it does.",
        discussion:
            "It drives the rollout on this machine. Nothing is done to any host, and nothing is undone.")

    @Argument(help: "The rollout's id. (default: the newest one that has not ended)")
    var rollout: String?

    @ParentCommand var turnstile: TurnstileCommand

    func run() async throws {
        try await turnstile.files.reportingFailure {
            let configuration = try turnstile.files.load()
            let path = try RolloutChoice(configuration, turnstile.files.invocation).path(
                of: rollout, else: .hold)
            let machine = try Journal.read(path: path).machine
            let id = machine.plan.rollout
            if case .finished = machine.state {
                throw CommandFailure(.usage, "rollout \(id) has ended already: there is nothing to hold")
            }
            guard try Journal.isBeingWritten(path: path) else {
                throw CommandFailure(
                    .held,
                    """
                    no turnstile on this machine drives rollout \(id) now, and nothing goes on by itself. Go on with it: \
                    \(try await wayOn(machine, configuration))
                    """)
            }
            try HoldRequest(beside: path).lay(by: RolloutSession.operatorName)
            let status = turnstile.files.invocation.command("status \(id)")
            say("Rollout \(id) holds before its next host. Watch it with: \(status)")
        }
    }

    /// Of a rollout that nobody drives. Hosts that are to be given back are asked where they are: from a single try only
    /// the rollback of that host leads on.
    private func wayOn(_ machine: RolloutMachine, _ configuration: Configuration) async throws -> String {
        let invocation = turnstile.files.invocation
        if let begin = machine.unbegunUndoing { return invocation.command(begin) }
        if case .abandoning(let abandonment) = machine.state.unheld {
            let session = try await RolloutSession.open(
                configuration, invocation: invocation, hosts: abandonment.waiting)
            let reports = await session.access.reports(of: session.hosts)
            await session.close()
            let ways = WayOnChoice(configuration, invocation)
            for host in session.hosts {
                let place = HostPlace(reports[host] ?? .unknown("not asked"))
                guard let way = try ways.way(.hold, host, place), way.command != .resume else { continue }
                return invocation.typed(way.line)
            }
        }
        return RolloutText.next(after: machine.state.heldReasons, of: machine.plan.rollout, invocation)
    }
}
