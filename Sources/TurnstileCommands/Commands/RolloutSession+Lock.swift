import AgentProtocol
import Coordinator
import Driving
import Foundation
import RolloutJournal
import RolloutModel

/// The cluster is taken before anything of a rollout is recorded or touched, and kept until it has ended: a rollout that
/// is held keeps it.
extension RolloutSession {
    /// Begins a rollout: from here on it has the cluster, and a journal.
    func begin(_ plan: Plan) async throws -> (Journal, token: Token) {
        let token = try await take(for: plan.rollout, above: 0)
        do {
            let directory = JournalDirectory(path: configuration.journal)
            try directory.prepare()
            let journal = try Journal(
                beginning: plan, configuration: try configuration.digest,
                settings: try configuration.settings, path: directory.journalPath(of: plan.rollout))
            try journal.append(.attached(token: token, by: Self.operatorName))
            return (journal, token)
        } catch {
            // Nothing was begun: what cannot be let go now is named when somebody wants it.
            _ = await lock.release(plan.rollout, token: token)
            throw error
        }
    }

    /// Takes up a rollout that was held or cut off.
    func take(up journal: Journal) async throws -> (GateWatch, token: Token) {
        let reports = try await agentReports()
        return (watch(journal.record.machine.remaining), try await attach(to: journal, reports))
    }

    /// - Parameter reports: of these hosts, as they gave them just now.
    /// - Returns: a token above all that the cluster, these hosts, or this journal have seen; journalled.
    /// - Throws: `CommandFailure` also where somebody saw a later or another journal.
    func attach(to journal: Journal, _ reports: [HostID: Observation<HostReport>]) async throws -> Token {
        try await requireNewest(journal, reports)
        let record = journal.record
        let mark = try configuration.mark
        let difference = SettingsDifference(
            from: record.configuration, over: record.lastConfiguration, to: mark)
        if let sentence = difference.sentence { say(sentence) }
        let token = try await take(
            for: record.machine.plan.rollout, above: record.token, journal: journal.end)
        try journal.append(.attached(token: token, by: Self.operatorName, with: mark))
        return token
    }

    /// Before hosts are rebooted: no host answers that was declared lost. It may be out, and would be a second one.
    ///
    /// - Throws: `CommandFailure` that names those that do.
    func requireLostAreGone(in journal: Journal) async throws {
        let lost = journal.record.machine.lost.keys.sorted()
        guard !lost.isEmpty else { return }
        let awake = try DeclaredLost(choice).reasons(await access.reports(of: lost))
        guard awake.isEmpty else { throw CommandFailure.held(awake) }
    }

    /// Lets the cluster go, and says what could not be.
    func letGo(_ journal: Journal, token: Token) async throws {
        let rollout = journal.record.machine.plan.rollout
        let left = await lock.release(rollout, token: token, journal: journal.end)
        guard !left.isEmpty else { return _ = try journal.append(.letGo(token: token)) }
        say("Rollout \(rollout) has ended, and these are held by it still:")
        left.forEach { say("  - \($0)") }
        say("To free them: \(resumeCommand(rollout))")
    }

    /// For a rollout whose turnstile died between its end and this.
    func letGoOfEnded(_ journal: Journal) async throws {
        let rollout = journal.record.machine.plan.rollout
        do {
            if let holder = try await lock.holder(named: rollout) {
                try await letGo(journal, token: holder.token)
            } else if !journal.record.isLetGo {
                // Somebody else freed it.
                try journal.append(.letGo(token: journal.record.token))
            }
        } catch let fault as LockFault {
            throw CommandFailure.held([.lock(.lockUnknown(why: fault.why))])
        }
    }

    private func take(
        for rollout: RolloutID, above token: Token, journal: JournalEnd? = nil
    ) async throws -> Token {
        let claimant = LockHolder(
            rollout: rollout, token: 0, operatorName: Self.operatorName, since: Date.now.formatted(.iso8601))
        switch await lock.take(for: claimant, above: token, journal: journal) {
        case .held(let holder):
            try choice.requireReadable(holder.rollout)
            throw CommandFailure.held([.lock(.lockHeld(by: holder))])
        case .failed(let why):
            throw CommandFailure.held([.lock(.lockUnknown(why: why))])
        case .taken(let token, let missing):
            if !missing.isEmpty {
                say("These hosts could not be told that rollout \(rollout) has this cluster:")
                missing.forEach { say("  - \($0)") }
                say("The gates stay shut until each host can be read.")
            }
            return token
        }
    }
}
