import Reports
import RolloutModel
import Synchronization

/// The open questions, with who is asked and since when, on one living line of a terminal. Silent without a terminal.
package final class CheckupProgress: Sendable {
    private struct Question {
        var what: String
        var since: ContinuousClock.Instant
    }

    private let line: LivingLine
    private let now: @Sendable () -> ContinuousClock.Instant
    /// By who is asked.
    private let open = Mutex<[String: Question]>([:])

    /// More names nobody reads.
    private static let namesMax = 3

    /// - Parameter board: shows these lines in the place of those before.
    package init(
        terminal: Terminal, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        board: @escaping @Sendable (_ lines: [String], _ columns: Int) -> Void = {
            LivingBlock.shared.show($0, columns: $1)
        }
    ) {
        line = LivingLine(terminal: terminal, board: board)
        self.now = now
    }

    /// Runs a body that asks so many hosts, and keeps a line alive meanwhile.
    ///
    /// - Parameter what: what they are asked, in a few words.
    static func asking<Value, Failure: Error>(
        _ what: String, of hostCount: Int, _ body: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let progress = CheckupProgress(terminal: .standardError())
        progress.asks(hostCount == 1 ? "1 host" : "\(hostCount) hosts", what)
        return try await progress.following(body)
    }

    package func asks(_ who: String, _ what: String) {
        open.withLock { $0[who] = Question(what: what, since: now()) }
    }

    package func heard(_ who: String) {
        open.withLock { $0[who] = nil }
    }

    /// Runs a body and keeps the line alive meanwhile.
    func following<Value, Failure: Error>(
        _ body: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        try await line.following({ self.words }, body)
    }

    package func show() { line.show(words) }

    /// The longest wait first.
    private var words: String {
        let now = now()
        let waits = open.withLock { $0.sorted { ($0.value.since, $0.key) < ($1.value.since, $1.key) } }
        guard !waits.isEmpty else { return "looking" }
        let names = waits.prefix(Self.namesMax).map { who, question in
            "\(who) (\(question.what), \((now - question.since).components.seconds) s)"
        }
        let more = waits.count > Self.namesMax ? " and \(waits.count - Self.namesMax) more" : ""
        return "asking " + names.joined(separator: ", ") + more
    }
}
