/// The grounds of gates on the fitness of hosts: the room on their disks, their clocks, and their files.
extension Gates {
    /// - Parameter host: the host concerned, of which more is told; nil for none.
    func fitnessStatements(about host: HostID?, in inventory: Inventory) -> [GateEvidence.Statement] {
        let seen = plan.hosts.compactMap { planned in
            inventory.hosts[planned.id]?.value.map { (planned, $0) }
        }
        return (spaceStatements(about: host, seen) + clockStatements(seen) + driftStatements(seen)).filter {
            statement in !overridden.contains { $0.rawValue == statement.gate }
        }
    }

    /// The room on a host that is upgraded does not matter.
    private func spaceStatements(
        about host: HostID?, _ seen: [(PlannedHost, HostFacts)]
    ) -> [GateEvidence.Statement] {
        let gate = OverridableGate.space.rawValue
        let told = seen.filter { $0.1.version != target && !$0.1.space.isEmpty }
        let own = told.filter { $0.0.id == host }.map { planned, facts in
            let places = facts.space.map {
                "\($0.path) has \($0.freeBytes.asMebibytes) free and needs \($0.neededBytes.asMebibytes)"
            }
            return GateEvidence.Statement(
                gate: gate, by: [planned.id.rawValue], says: places.joined(separator: "; "))
        }
        let rest = told.filter { planned, facts in
            planned.id != host && facts.space.allSatisfy { $0.freeBytes >= $0.neededBytes }
        }
        guard !rest.isEmpty else { return own }
        return own + [
            .init(gate: gate, by: rest.map(\.0.id.rawValue), says: "have room for what staging writes")
        ]
    }

    private func clockStatements(_ seen: [(PlannedHost, HostFacts)]) -> [GateEvidence.Statement] {
        guard let clock = settings.clock else { return [] }
        let read = seen.compactMap { planned, facts in facts.clock.map { (planned.id, $0) } }
        guard let widest = ClockGate(settings: clock).widest(read.map(\.1)) else { return [] }
        return [
            .init(
                gate: OverridableGate.clock.rawValue, by: read.map(\.0.rawValue),
                says: """
                    at most about \(widest.asApart) off the clock in the middle of \(read.count); \(clock.skew.asApart) are \
                    allowed
                    """)
        ]
    }

    /// Hosts that were upgraded have the files of another image, and are not compared.
    private func driftStatements(_ seen: [(PlannedHost, HostFacts)]) -> [GateEvidence.Statement] {
        guard let drift = settings.drift, drift.compare != .none else { return [] }
        let known = seen.compactMap { planned, facts in
            planned.version == facts.version ? facts.settings.map { (id: planned.id, files: $0.files) } : nil
        }
        guard !known.isEmpty, SettingsComparison(hosts: known, rule: drift.compare).differing.isEmpty else {
            return []
        }
        let files = Set(known.flatMap(\.files.keys)).count
        return [
            .init(
                gate: OverridableGate.drift.rawValue, by: known.map(\.id.rawValue),
                says: "none is odd in user-data and drop-ins: \(files) files compared")
        ]
    }
}
