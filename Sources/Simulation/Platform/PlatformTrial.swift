public import RolloutModel
import Rollouts
import Synchronization

/// A procedure of the platform's under a seed: acts that are not heard, or heard and unanswered, or half done; and
/// coordinators that die after any event and begin again from what is recorded.
public final class PlatformTrial: Sendable {
    private let state: Mutex<State>
    public let plan: PlatformPlan

    private struct State {
        var world: SimulatedPlatform
        var events: [StepsEvent] = []
        var dice: Dice
        var faults: Faults
        var acts = 0
    }

    /// What goes wrong, and how often.
    public struct Faults: Sendable {
        /// Of acts.
        public var unheard = 0.0
        public var unanswered = 0.0
        public var lied = 0.0
        public var halfDone = 0.0
        /// Of events, after which the coordinator is dead for a time.
        public var cuts = 0.0
        public var cutSeconds = 2.0
        /// The coordinator dies after this event, and after no other.
        public var cutAfter: Int?

        public init() {}
    }

    public init(
        _ wish: PlatformWish, of world: SimulatedPlatform, seed: UInt64 = 0, faults: Faults = Faults()
    ) throws {
        guard let baseline = PlatformBaseline(world.facts) else { throw PlatformTrialError.noBaseline }
        var world = world
        world.upgrade(from: baseline.version, to: wish.version)
        plan = try PlatformPlan(wish, baseline, isBackedUp: true)
        state = Mutex(State(world: world, dice: Dice(seed: seed), faults: faults))
    }

    public var world: SimulatedPlatform { state.withLock { $0.world } }
    public var events: [StepsEvent] { state.withLock { $0.events } }

    // MARK: The course

    /// Goes on until the steps are done. A person goes on with what is held.
    ///
    /// - Parameter turnBack: where so many steps are proved, they are undone.
    /// - Returns: nil where a person would have to go on too often.
    public func run(turnBackAfter turnBack: Int? = nil) async throws -> StepsResult? {
        var answer = plan.steps.begin()
        for _ in 0..<Self.turnsMax {
            var (state, directives): (StepsState, [PlatformSteps.Directive])
            switch answer {
            case .done(let result): return result
            case .hold(let held, _): (state, directives) = (held, plan.steps.outstanding(in: held))
            case .stay(let next, let asked): (state, directives) = (next, asked)
            }
            if let turnBack, state.way == .forward, state.index == turnBack, state.isBetweenSteps {
                answer = try plan.steps.turnBack(from: state)
                continue
            }
            if isCut() { directives = plan.steps.outstanding(in: state) }
            guard let event = try await carryOut(directives) else { return nil }
            self.state.withLock { $0.events.append(event) }
            answer = try plan.steps.transition(from: state, on: event)
        }
        return nil
    }

    private static let turnsMax = 2000

    private func carryOut(_ directives: [PlatformSteps.Directive]) async throws -> StepsEvent? {
        for directive in directives {
            if let event = try await worker.answer(directive) { return event }
        }
        return nil
    }

    /// True if the coordinator died here, and a new one has come.
    private func isCut() -> Bool {
        state.withLock { state in
            let isMeant = state.faults.cutAfter == state.events.count
            guard isMeant || state.dice.happens(state.faults.cuts) else { return false }
            state.world.pass(seconds: state.faults.cutSeconds)
            return true
        }
    }

    // MARK: Looking and acting

    private var worker: PlatformWorker {
        PlatformWorker(
            port: PlatformPort(
                look: { [self] in look($0) }, perform: { [self] in perform($0) }),
            clock: RolloutClock(
                now: { [self] in world.now },
                sleep: { [self] seconds throws(CancellationError) in
                    state.withLock { $0.world.pass(seconds: seconds) }
                }), interval: 1, gateSeconds: 60)
    }

    private func look(_ proofs: [PlatformProof]) -> [PlatformHold] {
        state.withLock { state in
            state.world.pass(seconds: 0.5)
            if plan.wish.way == .graceful, state.world.facts.isUnpublished {
                state.world.hold(seconds: Double(ServiceKey.heldSeconds))
            }
            return PlatformJudge(
                state.world.facts, since: plan.baseline, acceptsNoReturn: true, isBackedUp: true
            ).holds(proofs)
        }
    }

    private func perform(_ act: PlatformAct) -> PlatformPort.Heard {
        state.withLock { state in
            state.acts += 1
            let faults = state.faults
            if state.dice.happens(faults.unheard) { return .unheard(why: "the connection was lost") }
            let isQuieting = if case .quietPublisher = act { true } else { false }
            // What turnstile writes itself is written whatever deisctl does.
            if isQuieting { state.world.hold(seconds: Double(ServiceKey.heldSeconds)) }
            if state.dice.happens(faults.lied) { return .heard }
            state.world.hear(state.dice.happens(faults.halfDone) ? act.halved : act)
            // Addresses are kept until the publisher has stopped.
            state.world.pass(seconds: 3)
            if isQuieting { state.world.hold(seconds: Double(ServiceKey.heldSeconds)) }
            return state.dice.happens(faults.unanswered) ? .unheard(why: "the answer was lost") : .heard
        }
    }
}

/// A trial that cannot begin.
public enum PlatformTrialError: Error { case noBaseline }

extension PlatformAct {
    /// Done to the first unit alone.
    fileprivate var halved: PlatformAct {
        guard case .deisctl(let side, let verb, let units) = self else { return self }
        return .deisctl(side, verb, Array(units.prefix(1)))
    }
}
