import Reports
import RolloutJournal
import RolloutModel
import Rollouts
import Synchronization

/// The living lines of a command about a rollout: the board of the rollout while there is one, and elsewhere one line with
/// what is asked for, and for how long. A terminal is not left without a word while the command works.
package final class LivingCourse: Sendable {
    private struct State {
        var view: RolloutView?
        /// Nil while no command works.
        var line: InquiryLine?
    }

    private let terminal: @Sendable () -> Terminal
    private let clock: RolloutClock
    private let write: @Sendable (String) -> Void
    private let board: @Sendable (_ lines: [String], _ columns: Int) -> Void
    private let state = Mutex(State())

    /// - Parameters:
    ///   - terminal: the terminal in its present size.
    ///   - write: writes a line that stays.
    ///   - board: shows these lines in the place of those before.
    package init(
        terminal: @escaping @Sendable () -> Terminal, clock: RolloutClock,
        write: @escaping @Sendable (String) -> Void,
        board: @escaping @Sendable (_ lines: [String], _ columns: Int) -> Void
    ) {
        self.terminal = terminal
        self.clock = clock
        self.write = write
        self.board = board
    }

    /// On this program's standard error.
    package convenience init(clock: RolloutClock) {
        self.init(
            terminal: { .standardError() }, clock: clock, write: { say($0) },
            board: { LivingBlock.shared.show($0, columns: $1) })
    }

    package func begin() { turn(to: InquiryText.working) }

    /// Takes the lines away: the command has ended.
    package func end() {
        let view = state.withLock { state in
            state.line = nil
            return state.view
        }
        view?.settle()
        clear()
    }

    /// Begins a wait that has no words yet, such as after an answer. Its line is there with the next second.
    package func goesOn() {
        state.withLock { state in
            state.line = state.line.map { _ in InquiryLine(words: InquiryText.working, since: clock.now()) }
        }
    }

    /// - Parameter earlier: the times that phases took in earlier rollouts.
    package func tell(_ notice: Notice, earlier: [PhaseTime]) {
        switch notice {
        case .begins(let hosts):
            let view = RolloutView(
                hosts: hosts, terminal: terminal, clock: clock, earlier: earlier, write: write, board: board)
            state.withLock { $0.view = view }
        case .course(let course):
            goesOn()
            state.withLock { $0.view }?.show(course)
        case .settled: settle()
        case .asking, .watching, .taking, .taken, .lettingGo, .driven, .leftOut, .otherAgents, .coverage,
            .ttlDiffers, .settings, .heldStill, .endedAlready, .overridden, .rollbackGoesOn, .wouldGoBack,
            .nodeFreed, .nodesNotFreed, .drivingUnknown:
            guard let words = InquiryText.words(notice), state.withLock({ $0.line != nil }) else { return }
            turn(to: words)
        }
    }

    /// Takes the board away, where there is one.
    package func settle() {
        state.withLock { $0.view }?.settle()
        goesOn()
    }

    /// Times go on while there is no news.
    ///
    /// - Parameter isAskedToHold: whether the rollout was asked to stop before its next host.
    package func tick(isAskedToHold: Bool = false) {
        let (view, line) = state.withLock { ($0.view, $0.line) }
        if let view, view.isShown { return view.tick(isAskedToHold: isAskedToHold) }
        if let line { show(line) }
    }

    private func turn(to words: String) {
        let line = InquiryLine(words: words, since: clock.now())
        let view = state.withLock { state in
            state.line = line
            return state.view
        }
        guard view?.isShown != true else { return }
        show(line)
    }

    private func show(_ line: InquiryLine) {
        let terminal = terminal()
        guard terminal.isLive else { return }
        LivingLine(terminal: terminal, board: board).show(line.text(at: clock.now()))
    }

    private func clear() {
        let terminal = terminal()
        guard terminal.isLive else { return }
        board([], terminal.columns ?? 80)
    }
}
