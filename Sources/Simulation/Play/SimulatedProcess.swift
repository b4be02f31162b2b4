import RolloutJournal
import RolloutModel
import Rollouts
import Synchronization

/// A turnstile process on an operator's machine. The process may die between any two of its effects, and has no effect
/// afterwards.
final class SimulatedProcess: Sendable {
    private struct State {
        /// The number of effects until the process dies; nil for a process that lives on.
        var effectsLeft: Int?
        var isDead = false
        /// The moment since when the gates have watched. The gates must have seen every fault that is older.
        var watchingSince = Moment.start
        /// The moment before which observations do not count: the start, or the last return of a host.
        var horizon = Moment.start
        var state: RolloutMachine.State?
        /// The act that its journal announced last.
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

    /// Notes that the process begins to observe the cluster.
    func beginsWatch(at now: Moment) {
        state.withLock { state in
            state.watchingSince = now
            state.horizon = now
        }
    }

    /// Notes that the process's rollout enters another state.
    func enters(_ next: RolloutMachine.State, at now: Moment) {
        state.withLock { state in
            if !next.top.isAct { state.watchingSince = now }
            if state.state?.top.mayComeUp == true, next.top.hasSeenBoot { state.horizon = now }
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

    /// - Returns: false where the process is dead, or this effect kills it.
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

extension Work {
    /// True if the state acts on a host, after gates that were asked in the state before.
    fileprivate var isAct: Bool {
        switch self {
        case .upgrade(let upgrade):
            switch upgrade.stage {
            case .staging, .draining, .rebooting, .committing: true
            case .precheck, .rebootCheck, .healthCheck, .soak: false
            }
        case .rollback(let rollback): rollback.stage == .rebooting
        case .giveBack, .uncordon: true
        case .planned, .platform, .hold, .finished: false
        }
    }

    /// True if the host may come up in this state, after a request or unrequested.
    fileprivate var mayComeUp: Bool {
        switch self {
        case .upgrade(let upgrade):
            switch upgrade.stage {
            case .precheck, .staging, .rebootCheck, .draining, .rebooting: true
            case .healthCheck, .committing, .soak: false
            }
        case .rollback(let rollback): rollback.stage == .rebooting
        case .planned, .giveBack, .uncordon, .platform, .hold, .finished: false
        }
    }

    fileprivate var hasSeenBoot: Bool {
        switch self {
        case .upgrade(let upgrade):
            switch upgrade.stage {
            // Only a broken machine comes to the commit without the check before it.
            case .healthCheck, .committing: true
            case .precheck, .staging, .rebootCheck, .draining, .rebooting, .soak: false
            }
        case .rollback(let rollback):
            switch rollback.stage {
            case .healthCheck: true
            case .precheck, .rebooting: false
            }
        case .planned, .giveBack, .uncordon, .platform, .hold, .finished: false
        }
    }
}
