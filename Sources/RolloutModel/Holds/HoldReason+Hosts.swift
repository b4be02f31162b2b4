/// The hosts in a reason: the one it is about, and the one that said so.
extension HoldReason {
    /// The host it is about, by its name; nil for what is about the cluster, or about several.
    public var subject: HostID? {
        switch self {
        case .hostUnreadable(let host, _, _, _), .hostUncommitted(let host),
            .partitionsUnreadable(let host, _),
            .updateAlreadyPending(let host), .claimedByAnother(let host, _), .machineChanged(let host, _, _),
            .sameMachine(let host, _), .noWitness(let host), .memberMissing(let host, _, _),
            .nodeUnidentified(let host, _, _), .nodeNotReady(let host, _, _),
            .nodeOfAnotherBoot(let host, _, _), .nodeUncordoned(let host, _), .drainRefused(let host, _, _),
            .drainBlocked(let host, _, _, _, _), .etcdSeatUnknown(let host, _),
            .quorumWouldBreak(let host, _, _, _, _), .hostUnsafe(let host, _, _), .untold(let host, _, _),
            .engineBusy(let host, _), .spaceLacking(let host, _), .cgroupsRefused(let host, _),
            .clockSkewed(let host, _), .settingsDrift(let host, _, _), .userDataUnexpected(let host, _, _),
            .pastReturn(let host, _, _, _), .etcdBeforeUnknown(let host, _),
            .releaseLacks(let host, _, _, _), .etcdJump(let host, _, _, _, _, _),
            .etcdAfterUnknown(let host, _, _, _), .etcdDiffers(let host, _, _), .etcdTooOld(let host, _),
            .pointOfNoReturn(let host, _, _), .windowTooShort(let host, _, _), .notTakenUp(let host, _),
            .offerDiffers(let host, _, _), .nothingOffered(let host, _, _), .stepFailed(let host, _, _),
            .notReturned(let host, _, _), .rebootIgnored(let host, _), .reverted(let host, _, _),
            .wrongVersion(let host, _, _), .revertedBefore(let host, _), .rolledBack(let host, _, _),
            .notRolledBack(let host, _), .notGivenBack(let host, _), .otherPartitionNext(let host, _, _),
            .partitionTableDamaged(let host, _, _), .runningVersionStaged(let host, _),
            .settingOdd(let host, _), .unitsFailed(let host, _, _), .unitsStarting(let host, _),
            .unitsUnsteady(let host, _, _), .etcdSinceUnknown(let host, _),
            .memberPastReturn(let host, _, _, _, _, _), .etcdStagedDiffers(let host, _, _, _),
            .etcdJumped(let host, _, _, _, _, _), .memberPointOfNoReturn(let host, _, _, _),
            .hostLost(let host, _, _), .declaredLost(let host, _, _):
            host
        // Its own fleetctl fails.
        case .membershipUnknown(let witness, _): witness
        case .etcdMemberUnhealthy(_, _, _, let host), .etcdMemberUnknown(_, _, _, let host): host
        case .etcdUnknown(_, let host, _), .unitsUnknown(_, let host), .deisUnknown(_, let host): host
        case .hookHolds(_, let host, _), .hookFailed(_, let host, _, _), .hookUnheard(_, let host, _, _): host
        case .kubeletsSilent(let hosts): hosts.count == 1 ? hosts.first : nil
        case .membershipUnsteady, .fleetTTLUnknown, .fleetTTLDiffers, .etcdSeatShared, .etcdNowhere,
            .othersUncovered, .semaphoreClosed, .unitsDown, .deisDown, .nodesUnknown, .nodeOfAnotherRollout,
            .etcdUnsteady,
            .lockHeld, .lockLost, .lockUnknown, .semaphoreHeld, .semaphoreFree, .semaphoreUnknown,
            .outsideWindow, .windowUnknown, .pageShut, .orderUnknown, .journalLost, .leftBehind,
            .operatorHold, .stoppedAfter:
            nil
        }
    }

    /// The one host that was asked in this turn, where others are asked in the next ones: only its own next answer takes the
    /// reason back.
    public var witness: HostID? {
        switch self {
        case .deisDown(_, let host), .etcdMemberUnknown(_, let host, _, _): host
        case .unitsDown(_, let host), .etcdMemberUnhealthy(_, let host, _, _),
            .quorumWouldBreak(_, _, _, _, let host):
            host
        case .etcdUnknown(_, let host, _), .unitsUnknown(_, let host), .deisUnknown(_, let host): host
        default: nil
        }
    }
}
