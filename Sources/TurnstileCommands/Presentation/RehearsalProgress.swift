import Reports
import Synchronization

/// The number of nights of a rehearsal that were played, on one living line of a terminal. Silent without a terminal.
final class RehearsalProgress: Sendable {
    private let line: LivingLine
    private let nights: UInt64
    private let now: @Sendable () -> ContinuousClock.Instant
    private let began: ContinuousClock.Instant
    private let played = Mutex(UInt64(0))

    /// - Parameters:
    ///   - nights: the number of nights that are played in all.
    ///   - board: shows these lines in the place of those before.
    init(
        nights: UInt64, terminal: Terminal, now: @escaping @Sendable () -> ContinuousClock.Instant,
        board: @escaping @Sendable (_ lines: [String], _ columns: Int) -> Void
    ) {
        line = LivingLine(terminal: terminal, board: board)
        self.nights = nights
        self.now = now
        began = now()
    }

    /// On this program's standard error.
    convenience init(nights: UInt64) {
        self.init(
            nights: nights, terminal: .standardError(), now: { .now },
            board: { LivingBlock.shared.show($0, columns: $1) })
    }

    /// A night was played to its end.
    func ended() { played.withLock { $0 += 1 } }

    /// Runs a body and keeps the line alive meanwhile.
    func following<Value, Failure: Error>(
        _ body: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        try await line.following({ self.words }, body)
    }

    var words: String {
        let waited = (now() - began).components.seconds
        return "played \(played.withLock { $0 }) of \(nights) nights, \(waited) s"
    }
}
