import RolloutModel

/// The kinds of results of a step, likewise.
enum FoundKind: String, CaseIterable {
    case gatesOpened, gatesHeld, heard, refused, unheard, cutOff
    case proved, absent, unseen, unproved

    init(_ found: StepsEvent.Found) {
        switch found {
        case .gatesOpened: self = .gatesOpened
        case .gatesHeld: self = .gatesHeld
        case .heard: self = .heard
        case .refused: self = .refused
        case .unheard: self = .unheard
        case .cutOff: self = .cutOff
        case .proved: self = .proved
        case .absent: self = .absent
        case .unseen: self = .unseen
        case .unproved: self = .unproved
        }
    }
}
