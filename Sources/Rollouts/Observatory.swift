import AgentProtocol
import RolloutModel

/// Takes inventories of a cluster and keeps them, so that gates can judge observations over time.
actor Observatory {
    private let plan: Plan
    private let settings: GateSettings
    private let access: HostAccess
    private let clock: RolloutClock
    private let lock: RolloutLock?
    private let nodes: NodeAccess?
    private var history: [Inventory] = []
    private var samplesTaken = 0
    /// Hosts on which no member ran.
    private var seatless: Set<HostID> = []
    /// The host on which each member was last found to run.
    private var homes: [EtcdMemberID: HostID] = [:]

    /// The number of inventories kept: enough for any gate, since a rollout's deadline passes long before that.
    private static let inventoriesMax = 1000

    init(
        plan: Plan, settings: GateSettings, access: HostAccess, lock: RolloutLock?, nodes: NodeAccess?,
        clock: RolloutClock
    ) {
        self.plan = plan
        self.settings = settings
        self.access = access
        self.lock = lock
        self.nodes = nodes
        self.clock = clock
    }

    /// Inventories all of whose questions were asked after `moment`, in the order they were taken.
    func history(since moment: Moment) -> [Inventory] {
        history.filter { $0.takenAt >= moment }
    }

    /// Asks every host about itself, its etcd and fleet, and one host other than `concerned` about all of etcd.
    @discardableResult
    func observe(concerning concerned: HostID) async -> Inventory {
        let takenAt = clock.now()
        samplesTaken += 1
        let turn = samplesTaken
        async let hosts = hostFacts()
        async let membership = membership()
        async let units = units(turn: turn, without: concerned)
        async let deis = deis(turn: turn, without: concerned)
        async let nodes = nodeFacts()
        async let kept = lock?.kept()
        async let semaphores = lock?.seenSemaphores()
        async let findings = access.findings(of: plan.hosts.map(\.id))
        let seats = await seats(concerning: concerned)
        let witness = etcdWitness(turn, without: concerned, seats)
        async let etcd = etcdView(through: witness)
        let registrar = witness ?? self.witness(turn, without: concerned)
        async let registry = registry(through: registrar, without: concerned)
        let (seen, faults) = await hosts
        let (views, etcdFaults) = await etcd
        var inventory = Inventory(
            takenAt: takenAt, hosts: seen, membership: await membership,
            registry: await registry, units: await units, deis: await deis, nodes: await nodes,
            etcd: views.mapValues { $0.map(named) }, seats: seats,
            lock: lock?.holder(kept: await kept, seen), semaphores: await semaphores,
            localTime: clock.localTime())
        inventory.troubles = faults.mapValues(\.trouble)
        inventory.bastions = faults.compactMapValues(\.bastion)
        inventory.etcdTroubles = etcdFaults.mapValues(\.trouble)
        for finding in await findings { finding(&inventory) }
        // A cancelled task's observations say nothing about the hosts.
        guard !Task.isCancelled else { return inventory }
        history.append(inventory)
        history.removeFirst(max(0, history.count - Self.inventoriesMax))
        return inventory
    }

    /// The last inventory; nil before the first look.
    func latest() -> Inventory? { history.last }

    /// The longest time left of any machine's entry in fleet's registry; nil if none was seen.
    func longestListing() -> Duration? {
        history.compactMap { $0.registry?.value?.values.compactMap(\.timeLeft).max() }.max()
    }

    /// locksmith's semaphores as last seen; empty if no group uses one.
    func semaphores() -> [RebootSemaphore] { history.last?.semaphores?.value ?? [] }

    /// The latest inventory, with the seats of all hosts in etcd. The result is neither evidence for a gate nor kept.
    func survey() async -> Inventory {
        guard var inventory = history.last else { return Inventory(takenAt: clock.now()) }
        inventory.seats = await seats(of: plan.hosts.map(\.id))
        return inventory
    }

    /// The etcd server version that runs on a host, as the gates saw it last; nil where no member runs there, or no
    /// version was seen.
    func etcdServer(on host: HostID) async -> String? {
        guard settings.etcd != nil else { return nil }
        var seat = history.reversed().lazy.compactMap { $0.seats[host]?.value }.first
        if seat == nil { seat = try? await access.seat(host) }
        return switch seat {
        case .member(_, let server): server
        case .ancient(let server): server
        case .some(.none), nil: nil
        }
    }

    private func hostFacts() async -> (
        observations: [HostID: Observation<HostFacts>], faults: [HostID: HostFault]
    ) {
        let (access, clock) = (access, clock)
        return await access.sort(plan.hosts.map(\.id)) { host throws(HostFault) in
            let asked = clock.now()
            let report = try await access.report(host)
            let answered = clock.now()
            // With an unreadable record, the phase in an agent's report is a guess.
            if let reason = report.reason(for: AgentState.recordPath) {
                throw HostFault(
                    host: host, kind: .answerUnreadable,
                    why: "its agent cannot read its own record: \(reason)", detail: .recordUnreadable)
            }
            guard let facts = HostFacts(report, asked: asked, answered: answered) else {
                throw HostFault(
                    host: host, kind: .answerUnreadable, why: "its os-release names no VERSION_ID",
                    detail: .osReleaseUnreadable)
            }
            return facts
        }
    }

    /// The view of every host. The view of the concerned host counts as well, since it is a witness for the next host.
    private func membership() async -> [HostID: Observation<Set<MachineID>>] {
        guard settings.fleet != nil else { return [:] }
        return await access.gather(plan.hosts.map(\.id), access.machines)
    }

    /// Any host that reaches fleet's etcd can be asked, even one that runs no etcd: the registry is the same for all.
    private func registry(
        through first: HostID, without concerned: HostID
    ) async -> Observation<[MachineID: FleetEntry]>? {
        guard settings.fleet != nil else { return nil }
        let others = plan.hosts.map(\.id).filter { $0 != concerned && $0 != first }
        let asked =
            ([first] + others.prefix(Self.registryWitnessesMax)).filter { $0 != concerned } + [concerned]
        return await access.firstAnswer(asked, access.fleetRegistry)
    }

    /// The number of hosts asked for the registry in one observation; a host that is away costs a timeout.
    private static let registryWitnessesMax = 3

    private func units(turn: Int, without concerned: HostID) async -> [HostID: Observation<FleetUnits>] {
        guard settings.fleet?.waitsForUnits == true, plan.units != nil else { return [:] }
        return await access.gather([witness(turn, without: concerned)], access.units)
    }

    private func deis(turn: Int, without concerned: HostID) async -> [HostID: Observation<DeisComponents>] {
        guard settings.waitsForDeis, plan.deis != nil else { return [:] }
        return await access.gather([witness(turn, without: concerned)]) {
            [access] host throws(HostFault) -> DeisComponents in
            guard let components = try await access.deis(host) else {
                throw HostFault(host: host, kind: .commandFailed, why: "it has no /etc/deis-release")
            }
            return components
        }
    }

    private func nodeFacts() async -> Observation<[NodeFacts]>? {
        guard settings.asksForNodes, let nodes else { return nil }
        do throws(NodeFault) {
            return .seen(try await nodes.nodes())
        } catch {
            return .unknown(error.why)
        }
    }

    private func etcdView(through witness: HostID?) async -> (
        observations: [HostID: Observation<EtcdView>], faults: [HostID: HostFault]
    ) {
        guard settings.etcd != nil, let witness else { return ([:], [:]) }
        return await access.sort([witness], access.etcd)
    }

    /// The witness of a turn. Hosts take turns as the witness, so that all are heard and none is asked more than
    /// needed.
    private func witness(_ turn: Int, without concerned: HostID) -> HostID {
        let witnesses = plan.hosts.map(\.id).filter { $0 != concerned }
        return witnesses.isEmpty ? concerned : witnesses[turn % witnesses.count]
    }

    /// The host to ask for etcd's members, which must run a member: other hosts know nothing of etcd. The host
    /// concerned is asked only if no other host has a member. Members report their own health in any case.
    ///
    /// - Returns: nil if none of these hosts has a member.
    private func etcdWitness(
        _ turn: Int, without concerned: HostID, _ seats: [HostID: Observation<EtcdSeat>]
    ) -> HostID? {
        let others = plan.hosts.map(\.id).filter { $0 != concerned }
        let members = others.filter { if case .seen(.member)? = seats[$0] { true } else { false } }
        if !members.isEmpty { return members[turn % members.count] }
        // Hosts without a known seat may have a member; asking them tells why it is unknown.
        let unclear = others.filter { seats[$0] != .seen(.none) }
        if !unclear.isEmpty { return unclear[turn % unclear.count] }
        return seats[concerned] == .seen(.none) ? nil : concerned
    }

    private func seats(of hosts: [HostID]) async -> [HostID: Observation<EtcdSeat>] {
        guard settings.etcd != nil, !hosts.isEmpty else { return [:] }
        return await access.gather(hosts, access.seat)
    }

    /// Adds the host of each member: the host that the member was found on, or else the host of its name. By CoreOS'
    /// default the name is the machine-id; often it is the host's name.
    private func named(_ view: EtcdView) -> EtcdView {
        var view = view
        for (index, member) in view.members.enumerated() {
            view.members[index].host =
                member.host ?? homes[member.id]
                ?? plan.hosts.first {
                    $0.machine.rawValue == member.name || $0.id.rawValue == member.name
                }?.id
        }
        return view
    }

    /// The seats of all hosts, so that two hosts with the same member are noticed. A host without a member is asked
    /// again only now and then.
    private func seats(concerning concerned: HostID) async -> [HostID: Observation<EtcdSeat>] {
        let isReview = samplesTaken % Self.seatlessFor == 0
        let asked = plan.hosts.map(\.id).filter { $0 == concerned || isReview || !seatless.contains($0) }
        var seats = await seats(of: asked)
        for (host, seat) in seats {
            if case .seen(.member(let member, _)) = seat { homes[member] = host }
            if seat == .seen(.none) { seatless.insert(host) } else { seatless.remove(host) }
        }
        for host in seatless where seats[host] == nil { seats[host] = .seen(.none) }
        return seats
    }

    /// The number of looks for which a host without a member is not asked again.
    private static let seatlessFor = 20
}
