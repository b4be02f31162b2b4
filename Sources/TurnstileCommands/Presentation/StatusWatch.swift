import Foundation
import Reports
import RolloutModel

/// A rollout's status, told again and again while somebody else drives it: the same table written over on a terminal, and
/// elsewhere a line for each change.
struct StatusWatch {
    /// The terminal in its present size.
    let terminal: () -> Terminal
    let write: (String) -> Void
    private var living: LivingLines
    private var told: String?

    /// The time between two looks at the journal.
    static let interval = Duration.seconds(1)
    /// Reading takes at most this share of the time: a long journal is looked at less often.
    static let readingShare = 0.1

    init(on terminal: @escaping () -> Terminal, write: @escaping (String) -> Void) {
        self.terminal = terminal
        self.write = write
        living = LivingLines(write: write)
    }

    /// Looks until the rollout has ended.
    ///
    /// - Parameters:
    ///   - pause: lets so much time pass.
    ///   - read: the present status.
    mutating func follow(
        pausing pause: (Duration) async throws -> Void, reading read: () async throws -> RolloutSummary
    ) async throws {
        while true {
            let began = ContinuousClock.now
            let summary = try await read()
            let took = ContinuousClock.now - began
            show(summary, now: .now)
            if summary.hasEnded { return }
            try await pause(max(Self.interval, took / Self.readingShare))
        }
    }

    mutating func show(_ summary: RolloutSummary, now: Date) {
        let terminal = terminal()
        if terminal.isLive {
            living.paint(
                StatusScreen(of: terminal).lines(summary, now: now), columns: terminal.columns ?? 80)
        } else {
            tell(summary)
        }
    }

    private mutating func tell(_ summary: RolloutSummary) {
        let hosts = summary.hosts.filter { $0.result != "waiting" }.map { "\($0.host) \($0.result)" }
        let news = ForeignText.line(summary.news + (hosts.last.map { " (\($0))" } ?? ""))
        guard news != told else { return }
        told = news
        write("\(ForeignText.line(summary.lastEntryAt))  \(news)\n")
    }
}
