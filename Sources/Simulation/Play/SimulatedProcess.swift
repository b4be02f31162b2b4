import Driving
import RolloutJournal
import RolloutModel
import Synchronization

/// One turnstile process on an operator's machine: it may die between any two of its effects, and has none after.
final class SimulatedProcess: Sendable {
    private struct State {
        /// Effects left until it dies; nil for never.
        var effectsLeft: Int?
        var isDead = false
        /// Since when the gates it believes were watched: what was so before then, it must have seen.
        var watchingSince: Moment = 0
        /// What its journal announced last.
        var announced: RolloutMachine.Intent?
    }

    let name: String
    private let state: Mutex<State>

    init(name: String, effectsLeft: Int?) {
        self.name = name
        state = Mutex(State(effectsLeft: effectsLeft))
    }

    var isDead: Bool { state.withLock { $0.isDead } }
    var watchingSince: Moment { state.withLock { $0.watchingSince } }
    var announced: RolloutMachine.Intent? { state.withLock { $0.announced } }

    func kill() { state.withLock { $0.isDead = true } }

    func watches(since moment: Moment) { state.withLock { $0.watchingSince = moment } }

    func announces(_ intent: RolloutMachine.Intent) { state.withLock { $0.announced = intent } }

    /// Counts an effect.
    ///
    /// - Throws: where the process is dead.
    func live(_ id: HostID) throws(HostFault) {
        guard spend() else { throw HostFault(host: id, kind: .unreachable, why: "this process is dead") }
    }

    /// - Returns: false where the process is dead, or dies of this one.
    func spend() -> Bool {
        state.withLock { state in
            guard !state.isDead else { return false }
            if let left = state.effectsLeft {
                state.effectsLeft = left - 1
                if left <= 1 { state.isDead = true }
            }
            return true
        }
    }
}
