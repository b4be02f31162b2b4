import RolloutModel
import Rollouts
import Synchronization

/// An operator's hooks, here and on hosts: mostly they let through.
struct SimulatedHooks: Sendable {
    func gates(_ fleet: Fleet, _ process: SimulatedProcess) -> OperatorGates {
        OperatorGates(
            hooks: [
                .beforeRollout: .operatorsMachine, .gate: .hostConcerned, .afterHost: .operatorsMachine,
                .afterRollout: .operatorsMachine,
            ],
            run: { _, _ in await answer(fleet, process) })
    }

    private func answer(_ fleet: Fleet, _ process: SimulatedProcess) async -> HookAnswer {
        guard process.spend() else { return .unheard(why: "this process is dead") }
        let (time, answer) = fleet.state.withLock { state -> (Duration, HookAnswer) in
            let time = state.dice.roll(seconds: 0...3)
            guard fleet.time.now < state.faults.end else { return (time, .proceed(output: "")) }
            let draw = state.dice.roll(0...99)
            if draw < 94 { return (time, .proceed(output: "")) }
            state.count(.hookHeld)
            let isUnheard = draw == 99
            if isUnheard { return (time, .unheard(why: "connection reset")) }
            return (time, draw == 98 ? .failed(why: "it ended with 1", output: "") : .hold(output: ""))
        }
        await fleet.wait(time)
        return process.isDead ? .unheard(why: "this process is dead") : answer
    }
}
