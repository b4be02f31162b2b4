import AgentProtocol
import RolloutModel

/// What a rollout can ask of hosts. Live over SSH; scripted in tests.
public struct HostAccess: Sendable {
    public typealias Progress = @Sendable (StepProgress) async -> Void

    public var report: @Sendable (HostID) async throws(HostFault) -> HostReport
    public var stage:
        @Sendable (HostID, StageRequest, @escaping Progress) async throws(HostFault) -> AgentMessage
    public var reboot: @Sendable (HostID, RebootRequest) async throws(HostFault) -> AgentMessage
    public var commit:
        @Sendable (HostID, CommitRequest, @escaping Progress) async throws(HostFault) -> AgentMessage
    public var rollback: @Sendable (HostID, RollbackRequest) async throws(HostFault) -> AgentMessage
    public var abandon:
        @Sendable (HostID, AbandonRequest, @escaping Progress) async throws(HostFault) -> AgentMessage
    /// Takes a host for a rollout.
    public var claim: @Sendable (HostID, ClaimRequest) async throws(HostFault) -> AgentMessage
    public var release: @Sendable (HostID, ReleaseRequest) async throws(HostFault) -> AgentMessage
    /// fleet's machines, as this host's fleetctl lists them.
    public var machines: @Sendable (HostID) async throws(HostFault) -> Set<MachineID>
    /// Each machine's entry in fleet's registry, asked from this host.
    public var fleetRegistry: @Sendable (HostID) async throws(HostFault) -> [MachineID: FleetEntry]
    /// What fleet runs, as this host's fleetctl lists it.
    public var units: @Sendable (HostID) async throws(HostFault) -> FleetUnits
    /// Deis' components, as this host's deisctl lists them; nil where the host is none of Deis'.
    public var deis: @Sendable (HostID) async throws(HostFault) -> DeisComponents?
    /// etcd's members and their health, asked from this host.
    public var etcd: @Sendable (HostID) async throws(HostFault) -> EtcdView
    /// Hands etcd's leadership from this host's member, where it leads, to another; gives that one.
    public var moveLeader: @Sendable (HostID) async throws(HostFault) -> EtcdMemberID?
    /// The etcd member that runs on this host.
    public var seat: @Sendable (HostID) async throws(HostFault) -> EtcdSeat
    /// Forgets the session with a host that is expected to go away.
    public var disconnect: @Sendable (HostID) async -> Void

    public init(
        report: @escaping @Sendable (HostID) async throws(HostFault) -> HostReport,
        stage:
            @escaping @Sendable (HostID, StageRequest, @escaping Progress) async throws(HostFault) ->
            AgentMessage,
        reboot: @escaping @Sendable (HostID, RebootRequest) async throws(HostFault) -> AgentMessage,
        commit:
            @escaping @Sendable (HostID, CommitRequest, @escaping Progress) async throws(HostFault) ->
            AgentMessage,
        rollback: @escaping @Sendable (HostID, RollbackRequest) async throws(HostFault) -> AgentMessage,
        abandon:
            @escaping @Sendable (HostID, AbandonRequest, @escaping Progress) async throws(HostFault) ->
            AgentMessage,
        claim: @escaping @Sendable (HostID, ClaimRequest) async throws(HostFault) -> AgentMessage,
        release: @escaping @Sendable (HostID, ReleaseRequest) async throws(HostFault) -> AgentMessage,
        machines: @escaping @Sendable (HostID) async throws(HostFault) -> Set<MachineID>,
        fleetRegistry: @escaping @Sendable (HostID) async throws(HostFault) -> [MachineID: FleetEntry],
        units: @escaping @Sendable (HostID) async throws(HostFault) -> FleetUnits,
        deis: @escaping @Sendable (HostID) async throws(HostFault) -> DeisComponents?,
        etcd: @escaping @Sendable (HostID) async throws(HostFault) -> EtcdView,
        moveLeader: @escaping @Sendable (HostID) async throws(HostFault) -> EtcdMemberID?,
        seat: @escaping @Sendable (HostID) async throws(HostFault) -> EtcdSeat,
        disconnect: @escaping @Sendable (HostID) async -> Void
    ) {
        // A report counts only as that of the host it names; one that names none is no answer.
        self.report = { (host) async throws(HostFault) in
            let report = try await report(host)
            guard let fault = report.identityFault else { return report }
            throw HostFault(host: host, kind: .answerUnreadable, why: fault)
        }
        self.stage = stage
        self.reboot = reboot
        self.commit = commit
        self.rollback = rollback
        self.abandon = abandon
        self.claim = claim
        self.release = release
        self.machines = machines
        self.fleetRegistry = fleetRegistry
        self.units = units
        self.deis = deis
        self.etcd = etcd
        self.moveLeader = moveLeader
        self.seat = seat
        self.disconnect = disconnect
    }
}

extension LockHolder {
    /// As an agent names it.
    public init(_ claim: Claim) {
        self.init(
            rollout: RolloutID(claim.rollout), token: claim.token, operatorName: claim.holder,
            since: claim.since)
    }
}
