import RolloutModel
import Rollouts

/// The parameters of a run, all derived from its seed.
public struct Scenario: Sendable {
    public var seed: UInt64
    public var hosts: [HostID]
    var operators: Int
    /// True if both operators start at the same moment.
    var isRace: Bool
    var faults: Faults
    var ttl: Duration
    /// The TTL in the operator's configuration, which may differ from the hosts'.
    var configuredTTL: Duration
    /// Hosts on which a unit fails on the new image, and the time for which it does.
    var unitTroubles: [HostID: Duration]
    var onFailure: Plan.OnFailure
    var isPinned: Bool
    var stopAfter: Int?
    /// True if etcd runs on the hosts: its gate is asked, and it keeps the cluster's lock.
    var hasEtcd: Bool
    /// True if the new image brings an etcd of a newer minor version.
    var raisesEtcd: Bool
    /// True if the old etcd does not start on a member's data once the new one used it.
    var keepsMembers: Bool
    /// The slots of locksmith's semaphore, by which hosts reboot themselves; nil if locksmith is not used.
    var locksmithSlots: Int?
    /// Hosts without an etcd member, beside at least three that have one.
    var workers: Set<HostID>
    /// Hosts whose update was downloaded ahead, and the time of a power cut until their turn; nil for none.
    var prefetched: [HostID: Moment?]
    /// True if members publish an address at which each host finds its own etcd.
    var sharesAddresses: Bool
    /// The hosts' nodes if they belong to Kubernetes; somebody cordoned some of them before.
    var nodes: [HostID: SimulatedNode]

    /// The operator's hooks; nil where there are none.
    var hooks: SimulatedHooks?
    /// True if etcd's leadership is to be handed on before a reboot.
    var movesLeader: Bool

    /// The host that breaks for good, and the time.
    var breaks: (host: HostID, at: Moment)?

    static let old = "1.0.0"
    static let new = "2.0.0"

    init(seed: UInt64, dice: inout Dice) {
        self.seed = seed
        hosts = (1...Self.count(&dice)).map { HostID("h\($0)") }
        operators = dice.happens(0.3) ? 2 : 1
        isRace = dice.happens(0.3)
        faults = dice.happens(0.05) ? .none : .rough
        ttl = dice.roll(seconds: 4...30)
        onFailure = dice.happens(0.3) ? .rollback : .hold
        isPinned = dice.happens(0.3)
        stopAfter = dice.happens(0.2) ? dice.roll(1...2) : nil
        hasEtcd = dice.happens(0.7)
        raisesEtcd = dice.happens(0.5)
        locksmithSlots = hasEtcd && dice.happens(0.4) ? dice.roll(1...2) : nil
        var memberDice = Dice(seed: seed ^ 0x6d65_6d62_6572)
        keepsMembers = raisesEtcd && memberDice.happens(0.25)
        // Separate dice, so that the rest of a seed's scenario does not depend on these.
        var fleetDice = Dice(seed: seed &+ 0x9e37_79b9_7f4a_7c15)
        configuredTTL = fleetDice.happens(0.3) ? ttl / fleetDice.roll(2...6.0) : ttl
        unitTroubles = [:]
        for host in hosts where fleetDice.happens(0.1) {
            unitTroubles[host] = fleetDice.roll(seconds: 5...200)
        }
        var ownDice = Dice(seed: ~seed)
        var brokenDice = Dice(seed: ~seed &+ 1)
        var etcdDice = Dice(seed: seed ^ 0x7e7c_d000_0000_0000)
        workers =
            hosts.count > 3 && etcdDice.happens(0.4)
            ? Set(hosts.shuffled(using: &etcdDice).dropFirst(etcdDice.roll(3...5))) : []
        sharesAddresses = etcdDice.happens(0.5)
        prefetched = Self.prefetched(hosts, until: faults.end, seed)
        nodes = [:]
        var hookDice = Dice(seed: seed ^ 0x686f_6f6b_0000_0000)
        hooks = hookDice.happens(0.3) ? SimulatedHooks() : nil
        movesLeader = hookDice.happens(0.2)
        breaks = nil
        if brokenDice.happens(0.15), faults.end > .start, let host = brokenDice.pick(hosts) {
            let at = brokenDice.roll(.seconds(60)...faults.end.sinceStart)
            breaks = (host, .start + at)
        }
        guard ownDice.happens(0.3) else { return }
        // Kubernetes handles a lost host's node, so a scenario has either nodes or a broken host.
        guard breaks == nil else { return }
        for host in hosts { nodes[host] = ownDice.happens(0.2) ? .cordonedBefore : SimulatedNode() }
    }

    /// On every third night some hosts have their update already.
    private static func prefetched(
        _ hosts: [HostID], until end: Moment, _ seed: UInt64
    ) -> [HostID: Moment?] {
        var dice = Dice(seed: seed ^ 0x6168_6561_6400_0000)
        guard dice.happens(0.33) else { return [:] }
        var prefetched: [HostID: Moment?] = [:]
        for host in hosts where dice.happens(0.6) {
            let cutAt = .start + dice.roll(seconds: 1...600)
            prefetched[host] = .some(dice.happens(0.4) && cutAt < end ? cutAt : nil)
        }
        return prefetched
    }

    /// The number of hosts: mostly small clusters as in reality, some of fifty.
    private static func count(_ dice: inout Dice) -> Int {
        switch dice.roll(0...99) {
        case 0..<40: 3
        case 40..<70: dice.roll(4...5)
        case 70..<90: dice.roll(6...9)
        case 90..<98: dice.roll(10...20)
        default: dice.roll(21...50)
        }
    }

    var world: World {
        var world = World(hosts: hosts, version: Self.old, offer: Self.new, ttl: ttl)
        world.asksForEtcd = hasEtcd
        world.unitTroubles = unitTroubles
        world.semaphore = locksmithSlots.map { RebootSemaphore(max: $0) }
        world.nodes = nodes
        world.workers = workers
        world.sharesAddresses = sharesAddresses
        if !raisesEtcd { world.etcdVersions[Self.new] = "3.4.27" }
        world.keepsMembers = keepsMembers
        if keepsMembers {
            world.etcdVersions = [
                Self.old: "2.3.8", World.strayVersion: "2.3.8", Self.new: "3.0.17",
                World.laterOffer: "3.0.17",
            ]
        }
        for (host, cutAt) in prefetched { world.prefetch(host, cutAt: cutAt) }
        return world
    }

    var settings: GateSettings {
        GateSettings(
            fleet: .init(ttl: configuredTTL), etcd: hasEtcd ? .init(samples: 3) : nil,
            asksForNodes: !nodes.isEmpty, units: .init(steady: .seconds(10)))
    }

    var timeouts: RolloutTimeouts {
        RolloutTimeouts(
            gate: .seconds(120), stage: .seconds(600), reboot: .seconds(300), rejoin: .seconds(300),
            commit: .seconds(120), settle: .zero)
    }

    func draft(_ rollout: RolloutID) -> PlanDraft {
        PlanDraft(
            rollout: rollout, hosts: hosts, bystanders: [], order: .given,
            target: isPinned ? .pinned(version: Version(Self.new)) : .firstOffer,
            found: nil, group: nil, server: nil, engineRest: .masked, commit: .engine, deadManMinutes: nil,
            onFailure: onFailure, retryReverted: false, acceptsNoReturn: false, movesLeader: movesLeader,
            etcdAfter: nil, overrides: [], purpose: .upgrade, stopAfter: stopAfter, operatorName: "",
            createdAt: "")
    }
}
