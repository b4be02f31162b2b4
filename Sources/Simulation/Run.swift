import AgentProtocol
import RolloutModel
import Rollouts
import Synchronization

/// A simulated trial: one scenario, played from beginning to end and checked.
public struct Run: Sendable {
    public var seed: UInt64
    public var hosts: Int
    /// The violated invariants; empty for a trial without any.
    public var violations: [String]
    /// The log, for people; empty unless it was kept.
    public var log: [String]
    /// The checksum of the whole log, which compares two trials of one seed.
    public var sum: UInt64
    /// The end of each operator's rollout.
    public var outcomes: [String]
    /// The number of times that each fault happened.
    public var mishaps: [Mishap: Int]
    /// The duration on the virtual clock.
    public var time: Duration

    /// The failure, and the command that plays it again, for people.
    public func failure(replay: String) -> String {
        "seed \(seed), \(hosts) hosts: \(violations.first ?? "nothing failed")\n    again: \(replay) \(seed)"
    }

    /// The maximum number of jobs, far more than any trial needs.
    private static let jobsMax = 50_000_000

    public static func play(seed: UInt64, keepsLog: Bool = false) -> Run {
        var dice = Dice(seed: seed)
        let scenario = Scenario(seed: seed, dice: &dice)
        return play(scenario, dice: &dice, keepsLog: keepsLog)
    }

    private static func play(_ scenario: Scenario, dice: inout Dice, keepsLog: Bool) -> Run {
        let time = VirtualTime(dice: dice.split())
        let fleet = Fleet(world: scenario.world, faults: scenario.faults, dice: dice.split(), time: time)
        let log = Log(isKept: keepsLog)
        let operators = (0..<scenario.operators).map { index in
            Operator(
                name: ["A", "B"][index], fleet: fleet, scenario: scenario, log: log, dice: dice.split())
        }
        let hasEnded: Void? = time.run(jobsMax: jobsMax) {
            await night(fleet, operators, scenario)
        }
        if hasEnded == nil { fleet.note(.ends, "nothing moves any more") }
        if operators.count > 1 { fleet.count(.secondOperator) }
        let (world, violations, mishaps) = fleet.state.withLock { state in
            state.judge.judgeEnd(state.world, at: time.now)
            for act in state.world.acts where act.verb == .abandon { state.count(.abandoned) }
            for _ in 0..<state.world.cutsAhead { state.count(.powerCutAhead) }
            for act in state.world.acts where act.verb == .rollback { state.count(.rolledBack) }
            return (state.world, state.judge.violations, state.mishaps)
        }
        for act in world.acts {
            log.write("act \(act.verb.rawValue) \(act.host) by \(act.rollout)", at: act.at)
        }
        return Run(
            seed: scenario.seed, hosts: scenario.hosts.count, violations: violations.map(\.description),
            log: log.lines, sum: log.sum, outcomes: operators.map { outcome(of: $0) },
            mishaps: mishaps, time: time.now.sinceStart)
    }

    private static func night(_ fleet: Fleet, _ operators: [Operator], _ scenario: Scenario) async {
        let end = scenario.faults.end
        await withTaskGroup { group in
            group.addTask { await fleet.befall(until: end) }
            for one in operators { group.addTask { await one.work(until: end) } }
            if let (host, at) = scenario.breaks {
                group.addTask {
                    await fleet.wait(at - .start)
                    fleet.breakForGood(host)
                }
            }
        }
        fleet.mend()
        for round in 1...Operator.roundsMax {
            for one in operators where !one.isDone { await one.goOn(round: round, among: operators) }
        }
        operators.forEach { $0.judgeEnd() }
    }

    private static func outcome(of one: Operator) -> String {
        guard let machine = one.machine else { return "not begun" }
        guard let outcome = machine.outcome else { return "unended" }
        return "\(outcome)"
    }
}
