/// An answer that is waited for until a deadline. The question goes on, for others who ask it.
enum BoundedAnswer {
    /// - Returns: nil where the answer did not come in time, or the task was called off.
    static func wait<Value: Sendable>(
        until deadline: ContinuousClock.Instant, for ask: @escaping @Sendable () async -> Value
    ) async -> Value? {
        let (answers, signal) = AsyncStream.makeStream(of: Value?.self)
        Task { signal.yield(await ask()) }
        let timer = Task {
            // Ended early only by the cancellation below, when nobody listens.
            try? await Task.sleep(until: deadline, clock: .continuous)
            signal.yield(nil)
        }
        defer { timer.cancel() }
        for await answer in answers { return answer }
        return nil
    }
}
