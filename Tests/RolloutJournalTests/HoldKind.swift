import RolloutModel

/// Every reason to hold, by the name that journals have for it. A reason that is new does not compile before it has its
/// name here, and a name is not enough: `KeptKindTests` looks for it in a kept journal.
enum HoldKind: String, CaseIterable {
    case hostUnreadable, hostUncommitted, partitionsUnreadable, updateAlreadyPending, otherPartitionNext
    case partitionTableDamaged, runningVersionStaged, settingOdd, claimedByAnother, machineChanged
    case sameMachine, noWitness, membershipUnknown, memberMissing, membershipUnsteady
    case fleetTTLUnknown, fleetTTLDiffers, unitsDown, unitsUnknown, unitsFailed
    case unitsStarting, unitsUnsteady, deisDown, deisUnknown, nodesUnknown
    case nodeUnidentified, nodeNotReady, nodeOfAnotherBoot, kubeletsSilent, nodeOfAnotherRollout
    case nodeUncordoned, drainRefused, drainBlocked, etcdUnknown, etcdSeatUnknown
    case etcdMemberUnhealthy, etcdMemberUnknown, etcdSeatShared, etcdNowhere, etcdUnsteady
    case quorumWouldBreak, hostUnsafe, untold, engineBusy, spaceLacking
    case cgroupsRefused, clockSkewed, settingsDrift, userDataUnexpected, pastReturn
    case etcdBeforeUnknown, etcdSinceUnknown, memberPastReturn, releaseLacks, etcdJump
    case etcdAfterUnknown, etcdStagedDiffers, etcdJumped, etcdDiffers, etcdTooOld
    case pointOfNoReturn, memberPointOfNoReturn, lockHeld, lockLost, lockUnknown
    case othersUncovered, semaphoreHeld, semaphoreFree, semaphoreClosed, semaphoreUnknown
    case outsideWindow, windowTooShort, windowUnknown, hookHolds, hookFailed
    case hookUnheard, pageShut, orderUnknown, journalLost, notTakenUp
    case offerDiffers, nothingOffered, leftBehind, stepFailed, notReturned
    case rebootIgnored, reverted, wrongVersion, revertedBefore, rolledBack
    case notRolledBack, notGivenBack, operatorHold, stoppedAfter, hostLost
    case declaredLost

    init(_ reason: HoldReason) {
        switch reason {
        case .hostUnreadable: self = .hostUnreadable
        case .hostUncommitted: self = .hostUncommitted
        case .partitionsUnreadable: self = .partitionsUnreadable
        case .updateAlreadyPending: self = .updateAlreadyPending
        case .otherPartitionNext: self = .otherPartitionNext
        case .partitionTableDamaged: self = .partitionTableDamaged
        case .runningVersionStaged: self = .runningVersionStaged
        case .settingOdd: self = .settingOdd
        case .claimedByAnother: self = .claimedByAnother
        case .machineChanged: self = .machineChanged
        case .sameMachine: self = .sameMachine
        case .noWitness: self = .noWitness
        case .membershipUnknown: self = .membershipUnknown
        case .memberMissing: self = .memberMissing
        case .membershipUnsteady: self = .membershipUnsteady
        case .fleetTTLUnknown: self = .fleetTTLUnknown
        case .fleetTTLDiffers: self = .fleetTTLDiffers
        case .unitsDown: self = .unitsDown
        case .unitsUnknown: self = .unitsUnknown
        case .unitsFailed: self = .unitsFailed
        case .unitsStarting: self = .unitsStarting
        case .unitsUnsteady: self = .unitsUnsteady
        case .deisDown: self = .deisDown
        case .deisUnknown: self = .deisUnknown
        case .nodesUnknown: self = .nodesUnknown
        case .nodeUnidentified: self = .nodeUnidentified
        case .nodeNotReady: self = .nodeNotReady
        case .nodeOfAnotherBoot: self = .nodeOfAnotherBoot
        case .kubeletsSilent: self = .kubeletsSilent
        case .nodeOfAnotherRollout: self = .nodeOfAnotherRollout
        case .nodeUncordoned: self = .nodeUncordoned
        case .drainRefused: self = .drainRefused
        case .drainBlocked: self = .drainBlocked
        case .etcdUnknown: self = .etcdUnknown
        case .etcdSeatUnknown: self = .etcdSeatUnknown
        case .etcdMemberUnhealthy: self = .etcdMemberUnhealthy
        case .etcdMemberUnknown: self = .etcdMemberUnknown
        case .etcdSeatShared: self = .etcdSeatShared
        case .etcdNowhere: self = .etcdNowhere
        case .etcdUnsteady: self = .etcdUnsteady
        case .quorumWouldBreak: self = .quorumWouldBreak
        case .hostUnsafe: self = .hostUnsafe
        case .untold: self = .untold
        case .engineBusy: self = .engineBusy
        case .spaceLacking: self = .spaceLacking
        case .cgroupsRefused: self = .cgroupsRefused
        case .clockSkewed: self = .clockSkewed
        case .settingsDrift: self = .settingsDrift
        case .userDataUnexpected: self = .userDataUnexpected
        case .pastReturn: self = .pastReturn
        case .etcdBeforeUnknown: self = .etcdBeforeUnknown
        case .etcdSinceUnknown: self = .etcdSinceUnknown
        case .memberPastReturn: self = .memberPastReturn
        case .releaseLacks: self = .releaseLacks
        case .etcdJump: self = .etcdJump
        case .etcdAfterUnknown: self = .etcdAfterUnknown
        case .etcdStagedDiffers: self = .etcdStagedDiffers
        case .etcdJumped: self = .etcdJumped
        case .etcdDiffers: self = .etcdDiffers
        case .etcdTooOld: self = .etcdTooOld
        case .pointOfNoReturn: self = .pointOfNoReturn
        case .memberPointOfNoReturn: self = .memberPointOfNoReturn
        case .lockHeld: self = .lockHeld
        case .lockLost: self = .lockLost
        case .lockUnknown: self = .lockUnknown
        case .othersUncovered: self = .othersUncovered
        case .semaphoreHeld: self = .semaphoreHeld
        case .semaphoreFree: self = .semaphoreFree
        case .semaphoreClosed: self = .semaphoreClosed
        case .semaphoreUnknown: self = .semaphoreUnknown
        case .outsideWindow: self = .outsideWindow
        case .windowTooShort: self = .windowTooShort
        case .windowUnknown: self = .windowUnknown
        case .hookHolds: self = .hookHolds
        case .hookFailed: self = .hookFailed
        case .hookUnheard: self = .hookUnheard
        case .pageShut: self = .pageShut
        case .orderUnknown: self = .orderUnknown
        case .journalLost: self = .journalLost
        case .notTakenUp: self = .notTakenUp
        case .offerDiffers: self = .offerDiffers
        case .nothingOffered: self = .nothingOffered
        case .leftBehind: self = .leftBehind
        case .stepFailed: self = .stepFailed
        case .notReturned: self = .notReturned
        case .rebootIgnored: self = .rebootIgnored
        case .reverted: self = .reverted
        case .wrongVersion: self = .wrongVersion
        case .revertedBefore: self = .revertedBefore
        case .rolledBack: self = .rolledBack
        case .notRolledBack: self = .notRolledBack
        case .notGivenBack: self = .notGivenBack
        case .operatorHold: self = .operatorHold
        case .stoppedAfter: self = .stoppedAfter
        case .hostLost: self = .hostLost
        case .declaredLost: self = .declaredLost
        }
    }
}
