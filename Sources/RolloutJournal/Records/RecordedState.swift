import RolloutModel

/// The state that the entries of a record tell. A record is no rollout's journal.
public protocol RecordedState: Sendable {
    associatedtype Event: Codable, Hashable, Sendable

    /// The kind of record, for messages: `migration`.
    static var kind: String { get }
    /// The formats that this program reads. The last of them is the one that it writes.
    static var formats: ClosedRange<Int> { get }

    /// The format that a first entry names; nil for an entry that cannot be the first.
    static func format(of first: Event) -> Int?

    /// - Returns: nil for an event that cannot be the first.
    init?(first event: Event)

    /// - Returns: false for an event that cannot follow.
    mutating func apply(_ event: Event) -> Bool
}

extension MigrationState: RecordedState {
    public static var kind: String { "migration" }
    public static var formats: ClosedRange<Int> { MigrationEvent.formats }

    public static func format(of first: MigrationEvent) -> Int? {
        guard case .opened(let format, _) = first else { return nil }
        return format
    }
}

extension RunbookState: RecordedState {
    public static var kind: String { "runbook" }
    public static var formats: ClosedRange<Int> { RunbookEvent.formats }

    public static func format(of first: RunbookEvent) -> Int? {
        guard case .opened(let format, _, _) = first else { return nil }
        return format
    }
}
