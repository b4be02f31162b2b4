import ArgumentParser
import Driving
import Foundation
import RolloutJournal
import RolloutModel

/// `turnstile unlock`
struct Unlock: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Free the cluster from a rollout whose turnstile is dead for good.",
        discussion: """
            Nothing is undone on any host, and nodes that it cordoned are uncordoned; what the rollout sends from then on is refused. Where its journal is still \
            there, 'resume' or 'abandon' ends it properly, and frees the cluster, too.
            """)

    @Argument(help: "The exact id of the rollout that holds the cluster.")
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
            if resetTokens { return try await reset(configuration) }
            try configuration.requireNotDriven(id)
            let session = try await RolloutSession.open(
                configuration, invocation: turnstile.files.invocation)
            try await unlock(session)
            await session.close()
        }
    }

    private func unlock(_ session: RolloutSession) async throws {
        guard let holder = try await holder(session) else { return }
        say("The cluster is held by:")
        HolderText.lines(holder).forEach { say("  \($0)") }
        guard try yes || Question.ask("Free the cluster? Only if no turnstile still runs this rollout.")
        else {
            throw CommandFailure(.failed, "nothing was changed")
        }
        let ending = await session.lock.unlock(naming: id)
        switch ending {
        case .failed(let why): throw Self.unknown(why)
        case .notHeld(nil): say(nobody)
        case .notHeld(let other?): throw try another(other, session)
        case .unlocked(let missing):
            await letNodesGo(session)
            try tell(missing)
        }
    }

    /// - Throws: where another rollout holds it, or where that cannot be told.
    private func holder(_ session: RolloutSession) async throws -> LockHolder? {
        do {
            if let holder = try await session.lock.holder(named: id) { return holder }
            // It has nothing of the cluster any more, but may have cordoned a node.
            await letNodesGo(session)
            guard let other = try await session.lock.holder() else {
                say(nobody)
                return nil
            }
            throw try another(other, session)
        } catch let fault as LockFault {
            throw Self.unknown(fault.why)
        }
    }

    /// What it had cordoned serves nobody any more.
    private func letNodesGo(_ session: RolloutSession) async {
        guard let nodes = session.nodes else { return }
        do throws(NodeFault) {
            for name in try await nodes.readmitAll(of: id) {
                say("Node '\(name)', which it had cordoned, is uncordoned.")
            }
        } catch {
            say("Nodes that it cordoned stay so: \(error.why). See: kubectl get nodes")
        }
    }

    private func tell(_ missing: [RolloutLock.Missing]) throws {
        guard missing.isEmpty else {
            let lines = missing.map { "  - \($0)" }
            throw CommandFailure(
                .held,
                (["rollout \(id) does not hold the cluster any more, but these hosts still:"] + lines
                    + ["Run the same command again when they answer."]).joined(separator: "\n"))
        }
        say("Rollout \(id) does not hold the cluster any more. What it sends from now on is refused.")
    }

    private var nobody: String {
        "Rollout \(id) does not hold this cluster; as far as can be seen nobody does."
    }

    /// - Throws: where that one is being driven here: then its turnstile is not dead either.
    private func another(_ holder: LockHolder, _ session: RolloutSession) throws -> CommandFailure {
        do {
            try session.configuration.requireNotDriven(holder.rollout)
        } catch is JournalError {
            // Unlocking that one says so.
        }
        let lines =
            ["rollout \(id) does not hold this cluster; nothing was changed. It is held by:"]
            + HolderText.lines(holder).map { "  \($0)" }
            + ["Only if its turnstile is dead for good: 'turnstile unlock \(holder.rollout)'"]
        return CommandFailure(.held, lines.joined(separator: "\n"))
    }

    private static func unknown(_ why: String) -> CommandFailure {
        CommandFailure(.held, "who holds the cluster could not be told or changed: \(why)")
    }
}
