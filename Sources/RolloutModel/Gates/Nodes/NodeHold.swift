/// Why the gate for Kubernetes' nodes holds.
public enum NodeHold: Hold {
    /// The list of Kubernetes nodes could not be read.
    case nodesUnknown(why: String)
    /// No node, or more than one, has the host's machine-id.
    case nodeUnidentified(host: HostID, machine: MachineID, nodes: [String])
    case nodeNotReady(host: HostID, node: String, why: String)
    /// The kubelet last reported from another boot than the host's present one.
    case nodeOfAnotherBoot(host: HostID, node: String, boot: BootID)
    /// The leases of these hosts' kubelets were not seen to be renewed.
    case kubeletsSilent(hosts: [HostID])
    case nodeOfAnotherRollout(node: String, rollout: RolloutID)
    /// Somebody uncordoned the node after it was drained.
    case nodeUncordoned(host: HostID, node: String)
    /// The node has pods that a drain never evicts.
    case drainRefused(host: HostID, node: String, why: String)
    /// `pods` could not be evicted; `budgets` allow none of them to go; `said` is kubectl's message.
    case drainBlocked(host: HostID, node: String, pods: [String], budgets: [String], said: String)

    public static func isNamed(_ name: String) -> Bool { CodingKeys(stringValue: name) != nil }
}

extension NodeHold {
    public var gate: String { "kubernetes" }

    public var patience: Patience {
        switch self {
        case .nodesUnknown, .nodeUnidentified, .nodeNotReady, .nodeOfAnotherBoot, .nodeOfAnotherRollout,
            .drainBlocked:
            .mending
        case .kubeletsSilent: .soon
        case .nodeUncordoned, .drainRefused: .act
        }
    }

    public var rank: HoldRank {
        switch self {
        case .nodesUnknown, .nodeNotReady, .nodeOfAnotherBoot: .fleetMember
        case .kubeletsSilent: .waiting
        case .nodeUnidentified, .nodeOfAnotherRollout, .nodeUncordoned, .drainRefused, .drainBlocked:
            .other
        }
    }

    public var subject: HostID? {
        switch self {
        case .nodeUnidentified(let host, _, _), .nodeNotReady(let host, _, _),
            .nodeOfAnotherBoot(let host, _, _), .nodeUncordoned(let host, _),
            .drainRefused(let host, _, _), .drainBlocked(let host, _, _, _, _):
            host
        case .kubeletsSilent(let hosts): hosts.count == 1 ? hosts.first : nil
        case .nodesUnknown, .nodeOfAnotherRollout: nil
        }
    }

    public var basis: HoldBasis? {
        switch self {
        case .nodeNotReady, .nodeOfAnotherBoot: .presence
        case .nodesUnknown, .nodeUnidentified, .kubeletsSilent, .nodeOfAnotherRollout, .nodeUncordoned,
            .drainRefused, .drainBlocked:
            nil
        }
    }
}
