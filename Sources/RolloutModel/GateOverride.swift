/// A person's word that a gate is passed over for one rollout, and why. There is none for quorum, for fleet's or etcd's
/// health, for what the target's image lacks, for a host that cannot be read, or for one at a time.
public struct GateOverride: Codable, Hashable, Sendable, CustomStringConvertible {
    public var gate: OverridableGate
    /// In the person's words; never empty.
    public var reason: String

    public init(gate: OverridableGate, reason: String) {
        self.gate = gate
        self.reason = reason
    }

    public var description: String { "\(gate): \(reason)" }
}

/// The gates that can be passed over.
public enum OverridableGate: String, Codable, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// Which etcd the target brings is not known.
    case etcdAfter = "etcd-after"
    /// What fleet ran before.
    case units
    /// The operator's commands; none is run.
    case hooks
    /// The operator's pages; none is asked.
    case http
    case window

    public var description: String { rawValue }
}

extension HoldReason {
    /// The gate that found it, where that can be passed over.
    public var overridableGate: OverridableGate? {
        switch self {
        case .etcdAfterUnknown: .etcdAfter
        case .unitsDown, .unitsUnknown: .units
        case .hookHolds, .hookFailed: .hooks
        case .pageShut: .http
        case .outsideWindow, .windowTooShort, .windowUnknown: .window
        case .hostUnreadable, .hostUncommitted, .partitionsUnreadable, .updateAlreadyPending,
            .claimedByAnother,
            .machineChanged, .sameMachine, .noWitness, .membershipUnknown, .memberMissing,
            .membershipUnsteady,
            .etcdUnknown, .etcdSeatUnknown, .etcdMemberUnhealthy, .etcdUnsteady, .quorumWouldBreak,
            .hostUnsafe,
            .pastReturn, .etcdBeforeUnknown, .releaseLacks, .etcdJump, .etcdDiffers, .etcdTooOld,
            .pointOfNoReturn, .nodesUnknown, .nodeUnidentified, .nodeNotReady, .nodeOfAnotherBoot,
            .kubeletsSilent, .nodeOfAnotherRollout, .nodeUncordoned, .drainRefused,
            .drainBlocked,
            .lockHeld,
            .lockLost, .lockUnknown, .orderUnknown, .journalLost, .notTakenUp, .offerDiffers, .nothingOffered,
            .leftBehind, .stepFailed, .notReturned, .rebootIgnored, .reverted, .wrongVersion, .revertedBefore,
            .rolledBack, .notRolledBack, .operatorHold, .stoppedAfter:
            nil
        }
    }
}
