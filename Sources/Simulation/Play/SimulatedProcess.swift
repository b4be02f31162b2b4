import RolloutJournal
import RolloutModel
import Rollouts
import Synchronization

/// One turnstile process on an operator's machine: it may die between any two of its effects, and has none after.
final class SimulatedProcess: Sendable {
    private struct State {
        /// Effects left until it dies; nil for never.
        var effectsLeft: Int?
        var isDead = false
        /// Since when the gates it believes were watched: what was so before then, it must have seen.
        var watchingSince: Moment = 0
        /// Since when nothing that was seen before counts: it began then, or a host came back.
        var horizon: Moment = 0
        var state: RolloutMachine.State?
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

    var horizon: Moment { state.withLock { $0.horizon } }

    /// It begins to look at the cluster.
    func beginsWatch(at now: Moment) {
        state.withLock { state in
            state.watchingSince = now
            state.horizon = now
        }
    }

    /// Its rollout is in another state.
    func enters(_ next: RolloutMachine.State, at now: Moment) {
        state.withLock { state in
            if !next.isAct { state.watchingSince = now }
            if state.state?.mayComeUp == true, next.hasSeenBoot { state.horizon = now }
            state.state = next
        }
    }

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

extension RolloutMachine.State {
    /// Something is done to a host in it, on the word of gates that were asked in the state before.
    fileprivate var isAct: Bool {
        switch self {
        case .staging, .evacuating, .rebooting, .committing, .readmitting, .rollingBack, .abandoning: true
        case .planned, .gating, .rechecking, .proving, .settling, .retreating, .recovering, .held, .finished:
            false
        }
    }

    /// Its host is to come up, or may have without our word.
    fileprivate var mayComeUp: Bool {
        switch self {
        case .rebooting, .rollingBack, .gating, .staging, .rechecking, .evacuating: true
        default: false
        }
    }

    fileprivate var hasSeenBoot: Bool {
        switch self {
        case .proving, .recovering: true
        default: false
        }
    }
}
