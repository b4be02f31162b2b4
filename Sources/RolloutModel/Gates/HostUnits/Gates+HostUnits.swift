/// A host that comes back with units that fail is not whole, whatever fleet and etcd say of it.
extension Gates {
    /// The reasons for units that fail now and did not fail when the plan was made, and for services of the host that
    /// ran then and do not run. A host that is back must be free of failures for a while: units are still being
    /// started, and some fail, are started anew, and fail.
    ///
    /// - Parameter history: as `verdict` judges by it.
    func hostUnitReasons(
        _ checkpoint: Checkpoint, of host: HostID, history: [Inventory], _ settings: GateSettings.Units
    ) -> [HoldReason] {
        guard let latest = history.last else { return [] }
        switch checkpoint {
        case .beforeStage, .beforeReboot:
            return plan.hosts.flatMap { failures($0, in: latest, settings) }
        case .afterCommit:
            return plan.hosts.flatMap { planned in
                failures(planned, in: latest, settings)
                    + (planned.id == host ? stops(planned, in: latest, settings) : [])
            }
        case .beforeCommit:
            guard let planned = plan.hosts.first(where: { $0.id == host }) else { return [] }
            let reasons = troubles(planned, in: latest, settings)
            guard reasons.isEmpty else { return reasons }
            return unsettled(planned, history, settings)
        // A host in trouble goes back whatever else it has.
        case .beforeRollback, .afterRollback: return []
        }
    }

    /// The agent leaves nothing failed behind (facts 0.34), and while it works that is its own matter; each login has a unit of
    /// its own name where sshd is started by its socket, and one that was cut off stays failed.
    private static let passedOver = ["update-engine.service", "turnstile-agent.service", "sshd@*"].map {
        UnitPattern($0)
    }

    /// systemd's own services come and go with its version; those that a login starts go with it.
    static let passedOverStopped = ["systemd-*", "user@*"].map { UnitPattern($0) }

    /// All that keeps a host that is back from being well.
    private func troubles(
        _ planned: PlannedHost, in inventory: Inventory, _ settings: GateSettings.Units
    ) -> [HoldReason] {
        failures(planned, in: inventory, settings) + stops(planned, in: inventory, settings)
            + starts(planned, in: inventory, settings)
    }

    private func failures(
        _ planned: PlannedHost, in inventory: Inventory, _ settings: GateSettings.Units
    ) -> [HoldReason] {
        // Another gate reports hosts that cannot be read at all.
        guard let facts = inventory.hosts[planned.id]?.value else { return [] }
        guard let units = facts.units else {
            let why =
                facts.untold[.units]
                    ?? """
                    its agent is an older one, which does not tell: 'turnstile install' brings a newer one, except in the middle of \
                    a host's turn
                    """
            return [.host(.untold(host: planned.id, .units, why: why))]
        }
        let failed = new(units.failed, since: planned.units?.failed, settings)
        return failed.isEmpty
            ? []
            : [
                .hostUnits(
                    .unitsFailed(
                        host: planned.id, units: failed,
                        on: facts.version == planned.version ? nil : facts.version))
            ]
    }

    /// The services that ran when the plan was made and do not run now; empty if the plan does not tell what ran, as an
    /// older agent did not.
    private func stops(
        _ planned: PlannedHost, in inventory: Inventory, _ settings: GateSettings.Units
    ) -> [HoldReason] {
        guard let before = planned.units?.running, let facts = inventory.hosts[planned.id]?.value,
            let units = facts.units
        else { return [] }
        guard let running = units.running else {
            let why = "its agent does not tell which services run, and told it before the rollout"
            return [.host(.untold(host: planned.id, .units, why: why))]
        }
        let stopped = new(before, since: running + units.failed + units.starting, settings).filter { unit in
            !Self.passedOverStopped.contains { $0.matches(unit) }
        }
        return stopped.isEmpty
            ? []
            : [
                .hostUnits(
                    .unitsStopped(
                        host: planned.id, units: stopped,
                        on: facts.version == planned.version ? nil : facts.version))
            ]
    }

    private func starts(
        _ planned: PlannedHost, in inventory: Inventory, _ settings: GateSettings.Units
    ) -> [HoldReason] {
        guard let units = inventory.hosts[planned.id]?.value?.units else { return [] }
        let starting = new(units.starting, since: planned.units?.starting, settings)
        return starting.isEmpty ? [] : [.hostUnits(.unitsStarting(host: planned.id, units: starting))]
    }

    private func unsettled(
        _ planned: PlannedHost, _ history: [Inventory], _ settings: GateSettings.Units
    ) -> [HoldReason] {
        guard let latest = history.last else { return [] }
        let well = history.reversed().prefix { inventory in
            inventory.hosts[planned.id]?.value?.units != nil
                && troubles(planned, in: inventory, settings).isEmpty
        }
        let seen = latest.takenAt - (well.last ?? latest).takenAt
        guard seen < settings.steady else { return [] }
        return [
            .hostUnits(
                .unitsUnsteady(host: planned.id, seen: seen, needed: settings.steady))
        ]
    }

    /// - Parameter before: nil where it was not told: then any may be new.
    func new(
        _ units: [String], since before: [String]?, _ settings: GateSettings.Units
    ) -> [String] {
        let before = Set(before ?? [])
        let patterns = Self.passedOver + settings.ignored
        return units.filter { unit in
            !before.contains(unit) && !patterns.contains { $0.matches(unit) }
        }
    }
}
