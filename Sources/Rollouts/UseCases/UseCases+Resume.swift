import RolloutJournal
import RolloutModel

/// The consents of a person with which a rollout is resumed.
public struct ResumeWish: Hashable, Sendable {
    /// True to go on although a host went back to its old partition.
    public var retryReverted: Bool
    /// True to go past etcd's point of no return.
    public var acceptsNoReturn: Bool
    /// The gates that are overridden.
    public var overrides: [GateOverride]

    public init(retryReverted: Bool = false, acceptsNoReturn: Bool = false, overrides: [GateOverride] = []) {
        self.retryReverted = retryReverted
        self.acceptsNoReturn = acceptsNoReturn
        self.overrides = overrides
    }
}

extension UseCases {
    /// Goes on with a rollout that was held, or whose turnstile died. A rollout that has ended releases the cluster
    /// lock, if it still has it.
    ///
    /// - Parameter name: the rollout's id; nil for the newest that has not ended.
    public func resume(_ name: String?, _ wish: ResumeWish) async throws -> RolloutEnd {
        let id = try await journals.underWay(named: name, else: .resume)
        return try await withJournal(of: id) { try await resume($0, wish) }
    }

    private func resume(_ journal: Journal, _ wish: ResumeWish) async throws -> RolloutEnd {
        let machine = journal.record.machine
        let hosts = machine.remaining.hosts.map(\.id)
        if let outcome = machine.outcome {
            return try await resumeEnded(journal, outcome, hosts)
        }
        guard machine.unbegunUndoing == nil else { throw CommandRefusal.madeToUndo(machine) }
        try requireHeld(machine, for: wish)
        return try await withCluster(hosts) { cluster in
            try await requireLostAreGone(in: journal, cluster)
            let drive = try await take(up: journal, in: cluster)
            return try await self.drive(drive, from: Self.start(machine.state, wish))
        }
    }

    private func resumeEnded(
        _ journal: Journal, _ outcome: RolloutMachine.Outcome, _ hosts: [HostID]
    ) async throws -> RolloutEnd {
        tell(.endedAlready(journal.record.machine.plan.rollout))
        try await withCluster(hosts) { try await letGoOfEnded(journal, in: $0) }
        let end = RolloutEnd(
            record: journal.record, journal: journal.name, ending: .finished(outcome), goesOn: .resume)
        tell(.driven(end))
        return end
    }

    /// The event that starts a rollout again; nil where it was cut off, since it is still under way.
    private static func start(
        _ state: RolloutMachine.State, _ wish: ResumeWish
    ) -> RolloutMachine.Event? {
        switch state.top {
        case .planned: .began
        case .hold:
            .resumed(
                retryReverted: wish.retryReverted, acceptsNoReturn: wish.acceptsNoReturn ? true : nil,
                overrides: wish.overrides.isEmpty ? nil : wish.overrides)
        case .upgrade, .rollback, .giveBack, .uncordon, .platform, .finished: nil
        }
    }

    /// An override of a gate needs a hold, since it answers the reasons given there.
    private func requireHeld(_ machine: RolloutMachine, for wish: ResumeWish) throws {
        guard !wish.overrides.isEmpty else { return }
        guard machine.state.held != nil else { throw CommandRefusal.notHeld }
        tell(.overridden(wish.overrides))
    }
}
