import RolloutModel

/// A plan as an operator reads it before saying yes.
enum PlanText {
    /// - Parameters:
    ///   - seen: with it, as it was found when the plan was made.
    ///   - remindsOfBackup: nothing here makes one.
    static func lines(
        _ plan: Plan, seen: PlanSeen = .nothing, semaphores: [RebootSemaphore] = [],
        remindsOfBackup: Bool = false, on terminal: Terminal
    ) -> [String] {
        let heading = Columns.Cell(
            "Rollout \(plan.rollout): one host at a time, in this order\(why(plan.order))")
        let others = below(plan, seen, semaphores, remindsOfBackup: remindsOfBackup)
        return [heading.text, ""] + hosts(plan, seen).lines(on: terminal) + [""]
            + others.map { Columns.Cell($0).text }
            + PlanSeenText.lines(plan, seen, on: terminal)
    }

    private static func hosts(_ plan: Plan, _ seen: PlanSeen) -> Columns {
        var table = Columns(header: ["#", "HOST", "NOW", "THEN", "MACHINE", "WHY HERE"])
        table.dispensable = ["MACHINE"]
        for (index, host) in plan.hosts.enumerated() {
            table.rows.append([
                .init("\(index + 1)"), .init(host.id.rawValue), .init(host.version.rawValue),
                then(plan, host), .init(String(host.machine.rawValue.prefix(8))),
                .init(PlanSeenText.place(of: host, in: plan, seen)),
            ])
        }
        return table
    }

    private static func below(
        _ plan: Plan, _ seen: PlanSeen, _ semaphores: [RebootSemaphore], remindsOfBackup: Bool
    ) -> [String] {
        [settings(plan)] + commit(plan)
            + plan.overrides.map { "Passed over: \($0)" }
            + units(plan)
            + (semaphores.isEmpty ? [] : [locksmith(semaphores, plan.rollout)])
            + nodes(plan)
            + (remindsOfBackup ? [backup] : [])
            + (seen.etcd.map {
                EtcdOutlookText.lines(
                    $0, target: plan.target.pinned, hasDeadMan: plan.deadManMinutes != nil)
            } ?? [])
    }

    /// The commit that takes longer, with what another one saves.
    private static func commit(_ plan: Plan) -> [String] {
        let hosts = plan.hostsInTurn.filter { $0.version != plan.target.pinned }.count
        guard plan.commit == .engine, plan.purpose == .upgrade, hosts > 0 else { return [] }
        return [
            "Each host waits \(engineCommitTime.words) for update-engine to mark its boot good; '--commit direct' saves that, "
                + "\((engineCommitTime * hosts).words) here."
        ]
    }

    /// From its start to the boot flags (facts 0.28).
    private static let engineCommitTime = Duration.seconds(45)

    private static let backup =
        "No backup hook is set (before-rollout). Back up etcd and the platform's data before you go on."

    private static func units(_ plan: Plan) -> [String] {
        let fleet = plan.units.flatMap { units in
            units.launched.isEmpty
                ? nil
                : waited("fleet runs \(units.active.count) units", units)
                    + (units.partial.isEmpty
                        ? []
                        : [
                            "Not on all their machines, and waited for as they are: \(Names.text(units.partial))"
                        ])
        }
        let failed = plan.hosts.flatMap { host in
            (host.units?.failed ?? []).map { "\($0) on \(host.id)" }
        }
        let failing = failed.isEmpty ? [] : ["Failed already, and not waited for: \(Names.text(failed))"]
        let deis = plan.deis.map { waited("Deis runs \($0.running.count) components", $0) }
        return (fleet ?? []) + (deis ?? []) + failing
    }

    private static func waited(_ what: String, _ units: some RunningUnits) -> [String] {
        let broken = units.broken
        return ["\(what), which are waited for after each host."]
            + (broken.isEmpty
                ? [] : ["Not running already, and not waited for: \(broken.joined(separator: ", "))"])
    }

    private static func locksmith(_ semaphores: [RebootSemaphore], _ rollout: RolloutID) -> String {
        let groups = semaphores.compactMap(\.groupName)
        let slots = semaphores.reduce(0) { $0.adding(clamping: max(0, $1.available)) }
        return
            "locksmith: no other host reboots itself meanwhile; \(slots) \(slots == 1 ? "slot" : "slots") taken as \(rollout)"
            + (groups.isEmpty
                ? ""
                : ", also of \(groups.count == 1 ? "group" : "groups") \(groups.joined(separator: ", "))")
    }

    private static func nodes(_ plan: Plan) -> [String] {
        guard let nodes = plan.nodes else { return [] }
        let others = nodes.filter { $0.name != $0.host.rawValue }.map { "\($0.host) is \($0.name)" }
        let cordoned = nodes.filter(\.isCordoned).map(\.name)
        return [
            "Kubernetes: each host's node is cordoned and drained before its reboot, and uncordoned when it is committed."
        ]
            + (others.isEmpty ? [] : ["Nodes: \(others.joined(separator: ", "))"])
            + (cordoned.isEmpty
                ? [] : ["Cordoned already, and left so: \(cordoned.joined(separator: ", "))"])
    }

    /// A way back drains nothing, as it is for a host in trouble; who has the time does it by hand.
    static func undrained(_ host: HostID) -> String {
        """
        Kubernetes: the node of '\(host)' is not drained for a way back, and its pods end with the reboot, whatever their \
        budgets say. To move them first, say no here, 'kubectl drain' it, and 'kubectl uncordon' it afterwards.
        """
    }

    private static func why(_ order: HostOrder) -> String {
        switch order {
        case .given: ", as they are listed"
        case .leaderLast: ": etcd's leader last, as it is now"
        case .metadata(let key): ": by fleet's metadata '\(key)'"
        }
    }

    private static func then(_ plan: Plan, _ host: PlannedHost) -> Columns.Cell {
        guard !plan.isBystander(host.id) else { return .init("stays as it is", .dim) }
        return switch plan.target {
        case .pinned(let version):
            host.version == version ? .init("\(version), already", .dim) : .init(version.rawValue)
        case .firstOffer: .init("what the first host is offered", .yellow)
        }
    }

    private static func settings(_ plan: Plan) -> String {
        let parts = [
            plan.group.map { "GROUP=\($0)" } ?? "GROUP as it is",
            plan.server.map { "SERVER=\($0)" },
            plan.engineRest == .masked ? "update-engine left masked" : "update-engine left as found",
            plan.commit == .direct ? "committed directly" : nil,
            plan.deadManMinutes.map { "goes back by itself after \($0) min uncommitted" },
            plan.onFailure == .rollback ? "rolled back on failure" : nil,
            plan.retryReverted ? "reverted hosts are tried again" : nil,
            plan.movesLeader ? "etcd's leadership handed on before a reboot" : nil,
            plan.stopAfter.map { "stop after \($0)" },
        ]
        return parts.compactMap(\.self).joined(separator: " · ")
    }
}
