import AgentProtocol
import ClusterAnswers
import HostFiles
public import RolloutModel
import Rollouts

extension ClusterLook {
    /// - Parameters:
    ///   - endpoint: where the configuration has etcd.
    ///   - isPart: only some of the configured hosts were looked at.
    public func findings(
        _ settings: GateSettings, endpoint: EtcdEndpoint, isPart: Bool
    ) -> [Checkup.Finding] {
        let reached = reached
        let gates = gates(settings, isPart: isPart).findings
        // A member that is down is told of by the others, and its host does not pass for one without etcd.
        let down = Set(gates.filter { $0.check == .members && $0.verdict != .ok }.flatMap(\.subject.hosts))
        let withEtcd = reached.filter { $0.seat != .seen(.none) || !down.contains($0.host) }
        return ConnectionCheck.findings(hosts.map(connection)) + reached.compactMap(sudo) + agentFindings
            + reached.compactMap(engine) + withEtcd.compactMap { own($0, endpoint) }
            + reached.compactMap(rebooter) + fleetFindings(settings) + clocks(settings.clock) + gates
    }

    // MARK: Each host

    private func connection(_ look: HostLook) -> ConnectionCheck {
        let failure = look.fault.map { fault in
            ConnectionCheck.Failure(
                fault.trouble, fault.connection ?? ConnectionFailure(said: fault.why),
                bastion: fault.bastion)
        }
        return ConnectionCheck(host: look.host, login: logins[look.host], failure: failure)
    }

    private func sudo(_ look: HostLook) -> Checkup.Finding? {
        look.probe.map {
            SudoCheck(host: look.host, user: logins[look.host]?.user ?? "core", denial: $0.denial).finding
        }
    }

    private var agentFindings: [Checkup.Finding] {
        agents?.check(hosts.filter(\.hasRoot).map(\.host), exposed: exposed).findings ?? []
    }

    private func engine(_ look: HostLook) -> Checkup.Finding? {
        guard let audit = look.audit, audit.fault == nil else { return nil }
        let unit = audit.engine.map {
            EngineCheck.Unit(isMasked: $0.isMasked, activeState: $0.activeState)
        }
        return EngineCheck(host: look.host, unit: unit).finding
    }

    private func own(_ look: HostLook, _ endpoint: EtcdEndpoint) -> Checkup.Finding? {
        look.seat.map {
            OwnEtcdCheck(
                host: look.host, configured: endpoint.place, seat: $0, found: look.etcdElsewhere
            ).finding
        }
    }

    private func rebooter(_ look: HostLook) -> Checkup.Finding? {
        guard let probe = look.probe else { return nil }
        guard probe.isActive("zincati") != nil else {
            return RebooterCheck(host: look.host, .untold).finding
        }
        return probe.zincati.map { settings in
            let isByTurns = settings["strategy"] == "fleet_lock"
            let server =
                isByTurns
                ? ForeignText.line(settings["base_url"] ?? "that its settings name", charactersMax: 200) : nil
            return RebooterCheck(host: look.host, .active(fleetLock: server)).finding
        }
    }

    // MARK: All hosts

    private func fleetFindings(_ settings: GateSettings) -> [Checkup.Finding] {
        guard let fleet = settings.fleet else { return [] }
        let without = reached.filter { $0.probe?.has("fleet") == false }.map(\.host)
        let seen = reached.compactMap { look in
            look.probe?.fleetTTL.map {
                FleetTTLCheck.Seen(look.host, ttl: $0.ttl, place: $0.place)
            }
        }
        // Why a host gives no root is a finding of its own.
        let asked = reached.filter { $0.hasRoot && $0.probe?.has("fleet") != false }.map(\.host)
        let check = FleetTTLCheck(
            configured: fleet.ttl, asked: asked, seen: seen,
            listed: registry?.value?.values.compactMap(\.timeLeft).max())
        return FleetAbsence(hosts: without).findings + check.findings
    }

    private func clocks(_ settings: GateSettings.Clock?) -> [Checkup.Finding] {
        let read = reached.compactMap { look in look.clock.map { ClockCheck.Reading(look.host, $0) } }
        return ClockCheck(hosts: read, own: clock, settings: settings).findings
    }

    // MARK: Gates

    func gates(_ settings: GateSettings, isPart: Bool) -> GateCheck {
        let facts = hosts.reduce(into: [HostID: HostFacts]()) { $0[$1.host] = self.facts(of: $1) }
        let known = hosts.filter { facts[$0.host] != nil }
        var settings = settings
        if known.allSatisfy({ $0.machines == nil }) { settings.fleet = nil }
        if known.allSatisfy({ $0.seat == nil }) { settings.etcd = nil }
        if nodes == nil { settings.asksForNodes = false }
        if consul.isEmpty { settings.consul = nil }
        var inventory = Inventory(
            takenAt: .start, hosts: facts.mapValues { .seen($0) },
            membership: byHost(known, \.machines), registry: registry, nodes: nodes, etcd: etcd,
            seats: byHost(known, \.seat), semaphores: semaphores)
        inventory.consul = consul
        return GateCheck(
            hosts: known.compactMap { look in
                facts[look.host].map {
                    PlannedHost(
                        id: look.host, machine: $0.machine, version: $0.version, settings: $0.settings)
                }
            }, settings: settings, inventory: inventory,
            withoutAgent: Set(known.map(\.host).filter { agentFacts(of: $0) == nil }),
            away: hosts.compactMap { look in look.fault.map { AwayHost(look.host, $0.trouble) } },
            isPart: isPart, rebooters: reached.compactMap(rebooter), woken: woken)
    }

    private func byHost<Value>(
        _ looks: [HostLook], _ part: KeyPath<HostLook, Observation<Value>?>
    ) -> [HostID: Observation<Value>] {
        looks.reduce(into: [:]) { $0[$1.host] = $1[keyPath: part] }
    }

    /// The facts of a host by its agent, which knows more, or else by its audit; nil if there is neither.
    private func facts(of look: HostLook) -> HostFacts? {
        agentFacts(of: look.host) ?? look.audit.flatMap { HostFacts($0) }
    }

    /// Moments do not matter: clocks are compared by what every host tells, whether it has an agent or not.
    private func agentFacts(of host: HostID) -> HostFacts? {
        guard let report = agents?.reports[host]?.value, report.reason(for: AgentState.recordPath) == nil
        else { return nil }
        return HostFacts(report, asked: .start, answered: .start)
    }
}
