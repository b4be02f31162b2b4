import AgentProtocol
import RolloutModel

/// Takes inventories of a cluster and remembers them, so that a gate can be answered from what was seen over time.
actor Observatory {
    private let plan: Plan
    private let settings: GateSettings
    private let access: HostAccess
    private let clock: RolloutClock
    private let lock: RolloutLock?
    private var history: [Inventory] = []
    private var samplesTaken = 0

    /// Enough for any gate: a rollout that waits longer for one has long passed its deadline.
    private static let inventoriesMax = 1000

    init(plan: Plan, settings: GateSettings, access: HostAccess, lock: RolloutLock?, clock: RolloutClock) {
        self.plan = plan
        self.settings = settings
        self.access = access
        self.lock = lock
        self.clock = clock
    }

    /// Inventories all of whose questions were asked after `moment`, in the order they were taken.
    func history(since moment: Moment) -> [Inventory] {
        history.filter { $0.takenAt >= moment }
    }

    /// Asks every host about itself and about fleet, and one host other than `concerned` about etcd.
    @discardableResult
    func observe(concerning concerned: HostID) async -> Inventory {
        let takenAt = clock.now()
        samplesTaken += 1
        let turn = samplesTaken
        async let hosts = hostFacts()
        async let membership = membership()
        async let renewals = renewals(turn: turn, without: concerned)
        async let etcd = etcdView(turn: turn, without: concerned)
        async let seat = seat(of: concerned)
        async let kept = lock?.kept()
        let seen = await hosts
        let inventory = Inventory(
            takenAt: takenAt, hosts: seen, membership: await membership,
            renewals: await renewals, etcd: await etcd, seats: await seat,
            lock: lock?.holder(kept: await kept, seen), localTime: clock.localTime())
        // What a cancelled task could not find out says nothing about the hosts.
        guard !Task.isCancelled else { return inventory }
        history.append(inventory)
        history.removeFirst(max(0, history.count - Self.inventoriesMax))
        return inventory
    }

    /// The etcd server version that runs on a host, as the gates saw it last; nil where no member runs there, or none
    /// said.
    func etcdServer(on host: HostID) async -> String? {
        guard settings.etcd != nil else { return nil }
        var seat = history.reversed().lazy.compactMap { $0.seats[host]?.value }.first
        if seat == nil { seat = try? await access.seat(host) }
        guard case .member(_, let server)? = seat else { return nil }
        return server
    }

    private func hostFacts() async -> [HostID: Observation<HostFacts>] {
        let access = access
        return await access.gather(plan.hosts.map(\.id)) { host throws(HostFault) in
            let report = try await access.report(host)
            // What it says of its phase then is a guess.
            if let record = report.unreadable.first(where: { $0.subject == AgentState.recordPath }) {
                throw HostFault(
                    host: host, kind: .answerUnreadable,
                    why: "its agent cannot read its own record: \(record.reason)")
            }
            guard let facts = HostFacts(report) else {
                throw HostFault(
                    host: host, kind: .answerUnreadable, why: "its os-release names no VERSION_ID")
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

    private func etcdView(turn: Int, without concerned: HostID) async -> [HostID: Observation<EtcdView>] {
        guard settings.etcd != nil else { return [:] }
        return await access.gather([witness(turn, without: concerned)], access.etcd)
    }

    /// One witness a time, another each time: all are heard, and none is asked more than it must be.
    private func witness(_ turn: Int, without concerned: HostID) -> HostID {
        let witnesses = plan.hosts.map(\.id).filter { $0 != concerned }
        return witnesses.isEmpty ? concerned : witnesses[turn % witnesses.count]
    }

    private func seat(of host: HostID) async -> [HostID: Observation<EtcdSeat>] {
        guard settings.etcd != nil else { return [:] }
        return await access.gather([host], access.seat)
    }
}
