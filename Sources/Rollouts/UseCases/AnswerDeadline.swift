import RolloutModel

/// A time within which an answer comes, or is not waited for any longer.
struct AnswerDeadline: Sendable {
    var limit: Duration
    /// Lets a time pass. The wait ends early where its task is cancelled.
    var pass: @Sendable (Duration) async -> Void

    var half: AnswerDeadline { AnswerDeadline(limit: limit / 2, pass: pass) }

    /// The time in words: `within 9 s`.
    var words: String { "within \(limit.words)" }

    /// - Parameter body: ends soon once its task is cancelled.
    /// - Returns: nil where the body did not end in time.
    func ask<Value: Sendable>(_ body: @escaping @Sendable () async -> Value) async -> Value? {
        await withTaskGroup(of: Value?.self) { group in
            group.addTask { await body() }
            group.addTask {
                await pass(limit)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
    }
}
