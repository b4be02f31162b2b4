import Coordinator
import RolloutModel
import Rollouts
import Synchronization

/// Prints a rollout's course on standard error: one line for each step, with the time since the rollout began. On a
/// terminal a last line is updated, and tells what the rollout waits for.
package final class RolloutView: Sendable {
    private struct State {
        var host: HostID?
        var step: String?
        var lastProgress: String?
        var wait = Told()
        var hasLiveLine = false
    }

    /// The news already told about the present wait.
    private struct Told {
        /// The wait's beginning, and its subject below; a wait that differs in either is told at once.
        var since: Moment?
        var what: String?
        /// The kinds of reasons since the last minute's line.
        var kinds: Set<String> = []
        var at: Moment?
    }

    private let terminal: Terminal
    private let clock: RolloutClock
    private let began: Moment
    private let width: Int
    private let write: @Sendable (String) -> Void
    private let state = Mutex(State())

    /// The time after which a wait is told again if lines cannot be overwritten.
    private static let repeatTime = Duration.seconds(60)

    /// The longest text of a wait in a line, in characters, without time and host.
    private static let waitLength = 180

    package init(
        hosts: [HostID], terminal: Terminal, clock: RolloutClock,
        write: @escaping @Sendable (String) -> Void = { say($0) }
    ) {
        self.terminal = terminal
        self.clock = clock
        self.began = clock.now()
        self.width = hosts.map(\.rawValue.count).max() ?? 0
        self.write = write
    }

    package func show(_ notice: RolloutNotice) {
        state.withLock { state in
            switch notice {
            case .entered(let entered): enter(entered, &state)
            case .progress(let host, let message, let fraction): progress(host, message, fraction, &state)
            case .waiting(let wait): waiting(wait, &state)
            }
        }
    }

    /// Takes the living line away: nothing is waited for any more.
    package func settle() { state.withLock { clearLiveLine(&$0) } }

    private func enter(_ entered: RolloutMachine.State, _ state: inout State) {
        let step = ForeignText.line(RolloutText.doing(entered))
        let host = RolloutText.host(of: entered)
        guard step != state.step || host != state.host else { return }
        state.step = step
        state.host = host
        state.lastProgress = nil
        state.wait = Told()
        line(host, Self.colour(of: entered.top).map { terminal.paint(step, $0) } ?? step, &state)
    }

    private static func colour(of work: Work) -> Terminal.Colour? {
        switch work {
        case .hold: .yellow
        case .rollback(let rollback): rollback.isBack ? nil : .yellow
        case .upgrade(let upgrade): upgrade.stage == .soak ? .green : nil
        case .finished: .green
        case .planned, .giveBack, .uncordon, .platform: nil
        }
    }

    private func progress(_ host: HostID, _ message: String, _ fraction: Double?, _ state: inout State) {
        let text = ForeignText.line(message) + (fraction.map { " \(Int(clamping: $0 * 100)) %" } ?? "")
        guard text != state.lastProgress else { return }
        state.lastProgress = text
        if terminal.isLive { live(host, text, &state) } else { line(host, text, &state) }
    }

    private func waiting(_ wait: RolloutNotice.Wait, _ state: inout State) {
        let now = clock.now()
        let text = WaitText(wait, now: now)
        if terminal.isLive { return live(wait.host, text.line(room), &state) }
        if state.wait.since != wait.since || state.wait.what != wait.what {
            state.wait = Told(since: wait.since, what: wait.what)
        }
        let isDue = state.wait.at.map { now - $0 >= Self.repeatTime } ?? true
        // A count that goes up is not news, nor is a reason that comes and goes; one that was not told yet is.
        guard isDue || !text.kinds.isSubset(of: state.wait.kinds) else { return }
        state.wait.kinds = isDue ? text.kinds : state.wait.kinds.union(text.kinds)
        state.wait.at = isDue ? now : state.wait.at
        line(wait.host, text.line(Self.waitLength), &state)
    }

    private func line(_ host: HostID?, _ text: String, _ state: inout State) {
        clearLiveLine(&state)
        let name = ForeignText.line(host?.rawValue ?? "")
        let padded = name + String(repeating: " ", count: max(0, width - name.count))
        let time = RolloutText.elapsed(clock.now() - began)
        write("\(String(repeating: " ", count: max(0, 7 - time.count)))\(time)  \(padded)  \(text)")
    }

    /// A line that wraps could not be taken back.
    private var room: Int { max(20, (terminal.columns ?? 80) - width - 12) }

    private func live(_ host: HostID?, _ text: String, _ state: inout State) {
        line(host, terminal.paint(ShortText.cut(text, to: room), .dim), &state)
        state.hasLiveLine = true
    }

    /// Back up one line, and erase it.
    private func clearLiveLine(_ state: inout State) {
        guard state.hasLiveLine else { return }
        state.hasLiveLine = false
        write(Terminal.eraseLineAbove)
    }
}
