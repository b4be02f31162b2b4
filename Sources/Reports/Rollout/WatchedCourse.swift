import Foundation
import RolloutJournal
import RolloutModel

/// A rollout that another process drives, as its journal tells it: since when it is driven, when its present step began, and
/// how long phases took.
package struct WatchedCourse {
    /// The times that phases took in earlier rollouts.
    private let earlier: [PhaseTime]
    private var turns = HostTurns()
    private var drivenSince: Date?
    private var stepSince: Date?

    package init(earlier: [PhaseTime]) { self.earlier = earlier }

    /// Takes the next entry. A journal that is read again begins anew with its first one.
    package mutating func take(_ entry: JournalEntry) {
        if entry.number == 1 { self = WatchedCourse(earlier: earlier) }
        turns.take(entry)
        guard let time = try? Date(entry.at, strategy: .iso8601) else { return }
        switch entry.what {
        case .opened, .attached: (drivenSince, stepSince) = (time, time)
        case .event: stepSince = time
        case .intent, .reserving, .said, .letGo: break
        }
    }

    /// The board that the terminal of the driving process has.
    ///
    /// - Parameters:
    ///   - doing: the reason of the wait, or how far the step is; empty where nobody tells it.
    ///   - isAskedToHold: whether the rollout was asked to stop before the next host.
    /// - Returns: nil where the rollout is held, has ended, or has not begun.
    package func board(of machine: RolloutMachine, doing: String, isAskedToHold: Bool = false, now: Date)
        -> RolloutBoard?
    {
        if case .planned = machine.state.top { return nil }
        guard machine.state.held == nil, machine.outcome == nil, let drivenSince, let stepSince else {
            return nil
        }
        func moment(_ date: Date) -> Moment { .start + max(.zero, date.time(since: drivenSince)) }
        var times = TurnTimes(earlier: measured)
        times.enter(machine, at: moment(stepSince))
        return RolloutBoard(
            machine: machine, stepSince: moment(stepSince), doing: doing, past: moment(now).sinceStart,
            left: times.left(machine, at: moment(now)), now: moment(now), isAskedToHold: isAskedToHold)
    }

    /// Those of this run, and those of earlier rollouts for phases that no host of this run has gone through yet.
    private var measured: [PhaseTime] {
        let own = turns.phases
        let kinds = Set(own.map(\.kind))
        return own + earlier.filter { !kinds.contains($0.kind) }
    }
}
