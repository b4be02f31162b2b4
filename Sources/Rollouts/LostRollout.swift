import AgentProtocol
import RolloutModel

/// A rollout whose journal is lost, as the agents of its hosts report it.
public struct LostRollout: Hashable, Sendable {
    public var rollout: RolloutID
    /// The holder of the cluster lock, as hosts name it; nil where the rollout was unlocked.
    public var holder: LockHolder?
    /// The version that hosts of the rollout were brought to; nil where no host was.
    public var target: Version?
    public var found: RolloutMachine.Found

    /// Works out the progress of the rollout. A pure function of the reports.
    ///
    /// - Parameter hosts: all hosts of the rollout, in the order of their upgrade.
    /// - Returns: nil where no host knows of a rollout.
    /// - Throws: `CannotPlan` where the progress cannot be told, or no plan can go on from it.
    public static func found(
        on hosts: [HostID], in reports: [HostID: Observation<HostReport>],
        troubles: [HostID: HostTrouble] = [:]
    ) throws(PlanDraft.CannotPlan) -> LostRollout? {
        var unread: [HoldReason] = []
        var seen: [(host: HostID, report: HostReport)] = []
        for host in hosts {
            switch reports[host] ?? .unknown("not asked") {
            // An unreadable host may be the one that is out.
            case .unknown(let why):
                unread.append(.host(.hostUnreadable(host: host, why: why, trouble: troubles[host])))
            case .seen(let report): seen.append((host, report))
            }
        }
        guard unread.isEmpty else { throw PlanDraft.CannotPlan(reasons: unread) }
        guard let rollout = try rollout(of: seen) else { return nil }
        let traces = seen.map { Trace(host: $0.host, report: $0.report, of: rollout) }
        let faults = traces.compactMap(\.fault)
        guard faults.isEmpty else { throw PlanDraft.CannotPlan(reasons: faults) }
        return LostRollout(
            rollout: rollout, holder: seen.lazy.compactMap(\.report.agent.claim).first.map { LockHolder($0) },
            target: try target(of: traces, in: rollout), found: try found(traces, in: rollout))
    }

    /// The rollout that claims the hosts; after an unlock, the rollout that the hosts are in the middle of.
    private static func rollout(
        of seen: [(host: HostID, report: HostReport)]
    ) throws(PlanDraft.CannotPlan) -> RolloutID? {
        let engaged = seen.filter { $0.report.isEngaged }.compactMap { one in
            one.report.agent.authority.map { (one.host, RolloutID($0.rollout)) }
        }
        let claims = seen.compactMap { one in
            one.report.agent.claim.map { (one.host, RolloutID($0.rollout)) }
        }
        let named = claims + engaged
        guard let first = named.first else { return nil }
        let others = named.filter { $0.1 != first.1 }
        guard others.isEmpty else {
            throw PlanDraft.CannotPlan(
                reasons: [first, others[0]].map { .host(.claimedByAnother(host: $0.0, rollout: $0.1)) })
        }
        return first.1
    }

    /// The version that upgrades were begun or ended with. All hosts must agree on it.
    private static func target(
        of traces: [Trace], in rollout: RolloutID
    ) throws(PlanDraft.CannotPlan) -> Version? {
        let versions = traces.compactMap { trace in trace.version.map { (trace.host, $0) } }
        guard let first = versions.first else { return nil }
        if let other = versions.first(where: { $0.1 != first.1 }) {
            throw PlanDraft.CannotPlan(reasons: [
                .plan(
                    .notTakenUp(
                        host: other.0, why: "it was brought to \(other.1), and '\(first.0)' to \(first.1)",
                        rollout: rollout))
            ])
        }
        return first.1
    }

    private static func found(
        _ traces: [Trace], in rollout: RolloutID
    ) throws(PlanDraft.CannotPlan) -> RolloutMachine.Found {
        let out = traces.filter(\.isOut)
        guard out.count <= 1 else {
            throw PlanDraft.CannotPlan(
                reasons: out.map {
                    .plan(
                        .notTakenUp(
                            host: $0.host, why: "it is not the only host that is out", rollout: rollout))
                })
        }
        // The host that is out comes first. Updates armed on other hosts are found when their turn comes.
        let atWork = out.first?.atWork ?? traces.compactMap(\.atWork).first
        return RolloutMachine.Found(
            upgraded: traces.filter(\.isUpgraded).map(\.host), atWork: atWork,
            wentBack: traces.filter(\.wentBack).map(\.host))
    }
}

/// The traces of a rollout on one host.
private struct Trace {
    var host: HostID
    /// The version that the host was brought to.
    var version: Version?
    var isUpgraded = false
    var wentBack = false
    var atWork: RolloutMachine.Found.AtWork?
    var fault: HoldReason?

    /// True if the host runs its single try of the new system.
    var isOut: Bool {
        guard case .returned? = atWork else { return false }
        return true
    }

    init(host: HostID, report: HostReport, of rollout: RolloutID) {
        self.host = host
        guard report.agent.authority?.rollout == rollout.rawValue else { return }
        wentBack = report.agent.revertedFrom != nil && report.agent.phase == .idle
        let staged = report.agent.version.map { Version($0) }
        switch report.agent.phase {
        case .idle, .staging, .prefetched: break
        case .rollingBack:
            fault = .plan(
                .notTakenUp(
                    host: host, why: "it was on its way back: see where it is, and roll it back",
                    rollout: rollout))
        case .committed:
            isUpgraded = true
            version = report.version.map { Version($0) }
        case .staged, .rebooting, .committing:
            version = staged
            place(report, staged)
        }
    }

    /// Works out from the partitions how far the host is between staged and committed: the agent's phase says only what
    /// was begun.
    private mutating func place(_ report: HostReport, _ staged: Version?) {
        guard let table = report.partitions, let running = report.version else {
            fault = .host(.partitionsUnreadable(host: host, why: report.reason(for: Unreadable.partitions)))
            return
        }
        let boot = BootID(report.bootID)
        if !table.runsGoodPartition {
            atWork = .returned(
                host, .init(version: Version(running), boot: boot, partition: table.booted.label))
        } else if table.isArmed, let staged {
            atWork = .staged(host, .init(version: staged, boot: boot, partition: table.other.label))
        } else if report.agent.phase == .committing, staged == Version(running) {
            isUpgraded = true
        }
        // In the remaining cases the host went back by itself, or was never armed. The host's turn comes again, and the
        // gates and its agent decide then.
    }
}

extension HostReport {
    /// The reason why the agent could not read something; nil where it could.
    public func reason(for subject: String) -> String? {
        unreadable.first { $0.subject == subject }?.reason
    }

    /// True if a rollout began with the host, and has neither committed it nor taken it back.
    var isEngaged: Bool {
        switch agent.phase {
        case .idle, .prefetched, .committed: agent.goal?.isOpen == true
        case .staging, .staged, .rebooting, .committing, .rollingBack: true
        }
    }
}
