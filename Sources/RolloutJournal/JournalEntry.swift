import RolloutModel

/// One line of a rollout's journal.
public struct JournalEntry: Codable, Hashable, Sendable {
    /// 1, 2, 3, … without a gap.
    public var number: Int
    /// ISO 8601, UTC. For people; nothing is decided by it.
    public var at: String
    public var what: Content

    public init(number: Int, at: String, what: Content) {
        self.number = number
        self.at = at
        self.what = what
    }

    public enum Content: Hashable, Sendable {
        /// Always and only the first entry.
        ///
        /// - configuration: the digest of the configuration the rollout began with.
        /// - settings: of that configuration, as `ConfigurationMark` has them.
        case opened(format: Int, plan: Plan, configuration: String, settings: [String: String]? = nil)
        /// A coordinator took the rollout up, under this fencing token, with these settings.
        case attached(token: Token, by: String, with: ConfigurationMark? = nil)
        /// The rollout has ended and does not have the cluster any more, which it had under this token.
        case letGo(token: Token)
        /// locksmith's semaphore is about to be taken, under this id, and then held to the end. Durable before it is.
        case reserving(holder: String)
        /// What is about to be done. Durable before it is done.
        case intent(RolloutMachine.Intent)
        /// What a hook of the operator's said. Nothing follows from it but what the next event says.
        case said(HookWord)
        /// What happened. Durable before anything follows from it.
        case event(RolloutMachine.Event)
    }

    /// The format that this program writes.
    ///
    /// 1 knows no ways back, 2 has them. From 3 on lines are chained. 4 is raised for the plan's keys, events and holds
    /// that came while 3 was written.
    public static let format = 4
    /// The formats that this program reads.
    public static let formats = 1...format
    /// The first format whose lines end in a digest.
    static let firstChained = 3
}
