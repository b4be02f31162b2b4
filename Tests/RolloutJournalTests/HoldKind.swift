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
    case rebootIgnored, prefetchDoubted, reverted, wrongVersion, revertedBefore, rolledBack
    case notRolledBack, notGivenBack, operatorHold, stoppedAfter, hostLost
    case declaredLost, othersUnknown, unitsStopped
    case consulUnknown, consulGone, consulNowhere, consulNodeShared, consulDatacentersDiffer
    case consulLeaderless, consulServerDown, consulQuorumWouldBreak, consulNoWitness, consulMemberMissing
    case offerUnconfirmed
    case consulVoteAwaited, consulVoteLost, consulUnsteady
    case platformUnreadable, platformEtcdUnwell, platformMachineMissing, platformVersionUnknown
    case platformDomainUnset, controllerSilent, controllerAPIUnknown, majorDiffers
    case versionNotHigher, gracefulTooOld, takeoverTooOld, deisctlUnusable
    case deisctlDiffers, templatesMissing, templatesUnreadable, imageKept
    case proxyProtocolUnsaid, routersTooMany, loneRouter, routerNumberMissing
    case applicationsLikeRouters, componentAbsent, addressesMalformed, backupMissing
    case unitsStillRun, controlPlaneRuns, unitsLeft, installWouldStop
    case unitsNotInstalled, unitsWithoutPlace, unitsOld, deisctlAtWork, unitsNotRunning, unitsFailing
    case versionKeyDiffers, proxyProtocolDiffers, addressesRunOut, addressesOutlive
    case applicationsUnpublished, applicationsDark, routerUnwell, noOtherRouter
    case controllerDiffers, deisctlRefused, stepWithoutEffect, databaseWouldMigrate

    init(_ reason: HoldReason) {
        switch reason {
        case .host(.hostUnreadable): self = .hostUnreadable
        case .host(.hostUncommitted): self = .hostUncommitted
        case .host(.partitionsUnreadable): self = .partitionsUnreadable
        case .host(.updateAlreadyPending): self = .updateAlreadyPending
        case .host(.otherPartitionNext): self = .otherPartitionNext
        case .preflight(.partitionTableDamaged): self = .partitionTableDamaged
        case .offer(.runningVersionStaged): self = .runningVersionStaged
        case .preflight(.settingOdd): self = .settingOdd
        case .host(.claimedByAnother): self = .claimedByAnother
        case .host(.machineChanged): self = .machineChanged
        case .host(.sameMachine): self = .sameMachine
        case .fleet(.noWitness): self = .noWitness
        case .fleet(.membershipUnknown): self = .membershipUnknown
        case .fleet(.memberMissing): self = .memberMissing
        case .fleet(.membershipUnsteady): self = .membershipUnsteady
        case .fleet(.fleetTTLUnknown): self = .fleetTTLUnknown
        case .fleet(.fleetTTLDiffers): self = .fleetTTLDiffers
        case .fleet(.unitsDown): self = .unitsDown
        case .fleet(.unitsUnknown): self = .unitsUnknown
        case .hostUnits(.unitsFailed): self = .unitsFailed
        case .hostUnits(.unitsStopped): self = .unitsStopped
        case .hostUnits(.unitsStarting): self = .unitsStarting
        case .hostUnits(.unitsUnsteady): self = .unitsUnsteady
        case .deis(.deisDown): self = .deisDown
        case .deis(.deisUnknown): self = .deisUnknown
        case .nodes(.nodesUnknown): self = .nodesUnknown
        case .nodes(.nodeUnidentified): self = .nodeUnidentified
        case .nodes(.nodeNotReady): self = .nodeNotReady
        case .nodes(.nodeOfAnotherBoot): self = .nodeOfAnotherBoot
        case .nodes(.kubeletsSilent): self = .kubeletsSilent
        case .nodes(.nodeOfAnotherRollout): self = .nodeOfAnotherRollout
        case .nodes(.nodeUncordoned): self = .nodeUncordoned
        case .nodes(.drainRefused): self = .drainRefused
        case .nodes(.drainBlocked): self = .drainBlocked
        case .consul(.consulUnknown): self = .consulUnknown
        case .consul(.consulGone): self = .consulGone
        case .consul(.consulNowhere): self = .consulNowhere
        case .consul(.consulNodeShared): self = .consulNodeShared
        case .consul(.consulDatacentersDiffer): self = .consulDatacentersDiffer
        case .consul(.consulLeaderless): self = .consulLeaderless
        case .consul(.consulServerDown): self = .consulServerDown
        case .consul(.consulQuorumWouldBreak): self = .consulQuorumWouldBreak
        case .consul(.consulNoWitness): self = .consulNoWitness
        case .consul(.consulMemberMissing): self = .consulMemberMissing
        case .consul(.consulVoteAwaited): self = .consulVoteAwaited
        case .consul(.consulVoteLost): self = .consulVoteLost
        case .consul(.consulUnsteady): self = .consulUnsteady
        case .etcd(.etcdUnknown): self = .etcdUnknown
        case .etcd(.etcdSeatUnknown): self = .etcdSeatUnknown
        case .etcd(.etcdMemberUnhealthy): self = .etcdMemberUnhealthy
        case .etcd(.etcdMemberUnknown): self = .etcdMemberUnknown
        case .etcd(.etcdSeatShared): self = .etcdSeatShared
        case .etcd(.etcdNowhere): self = .etcdNowhere
        case .etcd(.etcdUnsteady): self = .etcdUnsteady
        case .etcd(.quorumWouldBreak): self = .quorumWouldBreak
        case .host(.hostUnsafe): self = .hostUnsafe
        case .host(.untold): self = .untold
        case .preflight(.engineBusy): self = .engineBusy
        case .preflight(.spaceLacking): self = .spaceLacking
        case .preflight(.cgroupsRefused): self = .cgroupsRefused
        case .clock(.clockSkewed): self = .clockSkewed
        case .drift(.settingsDrift): self = .settingsDrift
        case .drift(.userDataUnexpected): self = .userDataUnexpected
        case .noReturn(.pastReturn): self = .pastReturn
        case .noReturn(.etcdBeforeUnknown): self = .etcdBeforeUnknown
        case .noReturn(.etcdSinceUnknown): self = .etcdSinceUnknown
        case .noReturn(.memberPastReturn): self = .memberPastReturn
        case .release(.releaseLacks): self = .releaseLacks
        case .release(.etcdJump): self = .etcdJump
        case .release(.etcdAfterUnknown): self = .etcdAfterUnknown
        case .release(.etcdStagedDiffers): self = .etcdStagedDiffers
        case .release(.etcdJumped): self = .etcdJumped
        case .release(.etcdDiffers): self = .etcdDiffers
        case .etcd(.etcdTooOld): self = .etcdTooOld
        case .noReturn(.pointOfNoReturn): self = .pointOfNoReturn
        case .noReturn(.memberPointOfNoReturn): self = .memberPointOfNoReturn
        case .lock(.lockHeld): self = .lockHeld
        case .lock(.lockLost): self = .lockLost
        case .lock(.lockUnknown): self = .lockUnknown
        case .lock(.othersUncovered): self = .othersUncovered
        case .lock(.othersUnknown): self = .othersUnknown
        case .semaphore(.semaphoreHeld): self = .semaphoreHeld
        case .semaphore(.semaphoreFree): self = .semaphoreFree
        case .semaphore(.semaphoreClosed): self = .semaphoreClosed
        case .semaphore(.semaphoreUnknown): self = .semaphoreUnknown
        case .window(.outsideWindow): self = .outsideWindow
        case .window(.windowTooShort): self = .windowTooShort
        case .window(.windowUnknown): self = .windowUnknown
        case .operatorGate(.hookHolds): self = .hookHolds
        case .operatorGate(.hookFailed): self = .hookFailed
        case .operatorGate(.hookUnheard): self = .hookUnheard
        case .operatorGate(.pageShut): self = .pageShut
        case .plan(.orderUnknown): self = .orderUnknown
        case .plan(.journalLost): self = .journalLost
        case .plan(.notTakenUp): self = .notTakenUp
        case .offer(.offerDiffers): self = .offerDiffers
        case .offer(.nothingOffered): self = .nothingOffered
        case .offer(.leftBehind): self = .leftBehind
        case .offer(.offerUnconfirmed): self = .offerUnconfirmed
        case .step(.stepFailed): self = .stepFailed
        case .step(.notReturned): self = .notReturned
        case .step(.rebootIgnored): self = .rebootIgnored
        case .step(.reverted): self = .reverted
        case .step(.wrongVersion): self = .wrongVersion
        case .step(.revertedBefore): self = .revertedBefore
        case .step(.prefetchDoubted): self = .prefetchDoubted
        case .step(.rolledBack): self = .rolledBack
        case .step(.notRolledBack): self = .notRolledBack
        case .step(.notGivenBack): self = .notGivenBack
        case .person(.operatorHold): self = .operatorHold
        case .person(.stoppedAfter): self = .stoppedAfter
        case .person(.hostLost): self = .hostLost
        case .person(.declaredLost): self = .declaredLost
        case .platform(.platformUnreadable): self = .platformUnreadable
        case .platform(.platformEtcdUnwell): self = .platformEtcdUnwell
        case .platform(.platformMachineMissing): self = .platformMachineMissing
        case .platform(.platformVersionUnknown): self = .platformVersionUnknown
        case .platform(.platformDomainUnset): self = .platformDomainUnset
        case .platform(.controllerSilent): self = .controllerSilent
        case .platform(.controllerAPIUnknown): self = .controllerAPIUnknown
        case .platform(.majorDiffers): self = .majorDiffers
        case .platform(.versionNotHigher): self = .versionNotHigher
        case .platform(.gracefulTooOld): self = .gracefulTooOld
        case .platform(.takeoverTooOld): self = .takeoverTooOld
        case .platform(.deisctlUnusable): self = .deisctlUnusable
        case .platform(.deisctlDiffers): self = .deisctlDiffers
        case .platform(.templatesMissing): self = .templatesMissing
        case .platform(.templatesUnreadable): self = .templatesUnreadable
        case .platform(.imageKept): self = .imageKept
        case .platform(.proxyProtocolUnsaid): self = .proxyProtocolUnsaid
        case .platform(.routersTooMany): self = .routersTooMany
        case .platform(.loneRouter): self = .loneRouter
        case .platform(.routerNumberMissing): self = .routerNumberMissing
        case .platform(.applicationsLikeRouters): self = .applicationsLikeRouters
        case .platform(.componentAbsent): self = .componentAbsent
        case .platform(.addressesMalformed): self = .addressesMalformed
        case .platform(.backupMissing): self = .backupMissing
        case .platform(.unitsStillRun): self = .unitsStillRun
        case .platform(.controlPlaneRuns): self = .controlPlaneRuns
        case .platform(.unitsLeft): self = .unitsLeft
        case .platform(.installWouldStop): self = .installWouldStop
        case .platform(.unitsNotInstalled): self = .unitsNotInstalled
        case .platform(.unitsWithoutPlace): self = .unitsWithoutPlace
        case .platform(.unitsOld): self = .unitsOld
        case .platform(.deisctlAtWork): self = .deisctlAtWork
        case .platform(.unitsNotRunning): self = .unitsNotRunning
        case .platform(.unitsFailing): self = .unitsFailing
        case .platform(.versionKeyDiffers): self = .versionKeyDiffers
        case .platform(.proxyProtocolDiffers): self = .proxyProtocolDiffers
        case .platform(.addressesRunOut): self = .addressesRunOut
        case .platform(.addressesOutlive): self = .addressesOutlive
        case .platform(.applicationsUnpublished): self = .applicationsUnpublished
        case .platform(.applicationsDark): self = .applicationsDark
        case .platform(.routerUnwell): self = .routerUnwell
        case .platform(.noOtherRouter): self = .noOtherRouter
        case .platform(.controllerDiffers): self = .controllerDiffers
        case .platform(.deisctlRefused): self = .deisctlRefused
        case .platform(.stepWithoutEffect): self = .stepWithoutEffect
        case .platform(.databaseWouldMigrate): self = .databaseWouldMigrate
        }
    }
}
