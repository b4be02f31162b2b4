/// Every gate there is, asked about one host at one checkpoint. Pure: it reads inventories and fetches nothing.
public struct Gates: Sendable {
    public var plan: Plan
    public var settings: GateSettings
    /// The version that the hosts are upgraded to, once that is known.
    public var target: Version?
    /// Hosts that reverted and may be tried again.
    public var revertsAccepted: Set<HostID>
    /// Under which this rollout has the cluster; nil before it has it.
    public var token: Token?
    /// A person's word that etcd's point of no return may be passed.
    public var acceptsNoReturn: Bool
    /// The gates that a person passed over.
    public var overridden: Set<OverridableGate>
    /// The host whose node was drained for its reboot.
    public var drained: HostID?
    /// Members of hosts that a person declared lost.
    public var lostMembers: Set<EtcdMemberID>
    /// The boot in which the host concerned was staged, or came back; nil before it is staged.
    public var knownBoot: BootID?
    /// The programs that each release brings.
    public var releases: ReleaseTable

    public init(
        plan: Plan, settings: GateSettings, target: Version? = nil, revertsAccepted: Set<HostID> = [],
        token: Token? = nil, acceptsNoReturn: Bool? = nil, overrides: [GateOverride]? = nil,
        drained: HostID? = nil, lostMembers: Set<EtcdMemberID> = [], knownBoot: BootID? = nil,
        releases: ReleaseTable = .known
    ) {
        self.acceptsNoReturn = acceptsNoReturn ?? plan.acceptsNoReturn
        self.overridden = Set((overrides ?? plan.overrides).map(\.gate))
        self.drained = drained
        self.lostMembers = lostMembers
        self.knownBoot = knownBoot
        self.releases = releases
        self.token = token
        self.plan = plan
        self.settings = settings
        self.target = target ?? plan.target.pinned
        self.revertsAccepted = plan.retryReverted ? Set(plan.hosts.map(\.id)) : revertsAccepted
    }

    /// The answer of all gates together.
    ///
    /// - Parameters:
    ///   - history: inventories in the order they were taken, all of them after the last change that the checkpoint
    ///     must see. An empty history is unknown, and holds.
    public func verdict(_ checkpoint: Checkpoint, of host: HostID, history: [Inventory]) -> Verdict {
        guard let latest = history.last else {
            return .hold([.etcd(.etcdUnknown(why: "nothing was observed yet"))])
        }
        var reasons = lockReasons(checkpoint, in: latest) + semaphoreReasons(checkpoint, history: history)
        let history = evidence(checkpoint, in: history)
        reasons += hostReasons(checkpoint, of: host, in: latest)
        reasons += preflightReasons(checkpoint, of: host, in: latest)
        // If this host broke etcd, fleet and its units stay broken until the host is rolled back.
        let brokeEtcd =
            checkpoint == .beforeRollback && settings.etcd != nil && isCause(host, in: latest)
        if let fleet, !brokeEtcd {
            reasons += fleet.membership(checkpoint, of: host, history: history).map(HoldReason.fleet)
            reasons += fleet.units(checkpoint, before: plan.units, in: latest).map(HoldReason.fleet)
        }
        if let units = settings.units {
            reasons += hostUnitReasons(checkpoint, of: host, history: history, units)
        }
        if let deis, !brokeEtcd { reasons += deis.holds(checkpoint, in: latest).map(HoldReason.deis) }
        if let etcd { reasons += etcdReasons(checkpoint, of: host, history: history, etcd) }
        reasons += apartReasons(checkpoint, of: host, history: history)
        reasons += releaseReasons(checkpoint, of: host, in: latest)
        reasons.removeAll { $0.overridableGate.map(overridden.contains) == true }
        // A person is asked for their word only when nothing else is in the way.
        if reasons.isEmpty { reasons = noReturnReasons(checkpoint, of: host, in: latest) }
        return Verdict(reasons)
    }
}
