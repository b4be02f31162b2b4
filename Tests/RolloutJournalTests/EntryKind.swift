import RolloutJournal
import RolloutModel

/// Every kind of entry, as `HoldKind` has the holds.
enum EntryKind: String, CaseIterable {
    case opened, attached, letGo, reserving, intent, said
    case event

    init(_ content: JournalEntry.Content) {
        switch content {
        case .opened: self = .opened
        case .attached: self = .attached
        case .letGo: self = .letGo
        case .reserving: self = .reserving
        case .intent: self = .intent
        case .said: self = .said
        case .event: self = .event
        }
    }
}
