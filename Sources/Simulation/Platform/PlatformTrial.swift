public import RolloutModel
import Rollouts
import Synchronization

/// A rollout that upgrades a platform, under a seed. Acts are not heard, or heard and unanswered, or half
/// done. Coordinators die after any event or act, and fold the record through a new machine.
public final class PlatformTrial: Sendable {
    private let state: Mutex<State>
    public let plan: PlatformPlan

    private struct State {
        var world: SimulatedPlatform
        var events: [RolloutMachine.Event] = []
        var dice: Dice
        var faults: Faults
        var acts = 0
        var holds = 0
        var ignored = 0
    }

    /// The faults that happen, and their likelihood.
    public struct Faults: Sendable {
        /// The likelihood that an act is not heard. The three after it are those of other faults of acts.
        public var unheard = 0.0
        public var unanswered = 0.0
        public var lied = 0.0
        public var halfDone = 0.0
        /// The likelihood that the coordinator dies after an event, and is dead for a time.
        public var cuts = 0.0
        public var cutTime = Duration.seconds(2)
        /// The coordinator dies after this event, and after no other.
        public var cutAfter: Int?
        /// The coordinator dies after this act, before it records the act's result.
        public var cutAfterAct: Int?
        /// A person asks to hold from this event on, once, and goes on.
        public var holdFrom: Int?

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
    public var events: [RolloutMachine.Event] { state.withLock { $0.events } }
    /// The number of acts that were asked for.
    public var acts: Int { state.withLock { $0.acts } }
    /// The number of wishes to hold that were met.
    public var holds: Int { state.withLock { $0.holds } }
    /// The number of holds because an act had no effect.
    public var ignored: Int { state.withLock { $0.ignored } }

    // MARK: The course

    /// Goes on until the rollout ends. A person goes on with the rollout where it is held.
    ///
    /// - Parameter turnBack: the number of proved steps after which the rollout is abandoned.
    /// - Returns: nil where a person would have to go on too often.
    public func run(turnBackAfter turnBack: Int? = nil) async throws -> RolloutMachine.Outcome? {
        var machine = RolloutMachine(plan: .upgrading(plan))
        var directives = try take(.began, machine: &machine)
        for _ in 0..<Self.turnsMax {
            if let outcome = machine.outcome { return outcome }
            if let reasons = machine.state.held {
                if reasons.contains(where: \.isWithoutEffect) { state.withLock { $0.ignored += 1 } }
                directives = try take(.resumed(retryReverted: false), machine: &machine)
            } else if let turnBack, machine.isBeforeStep(turnBack) {
                directives = try take(.abandonRequested, machine: &machine)
            } else if asksToHold(machine) {
                directives = try take(.holdRequested(), machine: &machine)
                continue
            }
            if isCut() {
                machine = try folded()
                directives = machine.outstanding
            }
            if let event = try await carryOut(directives) {
                directives = try take(event, machine: &machine)
            } else {
                machine = try folded()
                directives = machine.outstanding
            }
        }
        return nil
    }

    private static let turnsMax = 4000

    private func take(
        _ event: RolloutMachine.Event, machine: inout RolloutMachine
    ) throws -> [RolloutMachine.Directive] {
        let directives = try machine.handle(event)
        state.withLock { $0.events.append(event) }
        return directives
    }

    /// The machine of a new coordinator, folded from the record.
    private func folded() throws -> RolloutMachine {
        var machine = RolloutMachine(plan: .upgrading(plan))
        for event in events { _ = try machine.handle(event) }
        return machine
    }

    /// - Returns: nil at the end, and where the coordinator died.
    private func carryOut(_ directives: [RolloutMachine.Directive]) async throws -> RolloutMachine.Event? {
        for case .step(let directive) in directives {
            let event = try await worker.answer(directive)
            if case .perform = directive, isCutAfterAct() { return nil }
            if let event { return .step(id: event.step, way: event.way, found: event.found) }
        }
        return nil
    }

    private func asksToHold(_ machine: RolloutMachine) -> Bool {
        state.withLock { state in
            guard let from = state.faults.holdFrom, state.events.count >= from, machine.canStop else {
                return false
            }
            state.faults.holdFrom = nil
            state.holds += 1
            state.world.pass(Self.holdTime)
            return true
        }
    }

    /// The time that a person holds. The time is longer than addresses last that nobody writes.
    private static let holdTime = Duration.seconds(3600)

    /// True if the coordinator died here, and a new one has come.
    private func isCut() -> Bool {
        state.withLock { state in
            let isMeant = state.faults.cutAfter == state.events.count
            guard isMeant || state.dice.happens(state.faults.cuts) else { return false }
            state.world.pass(state.faults.cutTime)
            return true
        }
    }

    private func isCutAfterAct() -> Bool {
        state.withLock { state in
            guard state.faults.cutAfterAct == state.acts else { return false }
            state.faults.cutAfterAct = nil
            state.world.pass(state.faults.cutTime)
            return true
        }
    }

    // MARK: Looking and acting

    private var worker: PlatformWorker {
        PlatformWorker(
            port: PlatformPort(
                look: { [self] proofs, acceptsNoReturn in look(proofs, acceptsNoReturn) },
                perform: { [self] in perform($0) }), acceptsNoReturn: true,
            clock: RolloutClock(
                now: { [self] in world.now },
                sleep: { [self] span throws(CancellationError) in
                    state.withLock { $0.world.pass(span) }
                }), interval: .seconds(1), gateTime: .seconds(60))
    }

    private func look(_ proofs: [PlatformProof], _ acceptsNoReturn: Bool) -> [PlatformHold] {
        state.withLock { state in
            state.world.pass(.milliseconds(500))
            if plan.wish.way == .graceful, state.world.facts.isUnpublished {
                state.world.hold(ServiceKey.heldTTL)
            }
            return PlatformJudge(
                state.world.facts, since: plan.baseline, acceptsNoReturn: acceptsNoReturn, isBackedUp: true
            ).holds(proofs)
        }
    }

    private func perform(_ act: PlatformAct) -> PlatformPort.Heard {
        state.withLock { state in
            state.acts += 1
            let faults = state.faults
            if state.dice.happens(faults.unheard) { return .unheard(why: "the connection was lost") }
            let isQuieting = if case .quietPublisher = act { true } else { false }
            // turnstile writes the addresses itself, whatever deisctl does.
            if isQuieting { state.world.hold(ServiceKey.heldTTL) }
            if state.dice.happens(faults.lied) { return .heard }
            state.world.hear(state.dice.happens(faults.halfDone) ? act.halved : act)
            // Addresses are kept until the publisher has stopped.
            state.world.pass(.seconds(3))
            if isQuieting { state.world.hold(ServiceKey.heldTTL) }
            return state.dice.happens(faults.unanswered) ? .unheard(why: "the answer was lost") : .heard
        }
    }
}

/// A trial that cannot begin.
public enum PlatformTrialError: Error { case noBaseline }

extension PlatformAct {
    /// The same act, done to the first unit alone.
    fileprivate var halved: PlatformAct {
        guard case .deisctl(let side, let verb, let units) = self else { return self }
        return .deisctl(side, verb, Array(units.prefix(1)))
    }
}

extension HoldReason {
    /// True for an act that was asked for as often as it may be.
    fileprivate var isWithoutEffect: Bool {
        if case .platform(.stepWithoutEffect) = self { true } else { false }
    }
}
