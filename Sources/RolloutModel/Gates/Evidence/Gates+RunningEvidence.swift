/// The grounds of gates that compare the cluster with the time before the rollout.
extension Gates {
    /// fleet's units and Deis' components, by each witness that told of them.
    func runningStatements(in inventory: Inventory) -> [GateEvidence.Statement] {
        var statements: [GateEvidence.Statement] = []
        if settings.fleet?.waitsForUnits == true, let before = plan.units {
            statements += Self.comparisons(
                before, before.active.count, inventory.units, gate: .units, what: "units of fleet")
        }
        if settings.waitsForDeis, let before = plan.deis {
            statements += Self.comparisons(
                before, before.running.count, inventory.deis, gate: .deis, what: "components of Deis")
        }
        return statements.filter { statement in
            !overridden.contains { $0.rawValue == statement.gate }
        }
    }

    private static func comparisons<Units: RunningUnits>(
        _ before: Units, _ count: Int, _ seen: [HostID: Observation<Units>], gate: OverridableGate,
        what: String
    ) -> [GateEvidence.Statement] {
        guard count > 0 else { return [] }
        return seen.sorted { $0.key < $1.key }.prefix(witnessesMax).compactMap { witness, answer in
            answer.value.map { now in
                let missing = now.missing(since: before)
                let words = missing.isEmpty ? "" : "; not as before: \(Names.text(missing))"
                return GateEvidence.Statement(
                    gate: gate.rawValue, by: [witness.rawValue],
                    says:
                        "\(max(0, count - missing.count)) of the \(count) \(what) run that ran before\(words)"
                )
            }
        }
    }

    /// systemd's units: of the host concerned those that run, of the others that none failed.
    func hostUnitStatements(about host: HostID?, in inventory: Inventory) -> [GateEvidence.Statement] {
        guard let settings = settings.units, let host, !overridden.contains(.unitsFailed) else { return [] }
        let told = plan.hosts.compactMap { planned in
            inventory.hosts[planned.id]?.value?.units.map { (planned, $0) }
        }
        let own = told.first { $0.0.id == host }.map { planned, units in
            GateEvidence.Statement(
                gate: OverridableGate.unitsFailed.rawValue, by: [host.rawValue],
                says: words(planned, units, settings))
        }
        let rest = told.filter { planned, units in
            planned.id != host && new(units.failed, since: planned.units?.failed, settings).isEmpty
        }
        let others = GateEvidence.Statement(
            gate: OverridableGate.unitsFailed.rawValue, by: rest.map(\.0.id.rawValue),
            says: "no unit has failed since the plan")
        return [own, rest.isEmpty ? nil : others].compactMap(\.self)
    }

    private func words(
        _ planned: PlannedHost, _ units: HostUnits, _ settings: GateSettings.Units
    ) -> String {
        let failed = new(units.failed, since: planned.units?.failed, settings)
        let failures =
            failed.isEmpty ? "no unit has failed since the plan" : "failed since: \(Names.text(failed))"
        guard let before = planned.units?.running, let running = units.running else { return failures }
        let asked = new(before, since: [], settings).filter { unit in
            !Self.passedOverStopped.contains { $0.matches(unit) }
        }
        let known = Set(running + units.failed + units.starting)
        return
            "\(failures); \(asked.count(where: known.contains)) of \(asked.count) services that ran then are there"
    }

    /// More witnesses are not asked in one look.
    private static let witnessesMax = 4
}
