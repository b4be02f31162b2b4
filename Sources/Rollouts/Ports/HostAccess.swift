import AgentProtocol
import RolloutModel

/// The operations on hosts that a rollout uses. The live ones go over SSH; tests script them.
public struct HostAccess: Sendable {
    public typealias Progress = @Sendable (StepProgress) async -> Void

    public var report: @Sendable (HostID) async throws(HostFault) -> HostReport
    public var stage:
        @Sendable (HostID, StageRequest, @escaping Progress) async throws(HostFault) -> VerbEnding<
            StageAnswer
        >
    /// Arms what was downloaded ahead.
    public var arm:
        @Sendable (HostID, ArmRequest, @escaping Progress) async throws(HostFault) -> VerbEnding<ArmAnswer>
    public var reboot: @Sendable (HostID, RebootRequest) async throws(HostFault) -> VerbEnding<RebootAnswer>
    public var commit:
        @Sendable (HostID, CommitRequest, @escaping Progress) async throws(HostFault) -> VerbEnding<
            CommitProof
        >
    public var rollback:
        @Sendable (HostID, RollbackRequest) async throws(HostFault) -> VerbEnding<RebootAnswer>
    public var abandon:
        @Sendable (HostID, AbandonRequest, @escaping Progress) async throws(HostFault) -> VerbEnding<
            AbandonedHost
        >
    /// Claims a host for a rollout.
    public var claim: @Sendable (HostID, ClaimRequest) async throws(HostFault) -> VerbEnding<Claim>
    public var release: @Sendable (HostID, ReleaseRequest) async throws(HostFault) -> VerbEnding<Authority>
    /// fleet's machines, as this host's fleetctl lists them.
    public var machines: @Sendable (HostID) async throws(HostFault) -> Set<MachineID>
    /// The entries of all machines in fleet's registry, asked from this host.
    public var fleetRegistry: @Sendable (HostID) async throws(HostFault) -> [MachineID: FleetEntry]
    /// fleet's units, as this host's fleetctl lists them.
    public var units: @Sendable (HostID) async throws(HostFault) -> FleetUnits
    /// Deis' components, as this host's deisctl lists them; nil if the host does not belong to Deis.
    public var deis: @Sendable (HostID) async throws(HostFault) -> DeisComponents?
    /// etcd's members and their health, asked from this host.
    public var etcd: @Sendable (HostID) async throws(HostFault) -> EtcdView
    /// Moves etcd's leadership from this host's member, if it leads, to another member, and returns that member.
    public var moveLeader: @Sendable (HostID) async throws(HostFault) -> EtcdMemberID?
    /// The etcd member that runs on this host.
    public var seat: @Sendable (HostID) async throws(HostFault) -> EtcdSeat
    /// Forgets the session with a host that is expected to go away.
    public var disconnect: @Sendable (HostID) async -> Void
    /// The further questions of gates to every host.
    public var lookouts: [Lookout]

    public init(
        report: @escaping @Sendable (HostID) async throws(HostFault) -> HostReport,
        stage:
            @escaping @Sendable (HostID, StageRequest, @escaping Progress) async throws(HostFault) ->
            VerbEnding<StageAnswer>,
        arm:
            @escaping @Sendable (HostID, ArmRequest, @escaping Progress) async throws(HostFault) ->
            VerbEnding<ArmAnswer>,
        reboot:
            @escaping @Sendable (HostID, RebootRequest) async throws(HostFault) -> VerbEnding<RebootAnswer>,
        commit:
            @escaping @Sendable (HostID, CommitRequest, @escaping Progress) async throws(HostFault) ->
            VerbEnding<CommitProof>,
        rollback:
            @escaping @Sendable (HostID, RollbackRequest) async throws(HostFault) -> VerbEnding<RebootAnswer>,
        abandon:
            @escaping @Sendable (HostID, AbandonRequest, @escaping Progress) async throws(HostFault) ->
            VerbEnding<AbandonedHost>,
        claim: @escaping @Sendable (HostID, ClaimRequest) async throws(HostFault) -> VerbEnding<Claim>,
        release:
            @escaping @Sendable (HostID, ReleaseRequest) async throws(HostFault) -> VerbEnding<Authority>,
        machines: @escaping @Sendable (HostID) async throws(HostFault) -> Set<MachineID>,
        fleetRegistry: @escaping @Sendable (HostID) async throws(HostFault) -> [MachineID: FleetEntry],
        units: @escaping @Sendable (HostID) async throws(HostFault) -> FleetUnits,
        deis: @escaping @Sendable (HostID) async throws(HostFault) -> DeisComponents?,
        etcd: @escaping @Sendable (HostID) async throws(HostFault) -> EtcdView,
        moveLeader: @escaping @Sendable (HostID) async throws(HostFault) -> EtcdMemberID?,
        seat: @escaping @Sendable (HostID) async throws(HostFault) -> EtcdSeat,
        disconnect: @escaping @Sendable (HostID) async -> Void, lookouts: [Lookout] = []
    ) {
        // A report counts only for the host that it names. A report without a name is no answer.
        self.report = { host throws(HostFault) in
            let report = try await report(host)
            if let flaw = report.identityFault ?? report.flaw {
                throw HostFault(
                    host: host, kind: .answerUnreadable, why: flaw,
                    detail: report.isRecordSpoilt ? .recordSpoilt : nil)
            }
            return report.bounded
        }
        self.stage = { host, request, told throws(HostFault) in
            try await stage(host, request, { await told($0.bounded) }).believed(of: host)
        }
        self.arm = { host, request, told throws(HostFault) in
            try await arm(host, request, { await told($0.bounded) }).believed(of: host)
        }
        self.reboot = { host, request throws(HostFault) in
            try await reboot(host, request).believed(of: host)
        }
        self.commit = { host, request, told throws(HostFault) in
            try await commit(host, request, { await told($0.bounded) }).believed(of: host)
        }
        self.rollback = { host, request throws(HostFault) in
            try await rollback(host, request).believed(of: host)
        }
        self.abandon = { host, request, told throws(HostFault) in
            try await abandon(host, request, { await told($0.bounded) }).believed(of: host)
        }
        self.claim = { host, request throws(HostFault) in
            try await claim(host, request).believed(of: host)
        }
        self.release = { host, request throws(HostFault) in
            try await release(host, request).believed(of: host)
        }
        self.machines = machines
        self.fleetRegistry = fleetRegistry
        self.units = units
        self.deis = deis
        self.etcd = etcd
        self.moveLeader = moveLeader
        self.seat = seat
        self.disconnect = disconnect
        self.lookouts = lookouts
    }
}

extension VerbEnding {
    /// - Throws: `HostFault` for a message that ends another verb.
    public init(_ message: AgentMessage, of host: HostID) throws(HostFault) {
        guard let ending = VerbEnding(message) else {
            throw HostFault(
                host: host, kind: .answerUnreadable, why: "the agent answered as if to another verb")
        }
        self = ending
    }

    fileprivate func believed(of host: HostID) throws(HostFault) -> VerbEnding {
        if let flaw = message.flaw { throw HostFault(host: host, kind: .answerUnreadable, why: flaw) }
        return self
    }
}

extension LockHolder {
    /// The holder, as an agent names it.
    public init(_ claim: Claim) {
        self.init(
            rollout: RolloutID(claim.rollout), token: claim.token, operatorName: claim.holder,
            since: claim.since)
    }
}
