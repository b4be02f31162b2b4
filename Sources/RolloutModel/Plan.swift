/// The plan of a rollout: fixed before it begins, first in its journal, never changed.
public struct Plan: Codable, Hashable, Sendable {
    public var rollout: RolloutID
    /// In the order they are upgraded.
    public var hosts: [PlannedHost]
    /// The hosts among these that are not to be upgraded: they have the rollout's lock, and gates look at them as at all others.
    /// nil where all are upgraded, as in journals from before some could be chosen.
    public var bystanders: [HostID]?
    /// Why in that order.
    public var order: HostOrder
    public var target: Target
    /// How far the rollout had come when its journal was lost; nil for one that begins.
    public var found: RolloutMachine.Found?
    /// For `GROUP=` in update.conf; nil leaves it.
    public var group: String?
    /// For `SERVER=` in update.conf; nil leaves it.
    public var server: String?
    @JournalledEngineRest public var engineRest: EngineRest
    public var commit: CommitMethod
    /// A host goes back by itself when it is not committed this long after its boot; nil: it waits for ever.
    public var deadManMinutes: Int?
    public var onFailure: OnFailure
    /// A person's word that hosts which reverted may be tried again.
    public var retryReverted: Bool
    /// A person's word that etcd's point of no return may be passed: they are not asked when it comes.
    public var acceptsNoReturn: Bool
    /// True where a person is asked about the version that the first host is offered, once it is known; nil where it was
    /// pinned, or accepted unseen.
    public var asksAboutOffer: Bool?
    /// etcd's leadership is handed on before its host reboots.
    public var movesLeader: Bool
    /// The etcd that the target brings, by the operator's word; nil where they gave none.
    public var etcdAfter: String?
    /// fleet's units when the plan was made, which are waited for between hosts; nil if they are not asked for.
    public var units: FleetUnits?
    /// Deis' components then, likewise; nil also where Deis is not the platform.
    public var deis: DeisComponents?
    /// The hosts' nodes, where Kubernetes runs on them: a node is drained before its host reboots. nil where it does
    /// not run.
    public var nodes: [PlannedNode]?
    /// Gates that a person passed over when it was planned.
    public var overrides: [GateOverride]
    public var purpose: Purpose
    /// The upgrade of the platform on the hosts; nil where hosts are upgraded. The rollout does nothing
    /// else where there is one.
    public var platform: PlatformPlan?
    /// Stop, to be resumed, once this many hosts were upgraded.
    public var stopAfter: Int?
    /// The operator who asked for it, and the time (ISO 8601): for people.
    public var operatorName: String
    public var createdAt: String

    public init(
        rollout: RolloutID, hosts: [PlannedHost], bystanders: [HostID]?, order: HostOrder, target: Target,
        found: RolloutMachine.Found?, group: String?, server: String?, engineRest: EngineRest,
        commit: CommitMethod, deadManMinutes: Int?, onFailure: OnFailure, retryReverted: Bool,
        acceptsNoReturn: Bool, movesLeader: Bool, etcdAfter: String?, units: FleetUnits?,
        deis: DeisComponents?, nodes: [PlannedNode]?, overrides: [GateOverride], purpose: Purpose,
        platform: PlatformPlan? = nil, asksAboutOffer: Bool? = nil, stopAfter: Int?, operatorName: String,
        createdAt: String
    ) {
        self.rollout = rollout
        self.hosts = hosts
        self.bystanders = bystanders
        self.order = order
        self.target = target
        self.found = found
        self.group = group
        self.server = server
        self.engineRest = engineRest
        self.commit = commit
        self.deadManMinutes = deadManMinutes
        self.onFailure = onFailure
        self.retryReverted = retryReverted
        self.acceptsNoReturn = acceptsNoReturn
        self.asksAboutOffer = asksAboutOffer
        self.movesLeader = movesLeader
        self.etcdAfter = etcdAfter
        self.units = units
        self.deis = deis
        self.nodes = nodes
        self.overrides = overrides
        self.purpose = purpose
        self.platform = platform
        self.stopAfter = stopAfter
        self.operatorName = operatorName
        self.createdAt = createdAt
    }

    /// The version every host must end on.
    public enum Target: Codable, Hashable, Sendable {
        /// Given by the operator.
        case pinned(version: Version)
        /// Whatever the first host that is offered anything is offered; from then on as good as pinned.
        case firstOffer

        /// nil where the first offer decides.
        public var pinned: Version? {
            guard case .pinned(let version) = self else { return nil }
            return version
        }
    }

