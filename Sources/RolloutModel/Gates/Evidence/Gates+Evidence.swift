/// The grounds of gates, in words.
extension Gates {
    /// The evidence of a judgement about one host.
    ///
    /// - Parameters:
    ///   - history: the inventories that were judged, in the order they were taken.
    ///   - now: the moment of the judgement, on the clock of the inventories.
    public func evidence(about host: HostID, history: [Inventory], now: Moment) -> GateEvidence {
        guard let first = history.first, let last = history.last else {
            return GateEvidence(looks: 0, span: .zero, age: .zero, statements: [])
        }
        return GateEvidence(
            looks: history.count, span: now - first.takenAt, age: now - last.takenAt,
            statements: statements(about: host, in: last))
    }

    /// The answers of one look, gate by gate. Gates that were told nothing have none: their holds say why.
    ///
    /// - Parameter host: the host concerned, of which more is told; nil for none.
    public func statements(about host: HostID?, in inventory: Inventory) -> [GateEvidence.Statement] {
        var statements = hostStatements(about: host, in: inventory)
        if settings.etcd != nil { statements += etcdStatements(in: inventory) }
        if settings.fleet != nil { statements += fleetStatements(in: inventory) }
        statements += runningStatements(in: inventory) + hostUnitStatements(about: host, in: inventory)
        if settings.asksForNodes { statements += nodeStatements(in: inventory) }
        if settings.consul != nil { statements += consulStatements(in: inventory) }
        statements += fitnessStatements(about: host, in: inventory)
        if let windows = settings.windows { statements += windowStatements(windows, in: inventory) }
        return statements + lockStatements(in: inventory)
    }

    // MARK: Hosts

    private func hostStatements(about host: HostID?, in inventory: Inventory) -> [GateEvidence.Statement] {
        var statements: [GateEvidence.Statement] = []
        if let host, let facts = inventory.hosts[host]?.value {
            statements.append(.init(gate: "host", by: [host.rawValue], says: Self.words(facts)))
        }
        let rest = plan.hosts.map(\.id).filter { $0 != host && inventory.hosts[$0]?.value != nil }
        let byVersion = Dictionary(grouping: rest) { inventory.hosts[$0]?.value?.version ?? Version("") }
        for (version, hosts) in byVersion.sorted(by: { $0.key.rawValue < $1.key.rawValue })
            .prefix(Self.groupsMax)
        {
            let good = hosts.count { inventory.hosts[$0]?.value?.committed == true }
            statements.append(
                .init(
                    gate: "host", by: hosts.map(\.rawValue),
                    says: "run \(version), \(good) of \(hosts.count) on a partition marked good"))
        }
        return statements
    }

    private static func words(_ facts: HostFacts) -> String {
        let partitions =
            facts.partitionAttributes.map {
                ", \($0.booted) runs, \($0.other) is the other"
            } ?? ""
        return "runs \(facts.version) in boot \(facts.boot.rawValue.prefix(8))\(partitions)"
    }

    /// Versions or views beyond these are left out.
    private static let groupsMax = 4

    // MARK: The cluster

    private func etcdStatements(in inventory: Inventory) -> [GateEvidence.Statement] {
        inventory.etcdViews.prefix(Self.groupsMax).map { witness, view in
            let voters = view.members.filter { !$0.isLearner }
            let healthy = voters.filter { $0.health == .healthy }
            let versions = Dictionary(grouping: healthy) { $0.version ?? "no known version" }
            let members = versions.sorted { $0.key < $1.key }.prefix(Self.groupsMax).map { version, members in
                "\(version) on \(Self.names(members))"
            }
            let unwell = Self.names(voters.filter { $0.health != .healthy })
            let rest = unwell.isEmpty ? [] : ["not known to be well: \(unwell)"]
            let cluster = view.clusterVersion.map { ["the cluster's version is \($0)"] } ?? []
            return .init(
                gate: "etcd", by: [witness.rawValue],
                says: "\(healthy.count) of \(voters.count) members healthy: "
                    + (members + rest + cluster).joined(separator: "; "))
        }
    }

    private static func names(_ members: [EtcdView.Member]) -> String {
        Names.text(members.map { $0.host?.rawValue ?? $0.name }.sorted())
    }

    private func fleetStatements(in inventory: Inventory) -> [GateEvidence.Statement] {
        let seen = inventory.membership.compactMapValues(\.value)
        let byCount = Dictionary(grouping: seen.keys.sorted()) { seen[$0]?.count ?? 0 }
        var statements = byCount.sorted { $0.key > $1.key }.prefix(Self.groupsMax).map { count, witnesses in
            GateEvidence.Statement(
                gate: "fleet", by: witnesses.map(\.rawValue), says: "lists \(count) machines")
        }
        if let entries = inventory.registry?.value {
            let least = entries.values.compactMap(\.timeLeft).min()
            let left = least.map { ", the first lapses in \($0.wholeSeconds) s" } ?? ""
            statements.append(
                .init(gate: "fleet", by: ["its registry"], says: "\(entries.count) entries\(left)"))
        }
        return statements
    }

    private func nodeStatements(in inventory: Inventory) -> [GateEvidence.Statement] {
        guard let nodes = inventory.nodes?.value else { return [] }
        let ready = nodes.count { $0.unready == nil }
        let cordoned = nodes.filter(\.isCordoned).map(\.name).sorted()
        let words = cordoned.isEmpty ? "" : "; cordoned: \(Names.text(cordoned))"
        return [
            .init(
                gate: "kubernetes", by: ["its API"], says: "\(ready) of \(nodes.count) nodes ready\(words)")
        ]
    }

    private func consulStatements(in inventory: Inventory) -> [GateEvidence.Statement] {
        let views = inventory.consul.sorted { $0.key < $1.key }.compactMap { host, sight in
            if case .seen(.agent(let view)) = sight { (host, view) } else { nil }
        }
        let byWords = Dictionary(grouping: views) { _, view in
            "\(view.servers.count) servers, \(view.members.count) agents, "
                + (view.hasLeader ? "a leader" : "no leader")
        }
        return byWords.sorted { $0.key < $1.key }.prefix(Self.groupsMax).map { words, views in
            .init(gate: "consul", by: views.map(\.0.rawValue), says: words)
        }
    }

    private func windowStatements(
        _ windows: GateSettings.Windows, in inventory: Inventory
    ) -> [GateEvidence.Statement] {
        guard let now = inventory.localTime else { return [] }
        let left = windows.open.compactMap { $0.minutesLeft(at: now) }.max()
        let words = left.map { "open for \(Duration.minutes($0).words) more" } ?? "shut"
        return [.init(gate: "window", by: ["the clock here"], says: "\(now): \(words)")]
    }

    private func lockStatements(in inventory: Inventory) -> [GateEvidence.Statement] {
        var statements: [GateEvidence.Statement] = []
        // A rollout that has the cluster says so in its journal once.
        if case .seen(let holder)? = inventory.lock, holder?.rollout != plan.rollout {
            let words = holder.map { "rollout \($0.rollout) has the cluster" } ?? "nobody has the cluster"
            statements.append(.init(gate: "lock", by: ["etcd and the agents"], says: words))
        }
        if case .seen(let semaphores)? = inventory.semaphores, !semaphores.isEmpty {
            let held = semaphores.flatMap(\.holders)
            statements.append(
                .init(
                    gate: "locksmith", by: ["etcd"],
                    says: held.isEmpty ? "no slot is taken" : "slots of \(Names.text(held))"))
        }
        return statements
    }
}
