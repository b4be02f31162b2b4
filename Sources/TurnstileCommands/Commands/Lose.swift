import AgentProtocol
import ArgumentParser
import Coordinator
import Reports
import RolloutJournal
import RolloutModel
import Rollouts
import Settings

/// `turnstile lose`
struct Lose: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Declare a host lost that will never come back, so that its rollout can end, or go on without it.",
        usage: "turnstile lose [<options>] <host>",
        discussion: """
            For broken hardware: a host that only has to be switched on is better switched on. Nothing is done to any \
            host. Its rollout waits for it no more, counts its etcd member as gone, and goes on with 'resume' or ends with \
            'abandon'. A host that was declared lost might still come up by itself, and then two would be out: cut its \
            network, or wipe its disk.
            """)

    @Argument(help: "The host, as turnstile.yaml names it.", completion: .hosts)
    var host: String

    @Option(name: .customLong("because"), help: ArgumentHelp("Why, for the journal.", valueName: "why"))
    var why: String?

    @Option(
        name: .customLong("yes-it-is-lost"),
        help: ArgumentHelp("The host's name once more, where nobody is there to be asked.", valueName: "host")
    )
    var typed: String?

    @ParentCommand var turnstile: TurnstileCommand
    @OptionGroup var course: CourseOptions

    private var id: HostID { HostID(host) }

    func validate() throws {
        if let typed, typed != host {
            throw ValidationError("--yes-it-is-lost names '\(typed)', and the host is '\(host)'")
        }
    }

    func run() async throws {
        try await turnstile.files.reportingFailure {
            let configuration = try turnstile.files.load()
            try configuration.requireLikely(id)
            let terminal = RolloutTerminal(
                configuration, turnstile.files.invocation, course,
                answers: .init(
                    lossReason: why, lostName: typed,
                    missing: (why == nil ? ["--because WHY"] : [])
                        + (typed == nil ? ["--yes-it-is-lost \(id.word)"] : [])))
            let end = try await terminal.attended {
                try await UseCases.live(configuration, terminal).lose(id)
            }
            terminal.show(end)
            tell(end)
        }
    }

    private func tell(_ end: RolloutEnd) {
        let invocation = turnstile.files.invocation
        let reasons = end.record.machine.state.heldReasons
        RolloutText.reasons(reasons, in: end.rollout, invocation).forEach { say($0) }
        say("To go on without it: \(RolloutText.next(after: reasons, of: end.rollout, invocation))")
        say("To end the rollout, and give the others back: \(invocation.command(.abandon, end.rollout))")
    }
}
