import AgentProtocol
import RolloutJournal
import RolloutModel

/// A rollout takes the cluster lock before it records or touches anything, and keeps the lock until it has ended, also
/// while it is held.
extension UseCases {
    /// Begins a rollout: takes the cluster lock, and creates the journal.
    func begin(_ plan: Plan, in cluster: ClusterPorts) async throws -> (Journal, token: Token) {
        let token = try await take(cluster, for: plan.rollout, above: 0)
        do {
            let journal = try await ports.journals.begin(
                plan, with: settings.mark, timestamp: ports.timeOfDay)
            try await journal.append(.attached(token: token, by: ports.operatorName))
            return (journal, token)
        } catch {
            // The rollout has not begun. A claim that cannot be released now is named when another rollout wants the
            // host.
            tell(.lettingGo(plan.rollout))
            _ = await cluster.lock.release(plan.rollout, token: token)
            throw error
        }
    }

    /// Takes up a rollout that was held or cut off.
    func take(up journal: Journal, in cluster: ClusterPorts) async throws -> Drive {
        let reports = try await roll(of: cluster, isUpgrade: true).reports
        try await requireNoneWoke(reports)
        let platform = try await platform(of: journal.record.machine, in: cluster)
        let watch = watch(journal.record.machine.remaining, in: cluster)
        let token = try await attach(to: journal, reports, in: cluster)
        return Drive(journal: journal, watch: watch, token: token, cluster: cluster, platform: platform)
    }

    /// - Parameter reports: the reports of the cluster's hosts, taken just now.
    /// - Returns: a token above all that the cluster, these hosts, or this journal have seen. The token is journalled.
    /// - Throws: `CommandRefusal` also where somebody saw a later or another journal.
    func attach(
        to journal: Journal, _ reports: [HostID: Observation<HostReport>], in cluster: ClusterPorts
    ) async throws -> Token {
        try await requireNewest(journal, reports, in: cluster)
        let record = journal.record
        tell(.settings(from: record.configuration, over: record.lastConfiguration, to: settings.mark))
        let token = try await take(
            cluster, for: record.machine.plan.rollout, above: record.token, journal: journal.end)
        try await journal.append(.attached(token: token, by: ports.operatorName, with: settings.mark))
        await ports.journals.takeUps.remove(record.machine.plan.rollout)
        return token
    }

    /// Requires that no host and no store saw a later entry of the journal than its last one, or another entry.
    private func requireNewest(
        _ journal: Journal, _ reports: [HostID: Observation<HostReport>], in cluster: ClusterPorts
    ) async throws {
        tell(.asking(.journalEnds))
        let proof = try await JournalProof(journal, seen: await cluster.lock.sightings(in: reports))
        guard proof.doubts.isEmpty else {
            throw CommandRefusal.journalDoubted(
                journal.record.machine.plan.rollout, journal: journal.name, doubts: proof.doubts)
        }
    }

    /// Requires, before hosts are rebooted, that no host answers that was declared lost. Such a host may be out, and
    /// would be the second one.
    ///
    /// - Throws: `CommandRefusal.held`, which names the hosts that answer.
    func requireLostAreGone(in journal: Journal, _ cluster: ClusterPorts) async throws {
        let lost = journal.record.machine.lost.keys.sorted()
        guard !lost.isEmpty else { return }
        tell(.asking(.lostHosts(lost.count)))
        try await requireNoneWoke(cluster.access.reports(of: lost))
    }

    /// - Throws: `CommandRefusal.held`, which names the hosts that answer although they were declared lost.
    func requireNoneWoke(_ reports: [HostID: Observation<HostReport>]) async throws {
        let woken = try await woken(reports)
        guard woken.isEmpty else { throw CommandRefusal.held(woken.map(\.reason)) }
    }

    /// The hosts that answer although a rollout here declared them lost, and whose agents have that rollout still.
    func woken(_ reports: [HostID: Observation<HostReport>]) async throws -> [WokenHost] {
        try await DeclaredLost(in: ports.journals).woken(reports)
    }

    /// Releases the cluster lock, and reports the parts that could not be released.
    func letGo(_ journal: Journal, token: Token, in cluster: ClusterPorts) async throws {
        let rollout = journal.record.machine.plan.rollout
        tell(.lettingGo(rollout))
        let left = await cluster.lock.release(rollout, token: token, journal: journal.end)
        guard left.isEmpty else { return tell(.heldStill(rollout, left)) }
        try await journal.append(.letGo(token: token))
    }

    /// Releases the cluster lock for a rollout whose turnstile died between its end and the release.
    func letGoOfEnded(_ journal: Journal, in cluster: ClusterPorts) async throws {
        let rollout = journal.record.machine.plan.rollout
        tell(.asking(.holder))
        do {
            if let holder = try await cluster.lock.holder(named: rollout) {
                try await letGo(journal, token: holder.token, in: cluster)
            } else if !journal.record.machine.tenure.isReleased {
                // Another turnstile has freed the cluster.
                try await journal.append(.letGo(token: journal.record.token))
            }
        } catch let fault as LockFault {
            throw CommandRefusal.held([.lock(.lockUnknown(why: fault.why))])
        }
    }

    private func take(
        _ cluster: ClusterPorts, for rollout: RolloutID, above token: Token, journal: JournalEnd? = nil
    ) async throws -> Token {
        let claimant = LockHolder(
            rollout: rollout, token: 0, operatorName: ports.operatorName, since: ports.timeOfDay())
        tell(.taking(rollout))
        switch await cluster.lock.take(for: claimant, above: token, journal: journal) {
        case .held(let holder):
            try await journals.requireReadable(holder.rollout)
            throw CommandRefusal.held([.lock(.lockHeld(by: holder))])
        case .failed(let why):
            throw CommandRefusal.held([.lock(.lockUnknown(why: why))])
        case .taken(let token, let missing):
            tell(.taken(rollout, missing: missing))
            return token
        }
    }
}
