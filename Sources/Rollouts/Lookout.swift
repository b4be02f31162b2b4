import RolloutModel

/// A question that every host is asked in every look, for one gate. The answers have a place of their own in an
/// inventory, and no other part needs to know of it.
public struct Lookout: Sendable {
    /// Asks the hosts, all at once.
    let look: @Sendable (HostAccess, [HostID]) async -> Finding
    /// Notes in a plan how its hosts are before anything is done to them, and tells why it cannot.
    let note: @Sendable (HostAccess, inout Plan) async -> [HoldReason]

    /// Writes the answers into an inventory.
    typealias Finding = @Sendable (inout Inventory) -> Void

    /// - Parameters:
    ///   - place: of the answers in an inventory.
    ///   - ask: asks one host.
    ///   - note: notes what a host answered before a rollout in the plan; the reason if it cannot. By default, no note
    ///     is made.
    public init<Sight>(
        _ place: any WritableKeyPath<Inventory, [HostID: Observation<Sight>]> & Sendable,
        ask: @escaping @Sendable (HostID) async throws(HostFault) -> Sight,
        note: @escaping @Sendable (HostID, Observation<Sight>, inout Plan) -> HoldReason? = { _, _, _ in nil }
    ) {
        look = { access, hosts in
            let answers = await access.gather(hosts, ask)
            return { $0[keyPath: place] = answers }
        }
        self.note = { access, plan in
            let hosts = plan.hosts.map(\.id)
            let answers = await access.gather(hosts, ask)
            return hosts.compactMap { note($0, answers[$0] ?? .unknown("not asked"), &plan) }
        }
    }
}

extension HostAccess {
    /// The answers to all lookouts.
    func findings(of hosts: [HostID]) async -> [Lookout.Finding] {
        await withTaskGroup { group in
            for lookout in lookouts { group.addTask { await lookout.look(self, hosts) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    /// An inventory that has the answers to all lookouts, and nothing else.
    public func sights(of hosts: [HostID]) async -> Inventory {
        var inventory = Inventory(takenAt: .start)
        for write in await findings(of: hosts) { write(&inventory) }
        return inventory
    }

    /// Notes in a plan how its hosts are, for the gates that ask.
    ///
    /// - Returns: why it cannot be told.
    public func noteBaselines(in plan: inout Plan) async -> [HoldReason] {
        var reasons: [HoldReason] = []
        for lookout in lookouts { reasons += await lookout.note(self, &plan) }
        return reasons
    }
}
