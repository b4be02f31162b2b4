extension HoldReason {
    /// nil for what concerns a rollout, and not the set-up.
    var check: Checkup.Check? {
        switch self {
        case .fleet: .fleet
        case .etcd(.etcdSeatShared), .etcd(.etcdNowhere): .etcd
        case .etcd: .members
        case .nodes: .kubernetes
        case .consul: .consul
        case .host(.claimedByAnother), .lock, .person(.declaredLost): .lock
        case .host(.hostUnsafe(_, "locksmithd.service", _)), .semaphore: .reboots
        case .preflight(.settingOdd), .preflight(.engineBusy): .engine
        case .host, .preflight, .drift, .step(.revertedBefore): .host
        case .window, .clock, .hostUnits, .deis, .release, .noReturn, .operatorGate, .plan, .offer,
            .step, .person, .platform:
            nil
        }
    }

    /// Somebody is at it, and nothing is wrong with the set-up.
    var isForAPassingTime: Bool {
        switch self {
        case .host(.claimedByAnother), .lock, .semaphore(.semaphoreHeld), .semaphore(.semaphoreClosed),
            .preflight(.engineBusy), .step(.revertedBefore):
            true
        default: false
        }
    }
}
