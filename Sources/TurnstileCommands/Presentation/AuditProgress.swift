import Foundation
import Reports
import RolloutModel
import Synchronization

/// How far an audit is, on one living line of a terminal: how many are done, how many of them failed, and who is waited
/// for the longest. Elsewhere it says nothing.
package final class AuditProgress: Sendable {
    private struct State {
        var done = 0
        var failed = 0
        /// By place, when each began.
        var inFlight: [Int: ContinuousClock.Instant] = [:]
        var shownAt: ContinuousClock.Instant?
        var isThere = false
    }

    private let hosts: [HostID]
    private let terminal: Terminal
    private let now: @Sendable () -> ContinuousClock.Instant
    private let write: @Sendable (String) -> Void
    private let state = Mutex(State())

    /// Between two lines.
    private static let interval = Duration.milliseconds(200)
    /// A host that is done sooner is not slow.
    private static let slow = Duration.seconds(3)
    private static let erase = Terminal.eraseLine

    package init(
        hosts: [HostID], terminal: Terminal,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        write: @escaping @Sendable (String) -> Void = { FileHandle.standardError.put($0) }
    ) {
        self.hosts = hosts
        self.terminal = terminal
        self.now = now
        self.write = write
    }

    package func began(_ place: Int) {
        guard terminal.isLive else { return }
        state.withLock { $0.inFlight[place] = now() }
    }

    package func ended(_ place: Int, failed: Bool) {
        guard terminal.isLive else { return }
        state.withLock { state in
            state.inFlight[place] = nil
            state.done += 1
            if failed { state.failed += 1 }
            show(&state)
        }
    }

    /// Runs the audit and keeps the line alive meanwhile, also while no host ends.
    func following(_ audit: () async -> Void) async {
        guard terminal.isLive else { return await audit() }
        await withDiscardingTaskGroup { group in
            group.addTask { [self] in
                while (try? await Task.sleep(for: Self.interval)) != nil { state.withLock { show(&$0) } }
            }
            await audit()
            group.cancelAll()
        }
        hide()
    }

    /// Takes the line away, for others to write there, until there is something new to show.
    package func hide() {
        state.withLock { state in
            guard state.isThere else { return }
            state.isThere = false
            write(Self.erase)
        }
    }

    private func show(_ state: inout State) {
        let now = now()
        if let shownAt = state.shownAt, now - shownAt < Self.interval { return }
        state.shownAt = now
        state.isThere = true
        // A line that wraps could not be taken back.
        let room = (terminal.columns ?? 80) - 1
        let line = ShortText.clipped(ForeignText.line(line(state, at: now)), to: room)
        write(Self.erase + terminal.paint(line, .dim))
    }

    private func line(_ state: State, at now: ContinuousClock.Instant) -> String {
        let counts =
            "\(state.done) of \(hosts.count) hosts" + (state.failed > 0 ? ", \(state.failed) failed" : "")
        let slow = state.inFlight.filter { now - $0.value >= Self.slow }
            .sorted { ($0.value, $0.key) < ($1.value, $1.key) }
        guard !slow.isEmpty else { return counts }
        let names = slow.prefix(3).map { place, began in
            "\(hosts[place]) \((now - began).components.seconds) s"
        }
        return counts + "; waiting for " + names.joined(separator: ", ")
            + (slow.count > 3 ? " and \(slow.count - 3) more" : "")
    }
}
