/// fleet lists every machine, lives on each, and runs what it ran. The gate needs no plan: what ran before is given to it.
struct FleetGate {
    var hosts: [ClusterHost]
    var settings: GateSettings.Fleet
    /// A person's word that the configuration knows how long fleet lists a dead machine.
    var trustsSettings: Bool

    /// The reasons why membership is not proved: every witness must list all hosts, and a living fleet must renew each
    /// entry meanwhile. Renewal is proved as soon as every entry was seen to be written again; where that cannot be
    /// seen, by a listing without a gap for longer than a dead machine stays listed.
    func membership(_ checkpoint: Checkpoint, of host: HostID, history: [Inventory]) -> [FleetHold] {
        // A host that is rolled back need not be listed: it may be the broken one.
        let isBroken = checkpoint == .beforeRollback
        guard let latest = history.last else { return [] }
        let now = missing(of: host, in: latest, exceptItself: isBroken)
        guard now.isEmpty else { return now }
        let expected = hosts.filter { !isBroken || $0.id != host }
        let ttl = listedFor(expected, history)
        var steady = Duration.zero
        for inventory in history.reversed() {
            guard missing(of: host, in: inventory, exceptItself: isBroken).isEmpty else { break }
            steady = latest.takenAt - inventory.takenAt
            if isRenewed(expected.map(\.machine), from: inventory, to: latest) { return [] }
            // A listing without a gap for longer than the TTL is proof enough.
            if let ttl = ttl.value, steady > ttl { return [] }
        }
        switch ttl {
        case .unknown(let why): return [.fleetTTLUnknown(why: why)]
        case .seen(let listed):
            let differs = listed > settings.ttl
            return [.membershipUnsteady(seen: steady, needed: listed)]
                + (differs ? [.fleetTTLDiffers(listed: listed, configured: settings.ttl)] : [])
        }
    }

    /// How long a dead machine may stay listed: by its entry, as fleet's own configuration decides that and nobody else's.
    /// An entry tells what is left of its TTL; the most that was seen of any is what all are waited for.
    private func listedFor(_ expected: [ClusterHost], _ history: [Inventory]) -> Observation<Duration> {
        // A person's word for it.
        guard !trustsSettings else { return .seen(settings.ttl) }
        var left: [MachineID: Duration] = [:]
        for entries in history.compactMap({ $0.registry?.value }) {
            for (machine, entry) in entries {
                if let rest = entry.timeLeft { left[machine] = max(left[machine] ?? .zero, rest) }
            }
        }
        if let untold = expected.first(where: { left[$0.machine] == nil }) {
            return .unknown(why(untold, isUntoldBy: history.last?.registry))
        }
        return .seen(max(settings.ttl, left.values.max() ?? .zero))
    }

    private func why(
        _ host: ClusterHost, isUntoldBy registry: Observation<[MachineID: FleetEntry]>?
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
    private func missing(of host: HostID, in inventory: Inventory, exceptItself: Bool) -> [FleetHold] {
        let witnesses = hosts.map(\.id).filter { $0 != host }
        guard !witnesses.isEmpty else { return [.noWitness(host: host)] }
        return witnesses.flatMap { witness -> [FleetHold] in
            switch inventory.membership[witness] ?? .unknown("not asked") {
            case .unknown(let why):
                return [.membershipUnknown(witness: witness, why: why)]
            case .seen(let machines):
                let expected = hosts.filter { !exceptItself || $0.id != host }
                return expected.filter { !machines.contains($0.machine) }.map {
                    .memberMissing(host: $0.id, machine: $0.machine, witness: witness)
                }
            }
        }
    }

    /// Units that ran before run again, somewhere, before a host goes and before the next one begins: a reschedule takes
    /// minutes, and units do not move back (facts 0.19).
    ///
    /// - Parameter before: nil where nobody asks for it.
    func units(_ checkpoint: Checkpoint, before: FleetUnits?, in inventory: Inventory) -> [FleetHold] {
        guard let before, checkpoint.waitsForUnits else { return [] }
        return before.comparison(
            with: inventory.units, down: { .unitsDown(units: $0, seenBy: $1) },
            unknown: { .unitsUnknown(why: $0, through: $1) })
    }
}
