import Rollouts

/// The people who are told a rehearsed rollout as they would be told a real one.
public struct RehearsalAudience: Sendable {
    /// The time between two looks at a cluster that is not whole yet.
    public var interval: Duration
    /// Is called with every notice, at its time.
    public var notice: @Sendable (Notice) -> Void
    /// Is called with every question, before it is answered.
    public var question: @Sendable (Question) async -> Void

    public init(
        interval: Duration, notice: @escaping @Sendable (Notice) -> Void,
        question: @escaping @Sendable (Question) async -> Void
    ) {
        self.interval = interval
        self.notice = notice
        self.question = question
    }

    func hear(_ notice: Notice) { self.notice(notice) }

    func hear(_ question: Question) async { await self.question(question) }
}
