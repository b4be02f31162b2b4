import RolloutModel

/// The kinds of entries of a migration's record.
enum MigrationKind: String, CaseIterable {
    case opened, planned, attached, claiming, claimed, released
    case began, adopted, reopened, asking, answered, proved, remarked, held, naming, named, cutOver

    init(_ event: MigrationEvent) {
        switch event {
        case .opened: self = .opened
        case .planned: self = .planned
        case .attached: self = .attached
        case .claiming: self = .claiming
        case .claimed: self = .claimed
        case .released: self = .released
        case .began: self = .began
        case .adopted: self = .adopted
        case .reopened: self = .reopened
        case .asking: self = .asking
        case .answered: self = .answered
        case .proved: self = .proved
        case .remarked: self = .remarked
        case .held: self = .held
        case .naming: self = .naming
        case .named: self = .named
        case .cutOver: self = .cutOver
        }
    }
}
