extension HoldReason {
    /// Which gate holds, or what else does, in a word or two.
    public var gate: String {
        switch self {
        case .lockHeld, .lockLost, .lockUnknown, .claimedByAnother: "lock"
        case .othersUncovered: OverridableGate.others.rawValue
        case .semaphoreHeld, .semaphoreFree, .semaphoreClosed, .semaphoreUnknown: "locksmith"
        case .hostUnreadable, .hostUncommitted, .partitionsUnreadable, .updateAlreadyPending, .machineChanged,
            .sameMachine, .hostUnsafe, .engineBusy, .cgroupsRefused, .otherPartitionNext,
            .partitionTableDamaged, .settingOdd:
            "host"
        case .noWitness, .membershipUnknown, .memberMissing, .membershipUnsteady, .fleetTTLDiffers: "fleet"
        case .fleetTTLUnknown: OverridableGate.fleetTTL.rawValue
        case .etcdUnknown, .etcdSeatUnknown, .etcdMemberUnhealthy, .etcdMemberUnknown, .etcdSeatShared,
            .etcdNowhere, .etcdUnsteady, .quorumWouldBreak, .etcdDiffers, .etcdTooOld, .pastReturn,
            .etcdBeforeUnknown, .pointOfNoReturn, .etcdJumped, .etcdSinceUnknown, .memberPastReturn,
            .memberPointOfNoReturn:
            "etcd"
        case .nodesUnknown, .nodeUnidentified, .nodeNotReady, .nodeOfAnotherBoot, .kubeletsSilent,
            .nodeOfAnotherRollout, .nodeUncordoned, .drainRefused, .drainBlocked:
            "kubernetes"
        case .releaseLacks, .etcdJump: "release"
        case .orderUnknown: "order"
        case .journalLost, .notTakenUp: "journal"
        case .offerDiffers, .nothingOffered, .leftBehind, .runningVersionStaged: "offer"
        case .stepFailed, .notReturned, .rebootIgnored, .reverted, .wrongVersion, .revertedBefore,
            .rolledBack, .notRolledBack, .notGivenBack:
            "step"
        case .operatorHold, .stoppedAfter, .hostLost, .declaredLost: "operator"
        case .etcdAfterUnknown, .etcdStagedDiffers: OverridableGate.etcdAfter.rawValue
        case .unitsDown, .unitsUnknown: OverridableGate.units.rawValue
        case .unitsFailed, .unitsStarting, .unitsUnsteady, .untold(_, .units, _):
            OverridableGate.unitsFailed.rawValue
        case .deisDown, .deisUnknown: OverridableGate.deis.rawValue
        case .hookHolds, .hookFailed, .hookUnheard: OverridableGate.hooks.rawValue
        case .pageShut: OverridableGate.http.rawValue
        case .spaceLacking, .untold(_, .space, _): OverridableGate.space.rawValue
        case .clockSkewed, .untold(_, .clock, _): OverridableGate.clock.rawValue
        case .settingsDrift, .userDataUnexpected, .untold(_, .settings, _): OverridableGate.drift.rawValue
        case .untold: "host"
        case .outsideWindow, .windowTooShort, .windowUnknown: OverridableGate.window.rawValue
        }
    }

    /// The gate, where a person can pass it over.
    public var overridableGate: OverridableGate? { OverridableGate(rawValue: gate) }

    /// Only another target would do, and a rollout keeps its own.
    public var needsAnotherTarget: Bool {
        switch self {
        case .releaseLacks, .etcdJump: true
        default: false
        }
    }
}
