import RolloutJournal
import RolloutModel
import Rollouts
import Synchronization

/// A rollout played before it is begun: over a fleet like the one it is for, on nights when things go wrong as they do.
public struct Rehearsal: Sendable {
    /// Hosts, the versions they run and, where that is known, those of their etcd, in the order they are upgraded.
    public var hosts: [(id: HostID, version: Version, etcd: String?)]
    /// Of `hosts`, those that are not to be upgraded.
    public var bystanders: [HostID]
    /// nil where the first offer decides.
    public var target: Version?
    public var onFailure: Plan.OnFailure
    public var settings: GateSettings
    public var timeouts: RolloutTimeouts
    public var pace: Pace
    /// How long a held rollout waits for a person who mends what is wrong and goes on.
    public var attention: Duration

    public init(
        hosts: [(id: HostID, version: Version, etcd: String?)], bystanders: [HostID] = [], target: Version?,
        onFailure: Plan.OnFailure, settings: GateSettings, timeouts: RolloutTimeouts, pace: Pace,
        attention: Duration
    ) {
        self.hosts = hosts
        self.bystanders = bystanders
        self.target = target
        self.onFailure = onFailure
        self.settings = settings
        self.timeouts = timeouts
        self.pace = pace
        self.attention = attention
    }

    /// Stands for an offer whose version nobody knows yet.
    public static let unknownOffer = "what-is-offered"

    /// A night on which nothing goes wrong.
    public func rehearseCalmly(seed: UInt64) async throws(CancellationError) -> RehearsedNight {
        try await playAside(seed: seed, faults: .none)
    }

    /// The same night, told as it goes.
    ///
    /// - Parameter audience: is given the clock of the night.
    public func rehearseAloud(
        seed: UInt64, to audience: @escaping (RolloutClock) -> RehearsalAudience
    ) -> RehearsedNight {
        play(seed: seed, faults: .none, audience: audience)
    }

    /// As many nights as there are seeds, with what goes wrong in a usual one.
    ///
    /// - Parameters:
    ///   - atOnce: as many as there are processors, at best.
    ///   - ended: called after each night.
    public func rehearse(
        seeds: Range<UInt64>, atOnce: Int, ended: @escaping @Sendable () -> Void
    ) async throws -> [RehearsedNight] {
        try await withThrowingTaskGroup(of: RehearsedNight.self) { group in
            var nights: [RehearsedNight] = []
            var rest = seeds
            for _ in 0..<atOnce {
                guard let seed = rest.popFirst() else { break }
                group.addTask { try await playAside(seed: seed, faults: .usual) }
            }
            while let night = try await group.next() {
                nights.append(night)
                ended()
                guard let seed = rest.popFirst() else { continue }
                group.addTask { try await playAside(seed: seed, faults: .usual) }
            }
            return nights.sorted { $0.seed < $1.seed }
        }
    }

    /// Plays a night on a thread of its own. The threads of tasks are few, and a night would keep one from whoever tells how
    /// far the rehearsal is.
    private func playAside(
        seed: UInt64, faults: Faults
    ) async throws(CancellationError) -> RehearsedNight {
        let played = Mutex<RehearsedNight?>(nil)
        // A night itself throws nothing.
        try? await Aside().run {
            let night = play(seed: seed, faults: faults, audience: nil)
            played.withLock { $0 = night }
        }
        guard let night = played.withLock({ $0 }) else { throw CancellationError() }
        return night
    }

    private static let jobsMax = 50_000_000

    private func play(
        seed: UInt64, faults: Faults, audience: ((RolloutClock) -> RehearsalAudience)?
    ) -> RehearsedNight {
        var dice = Dice(seed: seed)
        let time = VirtualTime(dice: dice.split())
        let fleet = Fleet(world: world, faults: faults, dice: dice.split(), time: time)
        let rehearsing = RehearsingOperator(
            rehearsal: self, fleet: fleet, crash: faults.crash, dice: dice.split(),
            audience: audience?(time.clock))
        let hasEnded: Void? = time.run(jobsMax: Self.jobsMax) {
            await withTaskGroup { group in
                group.addTask { await fleet.befall(until: .never) }
                await rehearsing.work()
                group.cancelAll()
            }
        }
        return rehearsing.night(seed: seed, time: time.now.sinceStart, isOver: hasEnded != nil)
    }

    private var world: World {
        let offer = target?.rawValue ?? Self.unknownOffer
        var world = World(
            hosts: hosts.map(\.id), version: "", offer: offer, ttl: settings.fleet?.ttl ?? .seconds(30))
        for host in hosts { world.hosts[host.id]?.images = [.a: host.version.rawValue] }
        world.asksForEtcd = settings.etcd != nil
        if settings.asksForNodes { for host in hosts { world.nodes[host.id] = SimulatedNode() } }
        // Where nobody says what comes, etcd stays what it is.
        let after = settings.etcd?.after.map { $0.split(separator: ".").count < 3 ? $0 + ".0" : $0 }
        let brings = after ?? "3.4.23"
        for host in hosts {
            world.etcdVersions[host.version.rawValue] = after == nil ? brings : host.etcd ?? brings
        }
        for other in [offer, World.laterOffer, World.strayVersion] { world.etcdVersions[other] = brings }
        world.pace = pace
        return world
    }

    func draft(_ rollout: RolloutID) -> PlanDraft {
        PlanDraft(
            rollout: rollout, hosts: hosts.map(\.id), bystanders: bystanders, order: .given,
            target: target.map { .pinned(version: $0) } ?? .firstOffer, found: nil, group: nil, server: nil,
            engineRest: .masked, commit: .engine, deadManMinutes: nil, onFailure: onFailure,
            retryReverted: false, acceptsNoReturn: false, movesLeader: false, etcdAfter: nil, overrides: [],
            purpose: .upgrade, stopAfter: nil, operatorName: "", createdAt: "")
    }
}
