import AgentProtocol
import HostAgent
import RolloutModel
import Rollouts

/// The state of the whole small model at one moment.
struct ModelState: Hashable, Sendable {
    var hosts: [ModelHost]
    /// The coordinator that cordoned each host's node; empty where no Kubernetes runs on the hosts.
    var cordons: [Int?]
    var lock = ClusterLock()
    var coordinators: [ModelCoordinator]
    /// The requests that were sent and have not arrived, in order, so that the same requests are the same state.
    private(set) var underWay: [ModelRequest] = []
    /// The number of replies that may still be lost, and of requests that may still be late.
    var lossesLeft: Int
    /// The number of hosts that may still lose their power while their update is downloaded ahead.
    var powerCutsLeft: Int
    /// The number of times that a person may still say that a holder is dead, right or wrong.
    var unlocksLeft: Int

    init(_ bounds: SmallModel.Bounds) {
        hosts = Array(repeating: ModelHost(isPrefetched: bounds.prefetched), count: bounds.hosts)
        powerCutsLeft = bounds.prefetched ? 1 : 0
        cordons = Array(repeating: nil, count: bounds.nodes ? bounds.hosts : 0)
        coordinators = (0..<bounds.coordinators).map { _ in
            ModelCoordinator(startsLeft: bounds.starts, crashesLeft: bounds.crashes)
        }
        lossesLeft = bounds.losses
        unlocksLeft = bounds.unlocks
    }

    mutating func put(_ request: ModelRequest) {
        guard !underWay.contains(request) else { return }
        underWay.append(request)
        underWay.sort { $0.order.lexicographicallyPrecedes($1.order) }
    }

    mutating func remove(_ request: ModelRequest) { underWay.removeAll { $0 == request } }

    static func rollout(_ index: Int) -> RolloutID { RolloutID("r-\(index)") }
    static func host(_ index: Int) -> HostID { HostID("h\(index)") }
    static func member(_ index: Int) -> EtcdMemberID { EtcdMemberID("e\(index)") }

    func index(of host: HostID) -> Int { hosts.indices.first { Self.host($0) == host } ?? 0 }

    func plan(_ coordinator: Int) -> Plan {
        Plan(
            rollout: Self.rollout(coordinator),
            hosts: hosts.indices.map {
                PlannedHost(id: Self.host($0), machine: MachineID("m\($0)"), version: ModelHost.old)
            },
            bystanders: nil, order: .given, target: .pinned(version: ModelHost.new), found: nil, group: nil,
            server: nil,
            engineRest: .masked, commit: .engine, deadManMinutes: nil,
            onFailure: .hold, retryReverted: false, acceptsNoReturn: false, movesLeader: false,
            etcdAfter: nil,
            units: nil, deis: nil, nodes: plannedNodes(), overrides: [], purpose: .upgrade, stopAfter: nil,
            operatorName: "", createdAt: "")
    }

    /// Two observations by a coordinator, a TTL apart, between which nothing happens.
    func inventories(concerning host: Int) -> [Inventory] {
        [Moment.start, .start + .seconds(10)].map { moment in
            var inventory = Inventory(takenAt: moment)
            inventory.lock = .seen(lock.holder)
            if !cordons.isEmpty { inventory.nodes = .seen(nodeFacts(at: moment)) }
            let machines = Set(hosts.indices.filter { hosts[$0].isUp }.map { MachineID("m\($0)") })
            inventory.registry = .seen(
                Dictionary(
                    uniqueKeysWithValues: machines.map { ($0, FleetEntry(index: 1, timeLeft: .seconds(5))) }))
            for index in hosts.indices {
                let id = Self.host(index)
                inventory.hosts[id] = hosts[index].isUp ? .seen(facts(index)) : .unknown("no route to host")
                inventory.membership[id] = hosts[index].isUp ? .seen(machines) : .unknown("no route to host")
                inventory.seats[id] = .seen(.member(Self.member(index), server: "3.4.23"))
            }
            let witness = hosts.indices.first { $0 != host && hosts[$0].isUp }
            inventory.etcd[Self.host(witness ?? host)] =
                witness == nil ? .unknown("nobody answers") : .seen(etcd)
            return inventory
        }
    }

    private func facts(_ index: Int) -> HostFacts {
        let host = hosts[index]
        let isAtWork = host.phase == .staged || host.phase == .rebooting
        return HostFacts(
            machine: MachineID("m\(index)"), boot: host.bootID(index), version: host.version,
            distribution: nil, committed: host.isCommitted, updatePending: host.isArmed, otherIsNext: nil,
            damagedTable: nil, oddSettings: [],
            claimedBy: isAtWork ? host.hold.authority.map { RolloutID($0.rollout) } : nil,
            holder: host.hold.claim.map { LockHolder($0) }, hazards: [], revertedFrom: nil, partition: nil,
            otherPartition: nil, etcdBefore: nil, etcd: nil, contents: nil, otherWasTriedInVain: false,
            engineOperation: nil, cgroups: nil, space: [], clock: nil, settings: nil, units: nil, untold: [:])
    }

    private var etcd: EtcdView {
        EtcdView(
            members: hosts.indices.map { index in
                .init(
                    id: Self.member(index), name: "h\(index)", isLearner: false,
                    health: hosts[index].isUp ? .healthy : .unhealthy("no answer"), version: "3.4.23")
            }, clusterVersion: "3.4.0")
    }
}
