import RolloutJournal
import RolloutModel

/// The words of a person with which a rollout goes on.
public struct ResumeWish: Hashable, Sendable {
    /// Although a host went back to its old partition.
    public var retryReverted: Bool
    /// Past etcd's point of no return.
    public var acceptsNoReturn: Bool
    /// Past these gates.
    public var overrides: [GateOverride]

    public init(retryReverted: Bool = false, acceptsNoReturn: Bool = false, overrides: [GateOverride] = []) {
        self.retryReverted = retryReverted
        self.acceptsNoReturn = acceptsNoReturn
        self.overrides = overrides
    }
}

extension UseCases {
    /// Goes on with a rollout that was held, or whose turnstile died. One that has ended lets the cluster go, if it has it
    /// still.
    ///
    /// - Parameter name: the rollout's id; nil for the newest that has not ended.
    public func resume(_ name: String?, _ wish: ResumeWish) async throws -> RolloutEnd {
        let id = try await journals.underWay(named: name, else: .resume)
        let journal = try await ports.journals.resume(id, timestamp: ports.timeOfDay)
        let machine = journal.record.machine
        let hosts = machine.remaining.hosts.map(\.id)
        if case .finished(let outcome) = machine.state {
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

    /// What sets a rollout going again: nothing where it was cut off, for it is still going.
    private static func start(
        _ state: RolloutMachine.State, _ wish: ResumeWish
    ) -> RolloutMachine.Event? {
        switch state {
        case .planned: .began
        case .held:
            .resumed(
                retryReverted: wish.retryReverted, acceptsNoReturn: wish.acceptsNoReturn ? true : nil,
                overrides: wish.overrides.isEmpty ? nil : wish.overrides)
        case .gating, .staging, .rechecking, .evacuating, .rebooting, .proving, .committing, .readmitting,
            .settling, .retreating, .rollingBack, .recovering, .abandoning, .finished:
            nil
        }
    }

    /// A word about a gate belongs to a hold: it answers what was said there.
    private func requireHeld(_ machine: RolloutMachine, for wish: ResumeWish) throws {
        guard !wish.overrides.isEmpty else { return }
        guard case .held = machine.state else { throw CommandRefusal.notHeld }
        tell(.overridden(wish.overrides))
    }
}
