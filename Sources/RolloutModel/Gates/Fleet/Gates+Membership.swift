extension Gates {
    /// All hosts listed by every witness, and each entry renewed by a living fleet meanwhile. That is proved as soon as
    /// every entry was seen to be written again; or, where that cannot be seen, by time: without a gap for longer than a
    /// dead machine stays listed.
    func membershipReasons(
        _ checkpoint: Checkpoint, of host: HostID, history: [Inventory], fleet: GateSettings.Fleet
    ) -> [HoldReason] {
        // Nobody but the host itself is missed when it goes back.
        let isBroken = checkpoint == .beforeRollback
        guard let latest = history.last else { return [] }
        let now = missing(of: host, in: latest, exceptItself: isBroken)
        guard now.isEmpty else { return now }
        let expected = plan.hosts.filter { !isBroken || $0.id != host }
        let ttl = listedFor(expected, history, fleet)
        var steady: Double = 0
        for inventory in history.reversed() {
            guard missing(of: host, in: inventory, exceptItself: isBroken).isEmpty else { break }
            steady = latest.takenAt - inventory.takenAt
            if isRenewed(expected.map(\.machine), from: inventory, to: latest) { return [] }
            // What went before proves nothing more.
            if let ttl = ttl.value, steady > ttl { return [] }
        }
        switch ttl {
        case .unknown(let why): return [.fleetTTLUnknown(why: why)]
        case .seen(let seconds):
            let differs = seconds > fleet.ttlSeconds
            return [.membershipUnsteady(seenSeconds: steady, neededSeconds: seconds)]
                + (differs ? [.fleetTTLDiffers(seconds: seconds, configured: fleet.ttlSeconds)] : [])
        }
    }

    /// How long a dead machine may stay listed: by its entry, as fleet's own configuration decides that and nobody else's.
    /// An entry tells what is left of its TTL; the most that was seen of any is what all are waited for.
    private func listedFor(
        _ expected: [PlannedHost], _ history: [Inventory], _ fleet: GateSettings.Fleet
    ) -> Observation<Double> {
        // A person's word for it.
        guard !overridden.contains(.fleetTTL) else { return .seen(fleet.ttlSeconds) }
        var left: [MachineID: Double] = [:]
        for entries in history.compactMap({ $0.registry?.value }) {
            for (machine, entry) in entries {
                if let seconds = entry.secondsLeft { left[machine] = max(left[machine] ?? 0, seconds) }
            }
        }
        if let untold = expected.first(where: { left[$0.machine] == nil }) {
            return .unknown(why(untold, isUntoldBy: history.last?.registry))
        }
        return .seen(max(fleet.ttlSeconds, left.values.max() ?? 0))
    }

    private func why(
        _ host: PlannedHost, isUntoldBy registry: Observation<[MachineID: FleetEntry]>?
    ) -> String {
        switch registry {
        case nil: "not asked"
        case .unknown(let why)?: why
        case .seen?: "the entry of '\(host.id)' (\(host.machine.rawValue.prefix(8))) tells none"
        }
    }

    private func isRenewed(_ machines: [MachineID], from earlier: Inventory, to later: Inventory) -> Bool {
        guard let before = earlier.registry?.value, let now = later.registry?.value else { return false }
        return machines.allSatisfy { machine in
            guard let before = before[machine], let now = now[machine] else { return false }
            return now.index > before.index
        }
    }

    /// A host is no witness of itself: its own view says nothing about how others see it.
    private func missing(of host: HostID, in inventory: Inventory, exceptItself: Bool) -> [HoldReason] {
        let witnesses = plan.hosts.map(\.id).filter { $0 != host }
        guard !witnesses.isEmpty else { return [.noWitness(host: host)] }
        return witnesses.flatMap { witness -> [HoldReason] in
            switch inventory.membership[witness] ?? .unknown("not asked") {
            case .unknown(let why):
                return [.membershipUnknown(witness: witness, why: why)]
            case .seen(let machines):
                let expected = plan.hosts.filter { !exceptItself || $0.id != host }
                return expected.filter { !machines.contains($0.machine) }.map {
                    .memberMissing(host: $0.id, machine: $0.machine, witness: witness)
                }
            }
        }
    }
}