    /// The course for a host that is not whole again on the new version, before it is committed.
    public enum OnFailure: String, Codable, Hashable, Sendable {
        /// The host stays as it is, for a person to look at.
        case hold
        /// The host is rolled back to its old partition where that is safe; then the rollout holds.
        case rollback
    }

    /// The purpose of the rollout. A rollout that only undoes never upgrades a host, however it is resumed.
    public enum Purpose: Codable, Hashable, Sendable {
        case upgrade
        /// Take one host back to its other partition.
        case rollback(host: HostID)
        /// Give the hosts back as they were found.
        case abandon
    }
}

extension Plan {
    /// A plan as its journal has it. Journals of earlier formats name fewer choices: each was made as it was made for
    /// everybody then.
    public init(from decoder: any Decoder) throws {
        let plan = try decoder.container(keyedBy: CodingKeys.self)
        rollout = try plan.decode(RolloutID.self, forKey: .rollout)
        hosts = try plan.decode([PlannedHost].self, forKey: .hosts)
        bystanders = try plan.decodeIfPresent([HostID].self, forKey: .bystanders)
        order = try plan.decodeIfPresent(HostOrder.self, forKey: .order) ?? .given
        target = try plan.decode(Target.self, forKey: .target)
        found = try plan.decodeIfPresent(RolloutMachine.Found.self, forKey: .found)
        group = try plan.decodeIfPresent(String.self, forKey: .group)
        server = try plan.decodeIfPresent(String.self, forKey: .server)
        _engineRest = try plan.decode(JournalledEngineRest.self, forKey: .engineRest)
        commit = try plan.decodeIfPresent(CommitMethod.self, forKey: .commit) ?? .engine
        deadManMinutes = try plan.decodeIfPresent(Int.self, forKey: .deadManMinutes)
        onFailure = try plan.decodeIfPresent(OnFailure.self, forKey: .onFailure) ?? .hold
        retryReverted = try plan.decodeIfPresent(Bool.self, forKey: .retryReverted) ?? false
        acceptsNoReturn = try plan.decodeIfPresent(Bool.self, forKey: .acceptsNoReturn) ?? false
        asksAboutOffer = try plan.decodeIfPresent(Bool.self, forKey: .asksAboutOffer)
        movesLeader = try plan.decodeIfPresent(Bool.self, forKey: .movesLeader) ?? false
        etcdAfter = try plan.decodeIfPresent(String.self, forKey: .etcdAfter)
        units = try plan.decodeIfPresent(FleetUnits.self, forKey: .units)
        deis = try plan.decodeIfPresent(DeisComponents.self, forKey: .deis)
        nodes = try plan.decodeIfPresent([PlannedNode].self, forKey: .nodes)
        overrides = try plan.decodeIfPresent([GateOverride].self, forKey: .overrides) ?? []
        purpose = try plan.decodeIfPresent(Purpose.self, forKey: .purpose) ?? .upgrade
        platform = try plan.decodeIfPresent(PlatformPlan.self, forKey: .platform)
        stopAfter = try plan.decodeIfPresent(Int.self, forKey: .stopAfter)
        operatorName = try plan.decode(String.self, forKey: .operatorName)
        createdAt = try plan.decode(String.self, forKey: .createdAt)
    }
}

extension Plan {
    /// The hosts that are to be upgraded, in their order.
    public var hostsInTurn: [PlannedHost] { hosts.filter { !isBystander($0.id) } }

    /// True for a host that is not to be upgraded.
    public func isBystander(_ host: HostID) -> Bool { bystanders?.contains(host) ?? false }
}

/// A host as it was when the plan was made.
public struct PlannedHost: Codable, Hashable, Sendable {
    public var id: HostID
    public var machine: MachineID
    public var version: Version
    /// nil where they were not told.
    public var settings: HostFacts.Settings?
    /// Units that were not well then, and services that ran; nil where that was not told, or is not what the host was
    /// before the rollout.
    public var units: HostUnits?
    /// nil where no agent of Consul ran there, and where nobody asks for it.
    public var consul: ConsulSeat?

    public init(
        id: HostID, machine: MachineID, version: Version, settings: HostFacts.Settings? = nil,
        units: HostUnits? = nil, consul: ConsulSeat? = nil
    ) {
        self.id = id
        self.machine = machine
        self.version = version
        self.settings = settings
        self.units = units
        self.consul = consul
    }
}
