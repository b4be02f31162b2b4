import ArgumentParser
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
            let path = try RolloutChoice(turnstile.files.load()).path(of: rollout, else: .hold)
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
                    \(turnstile.files.invocation.command("resume \(id)"))
                    """)
            }
            try HoldRequest(beside: path).lay(by: RolloutSession.operatorName)
            let status = turnstile.files.invocation.command("status \(id)")
            say("Rollout \(id) holds before its next host. Watch it with: \(status)")
        }
    }
}
