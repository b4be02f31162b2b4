import AgentProtocol
import RolloutModel

/// A rollout whose journal is lost, as the hosts' own agents tell it.
public struct LostRollout: Hashable, Sendable {
    public var rollout: RolloutID
    /// Who has the cluster for it, as hosts name them; nil where it was unlocked.
    public var holder: LockHolder?
    /// What its hosts were brought to; nil where none was.
    public var target: Version?
    public var found: RolloutMachine.Found

    /// Works out how far it had come. Pure: it asks nobody.
    ///
    /// - Parameter hosts: all of the rollout's, in the order they are upgraded.
    /// - Returns: nil where no host knows of a rollout.
    /// - Throws: `CannotPlan` where it cannot be told, or is not for a plan to go on with.
    public static func found(
        on hosts: [HostID], in reports: [HostID: Observation<HostReport>],
        troubles: [HostID: HostTrouble] = [:]
    ) throws(PlanDraft.CannotPlan) -> LostRollout? {
        var unread: [HoldReason] = []
        var seen: [(host: HostID, report: HostReport)] = []
        for host in hosts {
            switch reports[host] ?? .unknown("not asked") {
            // It may be the one that is out.
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
            target: try target(of: traces), found: try found(traces))
    }

    /// The one that has the hosts; where it was unlocked, the one they are in the middle of.
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

    /// What was begun or ended on any host, which must be one and the same.
    private static func target(of traces: [Trace]) throws(PlanDraft.CannotPlan) -> Version? {
        let versions = traces.compactMap { trace in trace.version.map { (trace.host, $0) } }
        guard let first = versions.first else { return nil }
        if let other = versions.first(where: { $0.1 != first.1 }) {
            throw PlanDraft.CannotPlan(reasons: [
                .plan(
                    .notTakenUp(
                        host: other.0, why: "it was brought to \(other.1), and '\(first.0)' to \(first.1)"))
            ])
        }
        return first.1
    }

    private static func found(_ traces: [Trace]) throws(PlanDraft.CannotPlan) -> RolloutMachine.Found {
        let out = traces.filter(\.isOut)
        guard out.count <= 1 else {
            throw PlanDraft.CannotPlan(
                reasons: out.map {
                    .plan(.notTakenUp(host: $0.host, why: "it is not the only host that is out"))
                })
        }
        // The one that is out comes first. What is armed on others is found when their turn comes.
        let atWork = out.first?.atWork ?? traces.compactMap(\.atWork).first
        return RolloutMachine.Found(
            upgraded: traces.filter(\.isUpgraded).map(\.host), atWork: atWork,
            wentBack: traces.filter(\.wentBack).map(\.host))
    }
}

/// What one host tells of a rollout.
private struct Trace {
    var host: HostID
    /// The version it was brought to.
    var version: Version?
    var isUpgraded = false
    var wentBack = false
    var atWork: RolloutMachine.Found.AtWork?
    var fault: HoldReason?

    /// On its single try.
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
        case .idle, .staging: break
        case .rollingBack:
            fault = .plan(
                .notTakenUp(host: host, why: "it was on its way back: see where it is, and roll it back"))
        case .committed:
            isUpgraded = true
            version = report.version.map { Version($0) }
        case .staged, .rebooting, .committing:
            version = staged
            place(report, staged)
        }
    }

    /// Where between staged and committed it is, by its partitions: its agent's phase says only what was begun.
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
        // Else it went back by itself, or was never armed: its turn comes again, and the gates and its agent say so.
    }
}

extension HostReport {
    /// Why its agent could not read something; nil where it could.
    public func reason(for subject: String) -> String? {
        unreadable.first { $0.subject == subject }?.reason
    }

    /// A rollout began with the host, and neither committed it nor put it back.
    var isEngaged: Bool {
        switch agent.phase {
        case .idle, .committed: agent.goal?.isOpen == true
        case .staging, .staged, .rebooting, .committing, .rollingBack: true
        }
    }
}
