import Foundation
import Reports
import RolloutModel

/// A rollout's status, told again and again while somebody else drives it: on a terminal the board of the terminal that drives
/// it, or the table where it is not driven, written over; and elsewhere a line for each change.
struct StatusWatch {
    /// The terminal in its present size.
    let terminal: () -> Terminal
    let invocation: Invocation
    let write: (String) -> Void
    private var living: LivingLines
    private var told: String?

    /// The result of one look.
    struct Sight {
        var summary: RolloutSummary
        /// nil where nobody drives the rollout, and where it is held.
        var board: RolloutBoard?
    }

    /// The time between two looks at the journal.
    static let interval = Duration.seconds(1)
    /// Reading takes at most this share of the time: a long journal is looked at less often.
    static let readingShare = 0.1

    init(
        on terminal: @escaping () -> Terminal, _ invocation: Invocation, write: @escaping (String) -> Void
    ) {
        self.terminal = terminal
        self.invocation = invocation
        self.write = write
        living = LivingLines(write: write)
    }

    /// Looks until the rollout has ended, or nobody reads any more: no signal may tell that.
    ///
    /// - Parameters:
    ///   - isRead: false once what is written reaches nobody.
    ///   - pause: lets so much time pass.
    ///   - read: the present status.
    mutating func follow(
        while isRead: () -> Bool, pausing pause: (Duration) async throws -> Void,
        reading read: () async throws -> Sight
    ) async throws {
        while isRead() {
            let began = ContinuousClock.now
            let sight = try await read()
            let took = ContinuousClock.now - began
            show(sight, now: .now)
            if sight.summary.hasEnded { return }
            try await pause(max(Self.interval, took / Self.readingShare))
        }
    }

    mutating func show(_ sight: Sight, now: Date) {
        let terminal = terminal()
        guard terminal.isLive else { return tell(sight.summary) }
        let screen = StatusScreen(of: terminal, invocation)
        let lines =
            sight.board.map { screen.lines(sight.summary, $0, now: now) }
            ?? screen.lines(sight.summary, now: now)
        living.paint(lines, columns: terminal.columns ?? 80)
    }

    private mutating func tell(_ summary: RolloutSummary) {
        let hosts = summary.hosts.filter { $0.result != "waiting" }.map { "\($0.host) \($0.result)" }
        let news = ForeignText.line(summary.news + (hosts.last.map { " (\($0))" } ?? ""))
        guard news != told else { return }
        told = news
        write("\(ForeignText.line(summary.lastEntryAt))  \(news)\n")
    }
}
