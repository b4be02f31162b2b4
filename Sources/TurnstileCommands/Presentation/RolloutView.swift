import Coordinator
import Reports
import RolloutJournal
import RolloutModel
import Rollouts
import Synchronization

/// Prints a rollout's course on standard error: one line for each step, with the time since the rollout began. On a
/// terminal a board of all hosts stands below, with what the rollout waits for.
package final class RolloutView: Sendable {
    private struct State {
        var host: HostID?
        var step: String?
        var lastProgress: String?
        /// The last words of progress that have a line of their own, without the share that is done.
        var toldProgress: (message: String, at: Moment)?
        var wait = Told()
        /// The machine that the board shows; nil where there is no board.
        var machine: RolloutMachine?
        var stepSince = Moment.start
        var doing = ""
        var isAskedToHold = false
        var times: TurnTimes
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

    private let terminal: @Sendable () -> Terminal
    private let clock: RolloutClock
    private let began: Moment
    private let width: Int
    private let write: @Sendable (String) -> Void
    private let board: @Sendable (_ lines: [String], _ columns: Int) -> Void
    private let state: Mutex<State>

    /// The time after which a wait is told again if lines cannot be overwritten.
    private static let repeatTime = Duration.seconds(60)

    /// The length of a wait's text in a line, in columns, from which on further reasons are counted; without time and host.
    private static let waitLength = 180

    /// - Parameters:
    ///   - terminal: the terminal in its present size.
    ///   - earlier: the times that phases took in earlier rollouts.
    ///   - board: shows these lines in the place of those before.
    package init(
        hosts: [HostID], terminal: @escaping @Sendable () -> Terminal, clock: RolloutClock,
        earlier: [PhaseTime],
        write: @escaping @Sendable (String) -> Void = { say($0) },
        board: @escaping @Sendable (_ lines: [String], _ columns: Int) -> Void = {
            LivingBlock.shared.show($0, columns: $1)
        }
    ) {
        self.terminal = terminal
        self.clock = clock
        self.began = clock.now()
        self.width = hosts.map(\.rawValue.columns).max() ?? 0
        self.board = board
        self.write = write
        state = Mutex(State(times: TurnTimes(earlier: earlier)))
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

    /// True while there is a board, or a wait, to show.
    var isShown: Bool { state.withLock { $0.machine != nil || !$0.doing.isEmpty } }

    /// Times go on while there is no news.
    ///
    /// - Parameter isAskedToHold: whether the rollout was asked to stop before its next host.
    func tick(isAskedToHold: Bool = false) {
        state.withLock { state in
            state.isAskedToHold = isAskedToHold
            paint(state)
        }
    }

    /// Takes the board away: nothing is waited for any more.
    package func settle() {
        state.withLock { state in
            guard state.machine != nil || !state.doing.isEmpty else { return }
            (state.machine, state.doing) = (nil, "")
            board([], terminal().columns ?? 80)
        }
    }

    private func enter(_ machine: RolloutMachine, _ state: inout State) {
        let entered = machine.state
        let now = clock.now()
        state.times.enter(machine, at: now)
        let goesOn = entered.held == nil && machine.outcome == nil
        state.machine = goesOn ? machine : nil
        if !goesOn { state.doing = "" }
        let step = ForeignText.line(RolloutText.doing(entered))
        let host = RolloutText.host(of: entered)
        guard step != state.step || host != state.host else { return paint(state) }
        state.step = step
        state.host = host
        (state.lastProgress, state.toldProgress) = (nil, nil)
        state.wait = Told()
        state.doing = ""
        state.stepSince = now
        line(host, step, colour: Self.colour(of: entered.top))
        paint(state)
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
        let said = ForeignText.line(message)
        let text = ProgressText.words(message, fraction)
        guard text != state.lastProgress else { return }
        state.lastProgress = text
        guard !terminal().isLive else {
            state.doing = text
            return paint(state)
        }
        let now = clock.now()
        // A share that grows is no news within a minute.
        if let told = state.toldProgress, told.message == said, now - told.at < Self.repeatTime { return }
        state.toldProgress = (said, now)
        line(host, text, colour: nil)
    }

    private func waiting(_ wait: RolloutNotice.Wait, _ state: inout State) {
        let now = clock.now()
        let text = WaitText(wait, now: now)
        guard !terminal().isLive else {
            state.doing = text.whole
            return paint(state)
        }
        if state.wait.since != wait.since || state.wait.what != wait.what {
            state.wait = Told(since: wait.since, what: wait.what)
        }
        let isDue = state.wait.at.map { now - $0 >= Self.repeatTime } ?? true
        // A count that goes up is not news, nor is a reason that comes and goes; one that was not told yet is.
        guard isDue || !text.kinds.isSubset(of: state.wait.kinds) else { return }
        state.wait.kinds = isDue ? text.kinds : state.wait.kinds.union(text.kinds)
        state.wait.at = isDue ? now : state.wait.at
        line(wait.host, text.line(Self.waitLength), colour: nil)
    }

    private func line(_ host: HostID?, _ text: String, colour: Terminal.Colour?) {
        let terminal = terminal()
        let name = ForeignText.line(host?.rawValue ?? "").padded(to: width)
        let time = RolloutText.elapsed(clock.now() - began)
        let head = "\(String(repeating: " ", count: max(0, 7 - time.count)))\(time)  \(name)  "
        for (head, text) in HangingText(head: head, columns: terminal.columns).parts(text) {
            write(head + (colour.map { terminal.paint(text, $0) } ?? text))
        }
    }

    private func paint(_ state: State) {
        let terminal = terminal()
        guard terminal.isLive else { return }
        let columns = terminal.columns ?? 80
        let rows = terminal.rows ?? 24
        // The cursor stands below the last line.
        let screen = max(4, rows - 1)
        guard let machine = state.machine else {
            // A plan waits, too, before there is a rollout.
            let waits = RolloutBoard.waits(state.doing, columns: columns, indent: 0, rows: screen)
            return board(waits.map { terminal.paint($0, .dim) }, columns)
        }
        let now = clock.now()
        let picture = RolloutBoard(
            machine: machine, stepSince: state.stepSince, doing: state.doing, past: now - began,
            left: state.times.left(machine, at: now), now: now, isAskedToHold: state.isAskedToHold)
        // The steps before stand above, in the other half.
        board(
            picture.lines(columns: columns, rows: max(4, rows / 2), screen: screen, on: terminal), columns)
    }
}
