/// Why a rollout does not go on: one hold of one gate, or of what else can hold.
public enum HoldReason: Hashable, Sendable {
    // Gates that need no plan.
    case fleet(FleetHold)
    case etcd(EtcdHold)
    case nodes(NodeHold)
    case consul(ConsulHold)
    case window(WindowHold)
    case clock(ClockHold)
    case hostUnits(HostUnitHold)
    // Gates that judge by the plan.
    case host(HostStateHold)
    case preflight(PreflightHold)
    case drift(DriftHold)
    case deis(DeisHold)
    case release(ReleaseHold)
    case noReturn(NoReturnHold)
    case lock(LockHold)
    case semaphore(SemaphoreHold)
    case operatorGate(OperatorGateHold)
    // Holds that no gate gives.
    case plan(PlanHold)
    case offer(OfferHold)
    case step(StepHold)
    case person(PersonHold)
    // The platform's own procedures.
    case platform(PlatformHold)

    public var hold: any Hold {
        switch self {
        case .fleet(let hold): hold
        case .etcd(let hold): hold
        case .nodes(let hold): hold
        case .consul(let hold): hold
        case .window(let hold): hold
        case .clock(let hold): hold
        case .hostUnits(let hold): hold
        case .host(let hold): hold
        case .preflight(let hold): hold
        case .drift(let hold): hold
        case .deis(let hold): hold
        case .release(let hold): hold
        case .noReturn(let hold): hold
        case .lock(let hold): hold
        case .semaphore(let hold): hold
        case .operatorGate(let hold): hold
        case .plan(let hold): hold
        case .offer(let hold): hold
        case .step(let hold): hold
        case .person(let hold): hold
        case .platform(let hold): hold
        }
    }

    /// Reads what journals have. The names of cases are unique among all gates.
    static let readers: [Reader] = [
        Reader(Self.fleet), Reader(Self.etcd), Reader(Self.nodes), Reader(Self.consul), Reader(Self.window),
        Reader(Self.clock), Reader(Self.hostUnits), Reader(Self.host), Reader(Self.preflight),
        Reader(Self.drift),
        Reader(Self.deis), Reader(Self.release), Reader(Self.noReturn), Reader(Self.lock),
        Reader(Self.semaphore), Reader(Self.operatorGate), Reader(Self.plan), Reader(Self.offer),
        Reader(Self.step), Reader(Self.person), Reader(Self.platform),
    ]
}

extension HoldReason: CustomStringConvertible {
    public var description: String { hold.says }
    public var gate: String { hold.gate }
    /// The case's name, as journals have it.
    public var name: String { Mirror(reflecting: hold).children.first?.label ?? String(describing: hold) }
    public var brief: String { hold.brief }
    public var patience: Patience { hold.patience }
    public var subject: HostID? { hold.subject }
    public var witness: HostID? { hold.witness }

    /// The gate, if a person can pass it over.
    public var overridableGate: OverridableGate? {
        if case .preflight(.spaceLacking(_, let space)) = self, space.isHopeless { return nil }
        return OverridableGate(rawValue: gate)
    }

    /// The host and its case, and none of what changes from one look to the next.
    public var kind: String { brief.filter { !$0.isNumber } + (subject.map { "@\($0)" } ?? "") }

    /// True if asking again without a person's word cannot help, and could harm (a host that reverted).
    public var isTerminal: Bool { patience == .word(.retryReverted) }

    /// True if a person is asked to go on without a way back.
    public var isPointOfNoReturn: Bool { patience == .word(.noReturn) }
}
