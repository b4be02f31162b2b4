/// A host on which no command ran, and why.
public struct AwayHost: Hashable, Sendable {
    public var host: HostID
    public var trouble: HostTrouble

    public init(_ host: HostID, _ trouble: HostTrouble) {
        self.host = host
        self.trouble = trouble
    }
}

/// The gates' judgement of one look at the cluster: the same as before a rollout, without waiting for evidence over
/// time.
public struct GateCheck: Sendable {
    /// The hosts of which facts are known.
    public var hosts: [PlannedHost]
    public var settings: GateSettings
    public var inventory: Inventory
    /// Of `hosts`, those whose facts no agent told.
    public var withoutAgent: Set<HostID>
    /// Hosts on which no command ran.
    public var away: [AwayHost]
    /// Only some of the configured hosts were looked at.
    public var isPart: Bool
    /// Findings about programs that reboot hosts, apart from those of the gates.
    public var rebooters: [Checkup.Finding]
    /// Hosts that answer although they were declared lost.
    public var woken: [WokenHost]

    public init(
        hosts: [PlannedHost], settings: GateSettings, inventory: Inventory, withoutAgent: Set<HostID>,
        away: [AwayHost], isPart: Bool, rebooters: [Checkup.Finding] = [], woken: [WokenHost] = []
    ) {
        self.hosts = hosts
        self.settings = settings
        self.inventory = inventory
        self.withoutAgent = withoutAgent
        self.away = away
        self.isPart = isPart
        self.rebooters = rebooters
        self.woken = woken
    }

    public var findings: [Checkup.Finding] {
        guard !hosts.isEmpty else { return [] }
        let reasons = reasons
        let told = (silences + twins + reasons.filter(isToBeTold)).causes.compactMap(finding)
        // A reason that is told under its cause, or by another check, is no proof of the contrary.
        let doubted = Set(
            reasons.filter { $0.patience != .soon }.compactMap(\.check) + (told + unasked).map(\.check))
        return told + unasked + restFindings(besides: told) + clusterFindings(without: doubted)
    }

    // MARK: What holds

    /// The reasons of every host, each once.
    private var reasons: [HoldReason] {
        let gates = Gates(plan: plan, settings: atOnce)
        let history = [named]
        var reasons: [HoldReason] = []
        for host in hosts {
            reasons += gates.verdict(.beforeStage, of: host.id, history: history).reasons.filter {
                !reasons.contains($0)
            }
        }
        return reasons.telling(of: woken)
    }

    /// The reasons for hosts that are away, from which follows what others miss of them.
    private var silences: [HoldReason] {
        away.map { .host(.hostUnreadable(host: $0.host, why: "", trouble: $0.trouble)) }
    }

    /// The questions that no host could be asked, as only one of several was reached.
    private var unasked: [Checkup.Finding] {
        guard !isPart, let first = away.first, let only = hosts.first?.id, hosts.count == 1 else { return [] }
        let why = Names.text(away.map { "'\($0.host)' (\($0.trouble.words))" })
        func finding(_ check: Checkup.Check, _ what: String) -> Checkup.Finding {
            .warning(
                check, .host(only), "\(what): no command ran on the others: \(why)",
                fix: Remedy(["first mend what is said of the others:"] + first.trouble.steps(on: first.host)))
        }
        return [
            settings.fleet == nil
                ? nil : finding(.fleet, "whether '\(only)' is in fleet was not asked of another host"),
            settings.consul == nil
                ? nil
                : finding(.consul, "whether '\(only)' is alive in Consul was not asked of another host"),
        ].compactMap(\.self)
    }

    /// Names of one machine. No plan has it twice.
    private var twins: [HoldReason] {
        hosts.enumerated().compactMap { index, host in
            guard let twin = hosts[..<index].first(where: { $0.machine == host.machine }) else { return nil }
            return .host(.sameMachine(host: host.id, as: twin.id))
        }
    }

    /// Of a look that needs no second one. Clocks, windows and fleet's TTL have checks of their own.
    private var atOnce: GateSettings {
        var settings = settings
        settings.etcd?.samples = 1
        settings.consul?.steady = .zero
        settings.clock = nil
        settings.windows = nil
        settings.units = nil
        if !withoutAgent.isEmpty { settings.drift = nil }
        return settings
    }

    private func isToBeTold(_ reason: HoldReason) -> Bool {
        switch reason {
        // Time alone mends it.
        case _ where reason.patience == .soon: false
        // The host's own check tells of it.
        case .etcd(.etcdSeatUnknown), .etcd(.etcdTooOld), .nodes(.nodesUnknown): false
        case .etcd(.etcdUnknown(_, let witness?, _)): !isUnclear(witness)
        // No host's own etcd answered, which is told of each.
        case .etcd(.etcdUnknown(_, nil, _)), .fleet(.fleetTTLUnknown): !isEtcdUnclear
        case .host(.untold(let host, _, _)), .host(.partitionsUnreadable(let host, _)):
            !withoutAgent.contains(host)
        // Hosts that were not asked may have what is missed here.
        case .fleet(.noWitness), .etcd(.etcdNowhere), .consul(.consulNowhere), .consul(.consulNoWitness):
            !isPart && away.isEmpty
        default: true
        }
    }

    /// The host's own etcd did not say who it is.
    private func isUnclear(_ host: HostID) -> Bool {
        if case .unknown? = inventory.seats[host] { true } else { false }
    }

    private var isEtcdUnclear: Bool {
        let hasMember = inventory.seats.values.contains {
            if case .seen(.member) = $0 { true } else { false }
        }
        return !hasMember && hosts.contains { isUnclear($0.id) }
    }

    private func finding(_ cause: HoldCause) -> Checkup.Finding? {
        if case .host(.hostUnreadable) = cause.reason { return nil }
        guard let check = cause.reason.check else { return nil }
        let subject: Checkup.Subject = cause.hosts.isEmpty ? .cluster : .hosts(cause.hosts)
        let remedy = cause.reason.hold.remedy
        let away = mayBeBehind(cause.reason)
        guard away.isEmpty else {
            let names = Names.text(away.map { "'\($0)'" })
            return .warning(
                check, subject, "\(cause.description); that may be \(names), not reached", fix: remedy)
        }
        return cause.reason.isForAPassingTime
            ? .warning(check, subject, cause.description, fix: remedy)
            : .fault(check, subject, cause.description, fix: remedy)
    }
}
