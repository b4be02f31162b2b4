/// A stage that upgrades hosts, with the choices that `upgrade` has as options. A choice that is nil is the
/// configuration's.
public struct HostStage: Codable, Hashable, Sendable {
    /// In the order of their upgrade; nil for every host of the configuration.
    public var hosts: [HostID]?
    /// The only version that is accepted.
    public var to: Version
    public var order: HostOrder?
    public var group: String?
    public var server: String?
    public var engineRest: EngineRest?
    public var commit: CommitMethod?
    /// As the configuration has it: `off`, or minutes.
    public var deadMan: String?
    public var etcdAfter: String?
    public var onFailure: Plan.OnFailure
    public var retryReverted: Bool
    public var movesLeader: Bool
    /// The number of hosts after which the stage holds for a person; nil for none.
    public var stopAfter: Int?
    public var overrides: [GateOverride]

    public init(
        hosts: [HostID]?, to: Version, order: HostOrder?, group: String?, server: String?,
        engineRest: EngineRest?, commit: CommitMethod?, deadMan: String?, etcdAfter: String?,
        onFailure: Plan.OnFailure, retryReverted: Bool, movesLeader: Bool, stopAfter: Int?,
        overrides: [GateOverride]
    ) {
        self.hosts = hosts
        self.to = to
        self.order = order
        self.group = group
        self.server = server
        self.engineRest = engineRest
        self.commit = commit
        self.deadMan = deadMan
        self.etcdAfter = etcdAfter
        self.onFailure = onFailure
        self.retryReverted = retryReverted
        self.movesLeader = movesLeader
        self.stopAfter = stopAfter
        self.overrides = overrides
    }
}
