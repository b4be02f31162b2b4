import AgentProtocol
import ArgumentParser
import Coordinator
import Reports
import RolloutJournal
import RolloutModel
import Rollouts
import Settings

/// `turnstile rollback`
struct Rollback: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take one host back to its other partition, when that is safe.",
        usage: "turnstile rollback [<options>] <host>",
        discussion: """
            Safe means: the cluster is whole without this host, nothing has overwritten the other partition, and its \
            etcd can still run with the cluster's version. A host that is not committed yet is simply rebooted.
            """)

    @Argument(help: "The host, as turnstile.yaml names it.", completion: .hosts)
    var host: String

    @Flag(help: "Do not ask.")
    var yes = false

    @ParentCommand var turnstile: TurnstileCommand
    @OptionGroup var course: CourseOptions

    private var id: HostID { HostID(host) }

    func run() async throws {
        try await turnstile.files.reportingFailure {
            let configuration = try turnstile.files.load()
            try configuration.requireLikely(id)
            let invocation = turnstile.files.invocation
            let terminal = RolloutTerminal(
                configuration, invocation, course, answers: .yes(yes))
            let end = try await terminal.attended {
                try await UseCases.live(configuration, terminal).rollBack(id, configuration.undoingDraft)
            }
            try end.conclude(invocation, isAsked: isRolledBack)
            try tellWhatIsNext(end.record.machine)
        }
    }

    private func isRolledBack(_ reasons: [HoldReason]) -> Bool {
        guard reasons.count == 1, case .step(.rolledBack(let back, _, _))? = reasons.first else {
            return false
        }
        return back == id
    }

    private func tellWhatIsNext(_ machine: RolloutMachine) throws {
        guard machine.state.held != nil else { return }
        let rollout = machine.plan.rollout
        say("'\(host)' is back, and whole. Rollout \(rollout) stays held. To upgrade it again:")
        say("  \(command("resume \(rollout) --retry-reverted"))")
        say("To end the rollout, and give every host back: \(command("abandon \(rollout)"))")
    }

    private func command(_ text: String) -> String {
        turnstile.files.invocation.command(text)
    }
}
