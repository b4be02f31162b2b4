/// The rollout as a value: events in, ordered directives out. No I/O, no clock, no randomness.
///
/// The frame in which procedures work. Whatever belongs to no single procedure is here, once: whose turn it is, holds,
/// rollbacks, abandonment, lost hosts, results, and the life of the cluster's lock.
///
/// Folding a journal's events through a fresh machine gives the state the rollout was in, and `outstanding` what to
/// take up again. Every step it may repeat is one that an agent answers the same way twice.
public struct RolloutMachine: Codable, Hashable, Sendable {
    public internal(set) var state: State
    var facts: RolloutFacts
    public internal(set) var results: [HostID: Result]
    /// Gates that a person passed over, when it was planned or later.
    public internal(set) var overrides: [GateOverride]
    /// etcd's point of no return may be passed, by a person's word.
    public internal(set) var acceptsNoReturn: Bool
    /// Every host of the plan before this one has its result: so that the next turn need not be looked for from the start.
    var cursor: Int
    /// Hosts upgraded by it; what `stopAfter` counts.
    public internal(set) var upgraded: Int
    /// True if it has stopped there once, and goes on to its end.
    var hasStopped: Bool
    /// Hosts that a person declared lost.
    public internal(set) var lost: [HostID: LostHost]
    /// The life of the cluster's lock in this rollout.
    public internal(set) var tenure: LockTenure

    public var plan: Plan { facts.plan }
    /// Pinned by the plan, or frozen by the first offer.
    public var target: Version? { facts.target }
    /// Hosts that reverted and may be tried again, by a person's word.
    public var revertsAccepted: Set<HostID> { facts.revertsAccepted }
    /// The end of the rollout; nil where it has not ended.
    public var outcome: Outcome? { state.outcome }

    /// A host that ignores this many requests to reboot needs a person.
    public static let rebootRequestsMax = 2

    public init(plan: Plan) {
        self.state = State(.planned)
        self.facts = RolloutFacts(plan: plan)
        self.results = [:]
        self.overrides = plan.overrides
        self.acceptsNoReturn = plan.acceptsNoReturn
        self.cursor = 0
        self.upgraded = 0
        self.hasStopped = false
        self.lost = [:]
        self.tenure = LockTenure(rollout: plan.rollout)
        if let found = plan.found { takeUp(found) }
    }

    /// Takes one event and says what to do next.
    ///
    /// - Throws: `IllegalEvent`, with the machine unchanged.
    public mutating func handle(_ event: Event) throws(IllegalEvent) -> [Directive] {
        guard let directives = take(event) else { throw IllegalEvent(state: state, event: event) }
        return directives
    }

    /// - Returns: nil for an event that cannot follow, with the machine unchanged.
    private mutating func take(_ event: Event) -> [Directive]? {
        switch event {
        case .began: begin()
        case .holdRequested(let by): stop(by)
        case .resumed(let retryReverted, let acceptsNoReturn, let overrides):
            resume(retryReverted: retryReverted, acceptsNoReturn: acceptsNoReturn, overrides: overrides)
        case .rollbackRequested(let host, let boot, let version, let partition):
            rollBack(host, Retreat(boot: boot, from: version, partition: partition))
        case .abandonRequested: abandon()
        case .lost(let host, let why, let member): lose(host, LostHost(why: why, member: member))
        case .gatesOpened, .gatesHeld, .staged, .nothingOffered, .offerDiffered, .prefetchDoubted,
            .stepFailed,
            .refusedAsReverted,
            .returned, .notReturned, .rebootNotBegun, .cameUp, .committed, .evacuated, .readmitted,
            .abandoned, .step:
            state.top.handle(event, &facts).map { follow($0) }
        }
    }

    /// Does as the procedure at work answers.
    mutating func follow(_ answer: ProcedureAnswer) -> [Directive] {
        switch answer {
        case .stay: break
        case .hold(let reasons): state.push(.hold(reasons))
        case .push(let work): state.push(work)
        case .done(let result): return end(result)
        case .uncordon(let host, let answer):
            let directives = follow(answer)
            guard plan.nodes != nil else { return directives }
            state.push(.uncordon(Uncordon(hosts: [host])))
        }
        return directives
    }

    /// The procedure at work has ended.
    private mutating func end(_ result: ProcedureResult) -> [Directive] {
        switch result {
        case .hostDone(let host, let result): return end(host, result)
        case .wentBack(let rollback, let running, let reasons): return wentBack(rollback, running, reasons)
        case .stayed(let rollback, let reasons, let boot): return stayed(rollback, reasons, in: boot)
        case .givenBack: return enter(.finished(.abandoned))
        case .steps(let result): return conclude(result)
        case .uncordoned:
            state.pop()
            return outstanding
        }
    }

    /// Stands there, with nothing else waiting.
    mutating func enter(_ work: Work) -> [Directive] {
        state = State(work)
        return directives
    }
}
