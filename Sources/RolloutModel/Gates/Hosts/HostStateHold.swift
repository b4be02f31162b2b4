/// Why the gate for hosts themselves holds: readable, the planned machine, at rest on a committed partition.
public enum HostStateHold: Hold {
    /// `trouble` and `bastion` are nil in journals of older versions, which did not have them.
    case hostUnreadable(
        host: HostID, why: String, trouble: HostTrouble? = nil, bastion: ShutBastion? = nil)
    case hostUncommitted(host: HostID)
    /// `why` comes from the host's agent.
    case partitionsUnreadable(host: HostID, why: String? = nil)
    case updateAlreadyPending(host: HostID)
    /// No update waits for a reboot, and yet the next boot goes to the other partition.
    case otherPartitionNext(host: HostID, partition: String, why: String)
    case claimedByAnother(host: HostID, rollout: RolloutID)
    case machineChanged(host: HostID, planned: MachineID, found: MachineID)
    case sameMachine(host: HostID, as: HostID)
    /// `message` comes from the agent and says how to proceed.
    case hostUnsafe(host: HostID, unit: String, message: String)
    /// The agent did not tell something that a gate needs.
    case untold(host: HostID, HostFacts.Untold, why: String)

    public static func isNamed(_ name: String) -> Bool { CodingKeys(stringValue: name) != nil }
}

extension HostStateHold {
    public var gate: String {
        switch self {
        case .claimedByAnother: "lock"
        case .hostUnreadable, .hostUncommitted, .partitionsUnreadable, .updateAlreadyPending,
            .machineChanged, .sameMachine, .hostUnsafe, .otherPartitionNext:
            "host"
        case .untold(_, .units, _): OverridableGate.unitsFailed.rawValue
        case .untold(_, .space, _): OverridableGate.space.rawValue
        case .untold(_, .clock, _): OverridableGate.clock.rawValue
        case .untold(_, .settings, _): OverridableGate.drift.rawValue
        case .untold: "host"
        }
    }

    public var patience: Patience { .mending }

    public var rank: HoldRank {
        switch self {
        case .hostUnreadable, .machineChanged, .sameMachine: .unreadableHost
        case .hostUncommitted, .partitionsUnreadable, .updateAlreadyPending, .claimedByAnother,
            .hostUnsafe, .untold, .otherPartitionNext:
            .host
        }
    }

    public var subject: HostID? {
        switch self {
        case .hostUnreadable(let host, _, _, _), .hostUncommitted(let host),
            .partitionsUnreadable(let host, _), .updateAlreadyPending(let host),
            .claimedByAnother(let host, _), .machineChanged(let host, _, _), .sameMachine(let host, _),
            .hostUnsafe(let host, _, _), .untold(let host, _, _), .otherPartitionNext(let host, _, _):
            host
        }
    }
}
