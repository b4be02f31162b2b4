extension Gates {
    /// All hosts listed by every witness, without a gap for longer than a dead machine stays listed: by then every
    /// entry has been renewed by a living fleet.
    func membershipReasons(
        _ checkpoint: Checkpoint, of host: HostID, history: [Inventory], ttlSeconds: Double
    ) -> [HoldReason] {
        // Nobody but the host itself is missed when it goes back.
        let isBroken = checkpoint == .beforeRollback
        guard let latest = history.last else { return [] }
        let now = missing(of: host, in: latest, exceptItself: isBroken)
        guard now.isEmpty else { return now }
        var steady: Double = 0
        for inventory in history.reversed() {
            guard missing(of: host, in: inventory, exceptItself: isBroken).isEmpty else { break }
            steady = latest.takenAt - inventory.takenAt
            // What went before proves nothing more.
            if steady > ttlSeconds { return [] }
        }
        return [.membershipUnsteady(seenSeconds: steady, neededSeconds: ttlSeconds)]
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
