/// Every gate of a configuration with what it says now, before any rollout: open, or what holds it.
///
/// Things that gates compare with the time before a rollout (units of fleet and systemd, Deis' components) have no row. The
/// objections of Kubernetes to a drain, and words of a person, are not asked for.
public struct GateBoard: Hashable, Sendable {
    /// In the order in which gates are mended.
    public var rows: [Row]

    public struct Row: Hashable, Sendable {
        /// As holds name it.
        public var gate: String
        public var state: State
        /// The causes of its holds, which may be another gate's.
        public var causes: [HoldCause]
        public var statements: [GateEvidence.Statement]

        public init(
            gate: String, state: State, causes: [HoldCause], statements: [GateEvidence.Statement]
        ) {
            self.gate = gate
            self.state = state
            self.causes = causes
            self.statements = statements
        }
    }

    public enum State: String, Codable, Hashable, Sendable, CaseIterable {
        case open
        /// The gate has no objection so far. A rollout looks at it for longer.
        case openSoFar = "open-so-far"
        case holds
    }

    /// A page of the operator's, and why it is shut; nil where it is open.
    public struct Page: Hashable, Sendable {
        public var name: String
        public var why: String?

        public init(name: String, why: String?) {
            self.name = name
            self.why = why
        }
    }

    public init(rows: [Row]) { self.rows = rows }

    public var holds: Bool { rows.contains { $0.state == .holds } }
}

extension GateBoard {
    /// - Parameters:
    ///   - gates: for a plan of the hosts that could be read.
    ///   - history: the looks at them; empty where no host could be read.
    ///   - unread: the reasons about hosts that are not in the plan, as they did not answer.
    ///   - woken: hosts that answer although they were declared lost.
    public init(
        _ gates: Gates, history: [Inventory], unread: [HoldReason], woken: [WokenHost], pages: [Page]
    ) {
        var gates = gates
        let samples = gates.settings.etcd?.samples ?? 1
        gates.settings = gates.settings.atOnce
        var reasons = unread
        // Bystanders are asked about the cluster, and nothing is done to them.
        for host in gates.plan.hostsInTurn {
            reasons += gates.verdict(.beforeStage, of: host.id, history: history).reasons.filter {
                !reasons.contains($0)
            }
        }
        let silent = unread.compactMap { reason in
            if case .host(.hostUnreadable(let host, _, _, _)) = reason { host } else { nil }
        }
        if !silent.isEmpty { reasons = reasons.flatMap { $0.asked(of: silent) } }
        reasons += gates.etcdReasons(over: history, samples: samples).filter { !reasons.contains($0) }
        reasons = reasons.telling(of: woken)
        reasons += pages.compactMap { page in
            page.why.map { .operatorGate(.pageShut(url: page.name, why: $0)) }
        }
        let statements =
            (history.last.map { gates.statements(about: nil, in: $0) } ?? [])
            + pages.filter { $0.why == nil }.map { GateEvidence.Statement.openPage($0.name) }
        self.init(
            names: Self.names(gates.settings, history.last, hasPages: !pages.isEmpty), reasons.causes,
            statements, isBlind: gates.plan.hosts.isEmpty, waits: true)
    }

    /// The gates of a plan, as they answered before its first host. Gates that a person passed over have no row, and neither
    /// have hooks and pages, which are asked once the rollout begins.
    ///
    /// - Parameters:
    ///   - reasons: those for which the gates did not open; empty where they did.
    ///   - latest: the last look that they went by.
    public init(_ gates: Gates, answered reasons: [HoldReason], in latest: Inventory) {
        let passedOver = Set(gates.overridden.map(\.rawValue))
        let statements = gates.statements(about: gates.plan.hosts.first?.id, in: latest).filter {
            !passedOver.contains($0.gate)
        }
        var names = Self.names(gates.settings, latest, hasPages: false)
        for statement in statements where !names.contains(statement.gate) { names.append(statement.gate) }
        self.init(
            names: names.filter { !passedOver.contains($0) }, reasons.causes, statements, isBlind: false,
            waits: false)
    }

    /// - Parameter waits: gates that time alone opens are open so far.
    private init(
        names: [String], _ causes: [HoldCause], _ statements: [GateEvidence.Statement], isBlind: Bool,
        waits: Bool
    ) {
        let others = causes.flatMap(\.all).map(\.row)
        var all = names
        for name in others where !all.contains(name) { all.append(name) }
        rows = all.map { name in
            let behind = causes.filter { $0.all.contains { $0.row == name } }
            let reasons = behind.flatMap(\.all).filter { $0.row == name }
            // Time alone does not open what follows from a cause that needs more.
            let isShut = (reasons + behind.map(\.reason)).contains { !waits || $0.patience != .soon }
            let isUnasked = isBlind && reasons.isEmpty && name != OverridableGate.http.rawValue
            let state: State =
                isShut || isUnasked ? .holds : reasons.isEmpty ? .open : .openSoFar
            return Row(
                gate: name, state: state, causes: isUnasked ? causes : behind,
                statements: statements.filter { $0.gate == name })
        }
    }

    /// The gates that a configuration has, whatever they say.
    private static func names(
        _ settings: GateSettings, _ latest: Inventory?, hasPages: Bool
    ) -> [String] {
        [
            "host", "lock", latest?.semaphores == nil ? nil : "locksmith",
            settings.etcd == nil ? nil : "etcd", settings.fleet == nil ? nil : "fleet",
            settings.asksForNodes ? "kubernetes" : nil, settings.consul == nil ? nil : "consul",
            OverridableGate.space.rawValue, settings.clock == nil ? nil : OverridableGate.clock.rawValue,
            settings.drift == nil ? nil : OverridableGate.drift.rawValue,
            settings.windows == nil ? nil : OverridableGate.window.rawValue,
            hasPages ? OverridableGate.http.rawValue : nil,
        ].compactMap(\.self)
    }
}

extension Gates {
    /// The reasons of etcd over all looks: the witness of an earlier look may have seen what the last one did not.
    fileprivate func etcdReasons(over looks: [Inventory], samples: Int) -> [HoldReason] {
        guard let host = plan.hosts.first?.id, var gate = etcd else { return [] }
        gate.settings.samples = min(samples, max(1, looks.count))
        return gate.holds(.beforeStage, of: host, history: looks).map(HoldReason.etcd)
    }
}

extension HoldReason {
    /// The gate whose row has the reason: words of a person are asked for under names of their own.
    fileprivate var row: String {
        switch overridableGate {
        case .etcdAfter: "etcd"
        case .fleetTTL: "fleet"
        case .units, .deis, .unitsFailed, .hooks, .http, .window, .space, .clock, .drift, .others, nil: gate
        }
    }
}

extension HoldReason {
    /// The reason where there are other hosts that could say more, and were not read: they were not asked, and do not
    /// say no.
    fileprivate func asked(of silent: [HostID]) -> [HoldReason] {
        switch self {
        case .fleet(.noWitness):
            silent.map { .fleet(.membershipUnknown(witness: $0, why: "it could not be read")) }
        case .consul(.consulNoWitness):
            silent.map { .consul(.consulUnknown(host: $0, why: "it could not be read")) }
        default: [self]
        }
    }
}

extension GateSettings {
    /// The settings for a look that waits for no later one.
    fileprivate var atOnce: GateSettings {
        var settings = self
        settings.etcd?.samples = 1
        settings.consul?.steady = .zero
        settings.units = nil
        return settings
    }
}
