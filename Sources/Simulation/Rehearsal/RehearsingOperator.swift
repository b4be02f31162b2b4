import RolloutModel
import Rollouts
import Synchronization

/// A person who does what the messages say: mends what holds the rollout, and goes on with it.
final class RehearsingOperator: Sendable {
    private let rehearsal: Rehearsal
    private let fleet: Fleet
    private let crash: Double
    private let audience: RehearsalAudience?
    private let disk = SimulatedDisk()
    private let log = Log(isKept: false)
    private let state: Mutex<State>

    private struct State {
        var dice: Dice
        var states: [(at: Moment, state: RolloutMachine.State)] = []
        var holds: [(host: HostID?, reasons: [HoldReason])] = []
        var deaths = 0
        var processes = 0
        var isUpgraded = false
    }

    init(rehearsal: Rehearsal, fleet: Fleet, crash: Double, dice: Dice, audience: RehearsalAudience?) {
        self.rehearsal = rehearsal
        self.fleet = fleet
        self.crash = crash
        self.audience = audience
        state = Mutex(State(dice: dice))
    }

    /// Far more than any night needs.
    private static let commandsMax = 200

    func work() async {
        let draft = rehearsal.draft(RolloutID("r-1"))
        var ending = await turnstile().upgrade(draft)
        for _ in 1...Self.commandsMax {
            switch ending {
            case .finished(let outcome):
                return state.withLock { $0.isUpgraded = outcome == .upgraded }
            case .held(let reasons): await mend(reasons)
            case .died: await start()
            case .referred(let command, _): await mend([.etcd(.etcdUnknown(why: "\(command) acts here"))])
            case .refused(let why): await mend([.etcd(.etcdUnknown(why: why))])
            }
            let isBegun = disk.bytes("r-1.jsonl").map { $0.contains(UInt8(ascii: "\n")) } ?? false
            if isBegun {
                ending = await turnstile().resume(retryReverted: true)
            } else {
                disk.remove("r-1.jsonl")
                ending = await turnstile().upgrade(draft)
            }
        }
    }

    func night(seed: UInt64, time: Duration, isOver: Bool) -> RehearsedNight {
        state.withLock { state in
            RehearsedNight(
                seed: seed, time: time, isUpgraded: isOver && state.isUpgraded, states: state.states,
                holds: state.holds, deaths: state.deaths)
        }
    }

    private func mend(_ reasons: [HoldReason]) async {
        state.withLock { state in
            let host = state.states.last?.state.unheld.top.upgradedHost
            state.holds.append((host, reasons))
        }
        await fleet.wait(rehearsal.attention)
        fleet.repair()
        await fleet.wait(.seconds(1))
    }

    private func start() async {
        state.withLock { $0.deaths += 1 }
        await fleet.wait(.seconds(60))
    }

    private func turnstile() -> SimulatedTurnstile {
        let (number, effects) = state.withLock { state in
            state.processes += 1
            return (state.processes, state.dice.effectsUntilDeath(crash))
        }
        return SimulatedTurnstile(
            fleet: fleet, process: SimulatedProcess(name: "rehearsal-\(number)", effectsLeft: effects),
            disk: disk, rollout: RolloutID("r-1"), settings: rehearsal.settings,
            timeouts: rehearsal.timeouts, hasStore: rehearsal.settings.etcd != nil, clockError: .zero,
            log: log,
            onState: { [self] next in
                state.withLock { $0.states.append((fleet.time.now, next)) }
            }, audience: audience)
    }
}

extension Work {
    /// The host that is at work on its upgrade; nil where none is.
    fileprivate var upgradedHost: HostID? {
        switch self {
        case .upgrade, .rollback, .uncordon: host
        case .planned, .giveBack, .platform, .hold, .finished: nil
        }
    }
}
