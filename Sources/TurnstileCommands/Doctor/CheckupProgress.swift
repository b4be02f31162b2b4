import Foundation
import Reports
import RolloutModel
import Synchronization

/// The open questions, with who is asked and since when, on one living line of a terminal. Silent without a terminal.
package final class CheckupProgress: Sendable {
    private struct Question {
        var what: String
        var since: ContinuousClock.Instant
    }

    private let terminal: Terminal
    private let now: @Sendable () -> ContinuousClock.Instant
    private let write: @Sendable (String) -> Void
    /// By who is asked.
    private let open = Mutex<[String: Question]>([:])

    private static let interval = Duration.milliseconds(200)
    /// More names nobody reads.
    private static let namesMax = 3

    package init(
        terminal: Terminal, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        write: @escaping @Sendable (String) -> Void = { FileHandle.standardError.put($0) }
    ) {
        self.terminal = terminal
        self.now = now
        self.write = write
    }

    package func asks(_ who: String, _ what: String) {
        open.withLock { $0[who] = Question(what: what, since: now()) }
    }

    package func heard(_ who: String) {
        open.withLock { $0[who] = nil }
    }

    /// Runs a body and keeps the line alive meanwhile.
    func following<Value: Sendable>(_ body: @Sendable () async -> Value) async -> Value {
        guard terminal.isLive else { return await body() }
        return await withTaskGroup(of: Void.self) { group in
            group.addTask { [self] in
                while (try? await Task.sleep(for: Self.interval)) != nil { show() }
            }
            let value = await body()
            group.cancelAll()
            await group.waitForAll()
            write(Terminal.eraseLine)
            return value
        }
    }

    package func show() {
        // A line that wraps could not be taken back.
        let room = max(1, (terminal.columns ?? 80) - 1)
        let line = ShortText.clipped(ForeignText.line(line), to: room)
        write(Terminal.eraseLine + terminal.paint(line, .dim))
    }

    /// The longest wait first.
    private var line: String {
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
