import ArgumentParser
import Coordinator
import RolloutJournal
import RolloutModel
import Rollouts
import Settings

/// `turnstile resume`
struct Resume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Go on with a rollout that was held, or whose turnstile died.",
        usage: "turnstile resume [<options>] [<rollout>]")

    @Argument(help: "The rollout's id. (default: the newest one that has not ended)", completion: .rollouts)
    var rollout: String?

    @Flag(
        help: "Go on although a host went back to its old partition: its good partition may be overwritten.")
    var retryReverted = false

    @Flag(
        help: ArgumentHelp(
            "The journal is lost: take the rollout up from what the hosts' agents tell.",
            discussion: "The hosts are those of the configuration, in the order they are to be upgraded."))
    var fromHosts = false

    @Flag(help: "Do not ask: whether the journal is lost, or at etcd's point of no return.")
    var yes = false

    @Option(
        help: ArgumentHelp(
            "The etcd that the new release brings, such as 3.5. (default: as when it was planned)",
            valueName: "version"))
    var etcdAfter: String?

    @Option(
        help: ArgumentHelp(
            """
            With --from-hosts: what becomes of a host that is not whole on the new version, hold or rollback. \
            (default: hold)
            """, valueName: "what"))
    var onFailure: OnFailureArgument?

    @Flag(help: "With --from-hosts: hand etcd's leadership on before its host reboots (etcd 3.3 or later).")
    var moveLeader = false

    @OptionGroup var limits: LimitOptions
    @OptionGroup var overrides: OverrideOptions
    @ParentCommand var turnstile: TurnstileCommand
    @OptionGroup var course: CourseOptions

    func run() async throws {
        try await turnstile.files.reportingFailure {
            var overrides = ConfigurationOverrides()
            overrides.etcdAfter = etcdAfter
            let configuration = try turnstile.files.load(limits.overlay(overrides))
            let terminal = RolloutTerminal(
                configuration, turnstile.files.invocation, course,
                answers: .init(
                    yes: yes, acceptsNoReturn: yes, missing: fromHosts && !yes ? ["--yes"] : []))
            let useCases = try await UseCases.live(configuration, terminal)
            let end = try await terminal.attended {
                fromHosts
                    ? try await useCases.resumeFromHosts(draft(configuration), acceptsNoReturn: yes)
                    : try await useCases.resume(
                        rollout,
                        ResumeWish(
                            retryReverted: retryReverted, acceptsNoReturn: yes,
                            overrides: self.overrides.gates))
            }
            try end.conclude(turnstile.files.invocation)
        }
    }

    private func draft(_ configuration: Configuration) throws -> PlanDraft {
        var draft = try configuration.draft
        draft.onFailure = onFailure?.onFailure ?? .hold
        draft.movesLeader = moveLeader
        return draft
    }

    func validate() throws {
        guard fromHosts || (onFailure == nil && !moveLeader && !limits.isGiven) else {
            throw ValidationError(
                "--on-failure, --move-leader, --limit and --exclude go with --from-hosts: else the rollout's journal says what was chosen"
            )
        }
        guard fromHosts, rollout != nil || retryReverted || !overrides.gates.isEmpty else { return }
        throw ValidationError(
            "--from-hosts: the hosts say which rollout, and nothing of a word that was given")
    }
}
