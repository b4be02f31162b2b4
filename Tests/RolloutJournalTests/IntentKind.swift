import RolloutModel

/// Every intent, likewise.
enum IntentKind: String, CaseIterable {
    case stage, reboot, commit, evacuate, readmit, rollback
    case abandon, step

    init(_ intent: RolloutMachine.Intent) {
        switch intent {
        case .stage: self = .stage
        case .reboot: self = .reboot
        case .commit: self = .commit
        case .evacuate: self = .evacuate
        case .readmit: self = .readmit
        case .rollback: self = .rollback
        case .abandon: self = .abandon
        case .step: self = .step
        }
    }
}
