/// What a rollout will do: fixed before it begins, first in its journal, never changed.
public struct Plan: Codable, Hashable, Sendable {
    public var rollout: RolloutID
    /// In the order they are upgraded.
    public var hosts: [PlannedHost]
    public var target: Target
    /// For `GROUP=` in update.conf; nil leaves it.
    public var group: String?
    /// For `SERVER=` in update.conf; nil leaves it.
    public var server: String?
    public var engineRest: EngineRest
    /// Stop, to be resumed, once this many hosts were upgraded.
    public var stopAfter: Int?
    /// Who asked for it, and when (ISO 8601): for people.
    public var operatorName: String
    public var createdAt: String

    public init(
        rollout: RolloutID, hosts: [PlannedHost], target: Target, group: String? = nil, server: String? = nil,
        engineRest: EngineRest = .masked, stopAfter: Int? = nil, operatorName: String = "",
        createdAt: String = ""
    ) {
        self.rollout = rollout
        self.hosts = hosts
        self.target = target
        self.group = group
        self.server = server
        self.engineRest = engineRest
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
    }

    /// How update-engine is left on each host.
    public enum EngineRest: String, Codable, Hashable, Sendable {
        case masked
        case asFound
    }
}

/// A host as it was when the plan was made.
public struct PlannedHost: Codable, Hashable, Sendable {
    public var id: HostID
    public var machine: MachineID
    public var version: Version

    public init(id: HostID, machine: MachineID, version: Version) {
        self.id = id
        self.machine = machine
        self.version = version
    }
}
