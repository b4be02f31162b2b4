/// The rollout as a value: events in, ordered directives out. No I/O, no clock, no randomness.
///
/// Folding a journal's events through a fresh machine gives the state the rollout was in, and `outstanding` what to
/// take up again. Every step it may repeat is one that an agent answers the same way twice.
public struct RolloutMachine: Hashable, Sendable {
    public let plan: Plan
    public internal(set) var state: State
    /// Pinned by the plan, or frozen by the first offer.
    public internal(set) var target: Version?
    public internal(set) var results: [HostID: Result]
    /// What hosts ran that were offered nothing before the target was known: it may turn out to be the target.
    var unoffered: [HostID: Version]
    /// Hosts that reverted and may be tried again, by a person's word.
    public internal(set) var revertsAccepted: Set<HostID>
    /// Gates that a person passed over, when it was planned or later.
    public internal(set) var overrides: [GateOverride]
    /// etcd's point of no return may be passed, by a person's word.
    public internal(set) var acceptsNoReturn: Bool
    /// Every host of the plan before this one has its result: so that the next turn need not be looked for from the start.
    var cursor: Int
    /// Hosts upgraded by it; what `stopAfter` counts.
    public internal(set) var upgraded: Int
    /// It has stopped there once, and goes on to its end.
    var hasStopped: Bool
    /// Hosts that a person declared lost.
    public internal(set) var lost: [HostID: LostHost]

    /// A host that ignores this many requests to reboot needs a person.
    public static let rebootRequestsMax = 2

    public init(plan: Plan) {
        self.plan = plan
        self.state = .planned
        if case .pinned(let version) = plan.target { self.target = version }
        self.results = [:]
        self.unoffered = [:]
        self.revertsAccepted = plan.retryReverted ? Set(plan.hosts.map(\.id)) : []
        self.overrides = plan.overrides
        self.acceptsNoReturn = plan.acceptsNoReturn
        self.cursor = 0
        self.upgraded = 0
        self.hasStopped = false
        self.lost = [:]
        if let found = plan.found { takeUp(found) }
    }

    /// Takes one event and says what to do next.
    ///
    /// - Throws: `IllegalEvent`, with the machine unchanged.
    public mutating func handle(_ event: Event) throws(IllegalEvent) -> [Directive] {
        switch state {
        case .planned: try planned(event)
        case .gating(let host): try gating(event, host)
        case .staging(let host): try staging(event, host)
        case .rechecking(let host, let staged): try rechecking(event, host, staged)
        case .evacuating(let host, let staged): try evacuating(event, host, staged)
        case .rebooting(let host, let staged): try rebooting(event, host, staged)
        case .proving(let host, let returned): try proving(event, host, returned)
        case .committing(let host, let returned): try committing(event, host, returned)
        case .settling(let host): try settling(event, host)
        case .readmitting(let hosts, let then): try readmitting(event, hosts, then: then)
        case .retreating(let host, let retreat, let then): try retreating(event, host, retreat, then: then)
        case .rollingBack(let host, let retreat, let then): try rollingBack(event, host, retreat, then: then)
        case .recovering(let host, let retreat, let running, let then):
            try recovering(event, host, retreat, running: running, then: then)
        case .abandoning(let abandonment): try abandoning(event, abandonment)
        case .held(let reasons, let then): try held(event, reasons, then: then)
        case .finished: try finished(event)
        }
    }
}
