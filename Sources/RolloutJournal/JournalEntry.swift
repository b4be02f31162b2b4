import RolloutModel

/// A line of a rollout's journal.
public struct JournalEntry: Codable, Hashable, Sendable {
    /// 1, 2, 3, … without a gap.
    public var number: Int
    /// The time, ISO 8601, UTC, for people. No decision depends on it.
    public var at: String
    public var what: Content
    /// The evidence of gates that opened, or of a node that was drained, in the entry that says so; nil where none was kept,
    /// as in every other entry and in journals from before it was. Nothing follows from it.
    public var evidence: GateEvidence?
    /// True if the entry has evidence that could not be read. The rollout is told all the same: nothing follows from it.
    public private(set) var hasUnreadableEvidence = false

    /// - Parameter evidence: nil for an entry of anything but gates that opened, or a node that was drained.
    public init(number: Int, at: String, what: Content, evidence: GateEvidence?) {
        self.number = number
        self.at = at
        self.what = what
        self.evidence = evidence
    }

    private enum CodingKeys: String, CodingKey { case number, at, what, evidence }

    public init(from decoder: any Decoder) throws {
        let entry = try decoder.container(keyedBy: CodingKeys.self)
        number = try entry.decode(Int.self, forKey: .number)
        at = try entry.decode(String.self, forKey: .at)
        what = try entry.decode(Content.self, forKey: .what)
        do {
            evidence = try entry.decodeIfPresent(GateEvidence.self, forKey: .evidence)
        } catch {
            hasUnreadableEvidence = true
        }
    }

    public enum Content: Hashable, Sendable {
        /// The first entry, and only the first.
        ///
        /// - configuration: the digest of the configuration that the rollout began with.
        /// - settings: the settings of that configuration, as in `ConfigurationMark`.
        case opened(format: Int, plan: Plan, configuration: String, settings: [String: String]? = nil)
        /// A coordinator took the rollout up, under this fencing token, with these settings.
        case attached(token: Token, by: String, with: ConfigurationMark? = nil)
        /// The rollout has ended and released the cluster lock, which it had under this token.
        case letGo(token: Token)
        /// The rollout is about to take locksmith's semaphore, under this id, and keeps it to its end. The entry is
        /// durable before the semaphore is taken.
        case reserving(holder: String)
        /// An act is about to be done. The entry is durable before the act begins.
        case intent(RolloutMachine.Intent)
        /// A hook of the operator's gave a word. No state changes before the next event.
        case said(HookWord)
        /// An event happened. The entry is durable before anything follows from the event.
        case event(RolloutMachine.Event)
    }

    /// The format that this program writes.
    ///
    /// 1 has no ways back, 2 has them. From 3 on lines are chained. 4 is raised for the plan's keys, events and holds
    /// that came while 3 was written.
    public static let format = 4
    /// The formats that this program reads.
    public static let formats = 1...format
    /// The first format whose lines end in a digest.
    static let firstChained = 3
}
