extension Gates {
    /// All hosts listed by every witness, and each entry renewed by a living fleet meanwhile. That is proved as soon as
    /// every entry was seen to be written again; or, where that cannot be seen, by time: without a gap for longer than a
    /// dead machine stays listed.
    func membershipReasons(
        _ checkpoint: Checkpoint, of host: HostID, history: [Inventory], ttlSeconds: Double
    ) -> [HoldReason] {
        // Nobody but the host itself is missed when it goes back.
        let isBroken = checkpoint == .beforeRollback
        guard let latest = history.last else { return [] }
        let now = missing(of: host, in: latest, exceptItself: isBroken)
        guard now.isEmpty else { return now }
        let expected = plan.hosts.filter { !isBroken || $0.id != host }.map(\.machine)
        var steady: Double = 0
        for inventory in history.reversed() {
            guard missing(of: host, in: inventory, exceptItself: isBroken).isEmpty else { break }
            steady = latest.takenAt - inventory.takenAt
            if isRenewed(expected, from: inventory, to: latest) { return [] }
            // What went before proves nothing more.
            if steady > ttlSeconds { return [] }
        }
        return [.membershipUnsteady(seenSeconds: steady, neededSeconds: ttlSeconds)]
    }

    private func isRenewed(_ machines: [MachineID], from earlier: Inventory, to later: Inventory) -> Bool {
        machines.allSatisfy { machine in
            guard let before = earlier.renewals[machine], let now = later.renewals[machine] else {
                return false
            }
            return now > before
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
