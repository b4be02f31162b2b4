import AgentProtocol
import RolloutModel

/// Takes inventories of a cluster and remembers them, so that a gate can be answered from what was seen over time.
actor Observatory {
    private let plan: Plan
    private let settings: GateSettings
    private let access: HostAccess
    private let clock: RolloutClock
    private let lock: RolloutLock?
    private let nodes: NodeAccess?
    private var history: [Inventory] = []
    private var samplesTaken = 0
    /// Hosts on which no member runs.
    private var seatless: Set<HostID> = []
    /// Where each member was found to run, whenever that was seen.
    private var homes: [EtcdMemberID: HostID] = [:]

    /// Enough for any gate: a rollout that waits longer for one has long passed its deadline.
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

    /// Asks every host about itself and about fleet, and one host other than `concerned` about etcd.
    ///
    /// - Parameter target: a host that runs it already is asked which etcd came with it; nil asks none.
    @discardableResult
    func observe(concerning concerned: HostID, target: Version? = nil) async -> Inventory {
        let takenAt = clock.now()
        samplesTaken += 1
        let turn = samplesTaken
        async let hosts = hostFacts()
        async let membership = membership()
        async let renewals = renewals(turn: turn, without: concerned)
        async let units = units(turn: turn, without: concerned)
        async let deis = deis(turn: turn, without: concerned)
        async let nodes = nodeFacts()
        async let etcd = etcdView(turn: turn, without: concerned)
        async let seat = seats(of: [concerned])
        async let kept = lock?.kept()
        async let semaphores = lock?.seenSemaphores()
        let (seen, troubles) = await hosts
        let upgraded = await seats(of: upgraded(to: target, in: seen, without: concerned))
        let seats = await seat.merging(upgraded) { own, _ in own }
        noteSeats(seats)
        let (views, etcdTroubles) = await etcd
        var inventory = Inventory(
            takenAt: takenAt, hosts: seen, membership: await membership,
            renewals: await renewals, units: await units, deis: await deis, nodes: await nodes,
            etcd: views.mapValues { $0.map(named) }, seats: seats,
            lock: lock?.holder(kept: await kept, seen), semaphores: await semaphores,
            localTime: clock.localTime())
        inventory.troubles = troubles
        inventory.etcdTroubles = etcdTroubles
        // What a cancelled task could not find out says nothing about the hosts.
        guard !Task.isCancelled else { return inventory }
        history.append(inventory)
        history.removeFirst(max(0, history.count - Self.inventoriesMax))
        return inventory
    }

    /// locksmith's semaphores, as they were seen last; none where nothing uses them.
    func semaphores() -> [RebootSemaphore] { history.last?.semaphores?.value ?? [] }

    /// The latest inventory, with the seats of all hosts. It is no evidence for a gate, and not kept.
    func survey() async -> Inventory {
        guard var inventory = history.last else { return Inventory(takenAt: clock.now()) }
        inventory.seats = await seats(of: plan.hosts.map(\.id))
        return inventory
    }

    /// The etcd server version that runs on a host, as the gates saw it last; nil where no member runs there, or none
    /// said.
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
        observations: [HostID: Observation<HostFacts>], troubles: [HostID: HostTrouble]
    ) {
        let (access, clock) = (access, clock)
        return await access.sort(plan.hosts.map(\.id)) { host throws(HostFault) in
            let asked = clock.now()
            let report = try await access.report(host)
            let answered = clock.now()
            // What it says of its phase then is a guess.
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

    /// Every host's view, also the concerned one's: it is a witness for the next host.
    private func membership() async -> [HostID: Observation<Set<MachineID>>] {
        guard settings.fleet != nil else { return [:] }
        return await access.gather(plan.hosts.map(\.id), access.machines)
    }

    private func renewals(turn: Int, without concerned: HostID) async -> [MachineID: UInt64] {
        guard settings.fleet != nil else { return [:] }
        // Where nobody can tell, the gates go by time alone.
        return (try? await access.renewals(witness(turn, without: concerned))) ?? [:]
    }

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

    private func etcdView(turn: Int, without concerned: HostID) async -> (
        observations: [HostID: Observation<EtcdView>], troubles: [HostID: HostTrouble]
    ) {
        guard settings.etcd != nil else { return ([:], [:]) }
        return await access.sort([witness(turn, without: concerned)], access.etcd)
    }

    /// One witness a time, another each time: all are heard, and none is asked more than it must be.
    private func witness(_ turn: Int, without concerned: HostID) -> HostID {
        let witnesses = plan.hosts.map(\.id).filter { $0 != concerned }
        return witnesses.isEmpty ? concerned : witnesses[turn % witnesses.count]
    }

    private func seats(of hosts: [HostID]) async -> [HostID: Observation<EtcdSeat>] {
        guard settings.etcd != nil, !hosts.isEmpty else { return [:] }
        return await access.gather(hosts, access.seat)
    }

    /// One host that runs the target, and may have a member: it tells which etcd comes with it. None where that matters no
    /// more, as the host concerned is there itself.
    private func upgraded(
        to target: Version?, in seen: [HostID: Observation<HostFacts>], without concerned: HostID
    ) -> [HostID] {
        guard let target, seen[concerned]?.value?.version != target else { return [] }
        let hosts = plan.hosts.lazy.map(\.id).filter { host in
            host != concerned && seen[host]?.value?.version == target && !self.seatless.contains(host)
        }
        return hosts.first.map { [$0] } ?? []
    }

    /// With the host of each member: where it was found to run; else by its name, which CoreOS makes the machine-id, and
    /// people the host's name.
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

    private func noteSeats(_ seats: [HostID: Observation<EtcdSeat>]) {
        for (host, seat) in seats {
            if case .seen(.member(let member, _)) = seat { homes[member] = host }
            if seat == .seen(.none) { seatless.insert(host) } else { seatless.remove(host) }
        }
    }
}
