import RolloutModel

/// Every event, likewise.
enum EventKind: String, CaseIterable {
    case began, gatesOpened, gatesHeld, staged, nothingOffered, offerDiffered
    case stepFailed, refusedAsReverted, prefetchDoubted, returned, notReturned, rebootNotBegun, cameUp
    case committed, evacuated, readmitted, holdRequested, resumed, rollbackRequested
    case abandonRequested, abandoned, lost, step

    init(_ event: RolloutMachine.Event) {
        switch event {
        case .began: self = .began
        case .gatesOpened: self = .gatesOpened
        case .gatesHeld: self = .gatesHeld
        case .staged: self = .staged
        case .nothingOffered: self = .nothingOffered
        case .offerDiffered: self = .offerDiffered
        case .stepFailed: self = .stepFailed
        case .refusedAsReverted: self = .refusedAsReverted
        case .prefetchDoubted: self = .prefetchDoubted
        case .returned: self = .returned
        case .notReturned: self = .notReturned
        case .rebootNotBegun: self = .rebootNotBegun
        case .cameUp: self = .cameUp
        case .committed: self = .committed
        case .evacuated: self = .evacuated
        case .readmitted: self = .readmitted
        case .holdRequested: self = .holdRequested
        case .resumed: self = .resumed
        case .rollbackRequested: self = .rollbackRequested
        case .abandonRequested: self = .abandonRequested
        case .abandoned: self = .abandoned
        case .lost: self = .lost
        case .step: self = .step
        }
    }
}
