import ArgumentParser
import Foundation
import Reports
import RolloutJournal
import RolloutModel
import Rollouts
import Settings

/// `turnstile unlock`
struct Unlock: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Free the cluster from a rollout whose turnstile is dead for good.",
        discussion: """
            Nothing is undone on any host, and nodes that it cordoned are uncordoned; what the rollout sends from then on is refused. Where its journal is still \
            there, 'resume' or 'abandon' ends it properly, and frees the cluster, too.
            """)

    @Argument(help: "The exact id of the rollout that holds the cluster.", completion: .rollouts)
    var rollout: String?

    @Flag(
        help: ArgumentHelp(
            "Set tokens back to which counting cannot have led, in etcd and on every host: somebody made them up, or a record was damaged.",
            discussion:
                "Needed where a command says so. No turnstile may be at work on this cluster anywhere."))
    var resetTokens = false

    @Flag(help: "Do not ask.")
    var yes = false

    @ParentCommand var turnstile: TurnstileCommand

    func validate() throws {
        guard (rollout != nil) != resetTokens else {
            throw ValidationError("name the rollout that holds the cluster, or say --reset-tokens")
        }
        if let rollout, RolloutID(foreign: rollout) == nil {
            throw ValidationError(
                "\(ForeignText.line(rollout, charactersMax: 80).debugDescription) is no rollout's id")
        }
    }

    private var id: RolloutID { RolloutID(rollout ?? "") }

    func run() async throws {
        try await turnstile.files.reportingFailure {
            let configuration = try turnstile.files.load()
            let hosts = try configuration.namedHosts
            let terminal = RolloutTerminal(
                configuration, turnstile.files.invocation, answers: .yes(yes))
            let useCases = try await UseCases.live(configuration, terminal)
            if resetTokens {
                return try tell(await terminal.accompanied { try await useCases.resetTokens(hosts: hosts) })
            }
            switch try await terminal.accompanied({ try await useCases.unlock(id, hosts: hosts) }) {
            case .freed:
                say(
                    "Rollout \(id) does not hold the cluster any more. What it sends from now on is refused.")
            case .heldByNobody:
                say("Rollout \(id) does not hold this cluster; as far as can be seen nobody does.")
            }
            let record = await RolloutChoice(configuration.journals, turnstile.files.invocation).unended(id)
            UnendedText.unlocked(record, turnstile.files.invocation).forEach { say($0) }
        }
    }
}
