import Foundation
import RolloutJournal
import RolloutModel
import Simulation

/// The durations of steps in the earlier rollouts of this operator, where there were any.
struct MeasuredPace {
    let pace: Pace
    /// The number of steps of each kind that were measured.
    let measured: (stage: Int, reboot: Int, commit: Int)
    /// The longest drain of a node; zero where none was drained.
    private let drain: Duration

    init(in journals: JournalStore) async {
        var took = Took()
        for rollout in (try? await journals.list()) ?? [] {
            var more = took
            // A damaged journal is left out.
            if (try? await journals.read(rollout, each: { more.add($0) })) != nil { took = more }
        }
        self.init(took)
    }

    init(of journals: [[JournalEntry]]) {
        var took = Took()
        for entry in journals.joined() { took.add(entry) }
        self.init(took)
    }

    private init(_ took: Took) {
        pace = Pace(
            stage: Self.range(took.stage) ?? Pace.usual.stage,
            reboot: Self.range(took.reboot) ?? Pace.usual.reboot,
            commit: Self.range(took.commit) ?? Pace.usual.commit)
        measured = (took.stage.count, took.reboot.count, took.commit.count)
        drain = took.drain.max() ?? .zero
    }

    /// The minutes to allow for a host: the sum of the slowest steps, and half as much again for the gates between
    /// them; nil where too little was measured.
    var minutesPerHost: Int? {
        guard min(measured.stage, measured.reboot, measured.commit) >= Self.stepsMin else { return nil }
        let slowest = pace.stage.upperBound + drain + pace.reboot.upperBound + pace.commit.upperBound
        return max(1, Int(clamping: (slowest * 1.5 / .minutes(1)).rounded(.up)))
    }

    /// The least number of steps: fewer say little about the next one.
    private static let stepsMin = 3

    private static func range(_ times: [Duration]) -> ClosedRange<Duration>? {
        guard times.count >= stepsMin, let least = times.min(), let most = times.max() else {
            return nil
        }
        return least...most
    }

    /// The time from an intent to the event that ended its step.
    private struct Took {
        var stage: [Duration] = []
        var reboot: [Duration] = []
        var commit: [Duration] = []
        var drain: [Duration] = []

        private var begun: (intent: RolloutMachine.Intent, at: Date)?

        /// Takes the next entry of a journal, from the opening entry on.
        mutating func add(_ entry: JournalEntry) {
            let at = try? Date(entry.at, strategy: .iso8601)
            switch entry.what {
            case .intent(let intent): begun = at.map { (intent, $0) }
            // A step that was cut off took longer than its work, so it is not measured.
            case .attached, .reserving, .opened, .letGo: begun = nil
            case .said: break
            case .event(let event):
                if let begun, let at { add(event, after: begun.intent, at.time(since: begun.at)) }
                begun = nil
            }
        }

        private mutating func add(
            _ event: RolloutMachine.Event, after intent: RolloutMachine.Intent, _ time: Duration
        ) {
            // A clock that was set back gives no measurement.
            guard time >= .zero else { return }
            switch (intent, event) {
            case (.stage, .staged): stage.append(time)
            case (.reboot, .returned): reboot.append(time)
            case (.commit, .committed): commit.append(time)
            case (.evacuate, .evacuated): drain.append(time)
            default: break
            }
        }
    }
}
