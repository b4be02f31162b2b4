import AgentProtocol
import RolloutModel

/// The world outside the coordinators: hosts, fleet, etcd, the update server. Only acts and injected faults change it.
struct World: Sendable {
    var hosts: [HostID: SimulatedHost]
    let order: [HostID]
    /// The nodes of the hosts; empty where no Kubernetes runs on them.
    var nodes: [HostID: SimulatedNode] = [:]
    /// The version that the channel offers.
    var offer: String
    /// False where etcd is not asked for, so that ill members do not matter.
    var asksForEtcd = true
    /// Hosts on which no member runs.
    var workers: Set<HostID> = []
    /// True if members publish a shared address that each host answers by itself, so that no answer tells that a member
    /// is gone.
    var sharesAddresses = false
    var pace = Pace.brisk
    /// The time for which fleet lists a machine that is gone.
    var ttl: Duration
    /// The time for which a unit fails on a host after it came up on a new image.
    var unitTroubles: [HostID: Duration] = [:]
    /// etcd's server version on images of each version.
    var etcdVersions: [String: String]
    /// True if the new etcd converts a member's data, so that the old etcd does not start on it.
    var keepsMembers = false
    /// Witnesses that see fleet as it was at an earlier moment, until a later one.
    var staleViews: [HostID: StaleView] = [:]
    /// Hosts whose fleet sees only the hosts on its own side.
    var minority: Set<HostID> = []
    /// The moment until which etcd has no leader.
    var leaderlessUntil = Moment.longAgo
    /// The key of the lock in etcd, and the number of writes to it.
    var lock = ClusterLock()
    var lockRevision = 0
    /// locksmith's semaphore, and the number of writes to it; nil where no host uses it.
    var semaphore: RebootSemaphore?
    var semaphoreRevision = 0
    /// Hosts that people declared lost, and those of them whose members were removed from etcd.
    var declaredLost: Set<HostID> = []
    var membersRemoved: Set<HostID> = []
    /// The moment at which time alone will next change a host.
    private var nextChange = Moment.longAgo
    /// The number of hosts that lost their power while their update was downloaded ahead.
    private(set) var cutsAhead = 0
    /// The acts that have changed hosts, in the order they happened.
    var acts: [Act] = []

    /// A version that a host may come up in instead of the one it should.
    static let strayVersion = "1.5.0"
    /// The version that the channel may offer later.
    static let laterOffer = "3.0.0"

    struct StaleView: Sendable {
        var machines: Set<MachineID>
        var until: Moment
    }

    /// An act on a host that a coordinator requested.
    struct Act: Sendable {
        var at: Moment
        var host: HostID
        var verb: AgentVerb
        var rollout: String
        /// The version that was armed, for a reboot.
        var version: String?
    }

    init(hosts order: [HostID], version: String, offer: String, ttl: Duration) {
        self.order = order
        hosts = Dictionary(uniqueKeysWithValues: order.map { ($0, SimulatedHost(id: $0, version: version)) })
        self.offer = offer
        self.ttl = ttl
        etcdVersions = [version: "3.4.23", Self.strayVersion: "3.4.23"]
    }

    /// Brings up the hosts whose time has come.
    mutating func advance(to now: Moment) {
        if nextChange <= now { settle(at: now) }
    }

    /// Updates every host, after something changed one.
    mutating func settle(at now: Moment) {
        nextChange = .never
        for id in order {
            guard var host = hosts[id] else { continue }
            if let cutAt = host.powerCutAt, cutAt <= now {
                host.powerCutAt = nil
                if host.isUp { host.goDown(at: cutAt, for: pace.reboot.lowerBound) }
            }
            if let cutAt = host.cutAheadAt, cutAt <= now {
                host.cutAheadAt = nil
                if host.isUp, host.phase == .prefetched {
                    host.goDown(at: cutAt, for: pace.reboot.lowerBound)
                    cutsAhead += 1
                }
            }
            if let upAt = host.upAt, upAt <= now {
                host.arrive(at: upAt)
                if !host.isCommitted { host.unitFailsUntil = upAt + (unitTroubles[id] ?? .zero) }
            }
            host.noteWholeness(at: now, asksForEtcd: asksForEtcd && !workers.contains(id))
            hosts[id] = host
            if let upAt = host.upAt { nextChange = min(nextChange, upAt) }
            if let cutAt = host.cutAheadAt { nextChange = min(nextChange, cutAt) }
            if let cutAt = host.powerCutAt { nextChange = min(nextChange, cutAt) }
            if host.servicesAt > now { nextChange = min(nextChange, host.servicesAt) }
        }
        if letSlotsGo(at: now) { nextChange = min(nextChange, now + Self.locksmithInterval) }
    }

    /// The time between two tries of a locksmithd (facts 8).
    private static let locksmithInterval = Duration.seconds(5)

    // MARK: fleet and etcd

    /// fleet's machines as a witness lists them: a machine stays listed for a TTL after it was seen last.
    func machines(seenBy witness: HostID, at now: Moment) -> Set<MachineID> {
        if let stale = staleViews[witness], now < stale.until { return stale.machines }
        let side = minority.contains(witness)
        var machines: Set<MachineID> = []
        for host in hosts.values where minority.contains(host.id) == side || !side {
            if isListed(host, at: now) { machines.insert(host.machine) }
        }
        return machines
    }

    /// The entries of all machines in fleet's registry. A living machine writes its entry every half TTL, at a phase of
    /// its own.
    func fleetRegistry(at now: Moment) -> [MachineID: FleetEntry] {
        var entries: [MachineID: FleetEntry] = [:]
        for (index, id) in order.enumerated() {
            guard let host = hosts[id], isListed(host, at: now) else { continue }
            let phase = Double(index % 7) / 7
            let alive = lastAlive(host, at: now)
            let writes = max(0, (alive.sinceStart / (ttl / 2) + phase).rounded(.down))
            // etcd rounds the TTL up.
            let left = min(ttl, max(.zero, alive + ttl - now)).secondsRoundedUp
            entries[host.machine] = FleetEntry(index: UInt64(writes), timeLeft: .seconds(left))
        }
        return entries
    }

    private func lastAlive(_ host: SimulatedHost, at now: Moment) -> Moment {
        min(host.isServing(at: now) ? now : host.downSince, host.fleetSilentSince ?? .never)
    }

    private func isListed(_ host: SimulatedHost, at now: Moment) -> Bool {
        guard host.isServing(at: now) else { return now - host.downSince < ttl }
        guard let silent = host.fleetSilentSince else { return true }
        return now - silent < ttl
    }

    func etcd(at now: Moment) -> EtcdView {
        EtcdView(
            members: order.compactMap { id in
                guard !workers.contains(id), !membersRemoved.contains(id) else { return nil }
                return hosts[id].map { host in
                    .init(
                        id: host.member, name: id.rawValue, isLearner: false,
                        health: seemsHealthy(host, at: now) ? .healthy : silence,
                        version: host.isServing(at: now) ? etcdVersion(of: host) : nil)
                }
            }, clusterVersion: clusterVersion)
    }

    private var silence: EtcdView.Health {
        sharesAddresses ? .unknown("another member answers") : .unhealthy("no answer")
    }

    private var members: [SimulatedHost] {
        hosts.values.filter { !workers.contains($0.id) && !membersRemoved.contains($0.id) }
    }

    /// True if the host's member seems healthy. A flapping member seems so for far less time than passes between two
    /// samples.
    private func seemsHealthy(_ host: SimulatedHost, at now: Moment) -> Bool {
        guard host.isServing(at: now), host.memberIsIll, host.memberFlaps else {
            return host.isServing(at: now) && !host.memberIsIll
        }
        return (now.sinceStart / (ttl * 1.37)).truncatingRemainder(dividingBy: 1) * 1.37 < 0.05
    }

    /// True if more than half of the members answer, so that etcd can be read and written.
    func hasQuorum(at now: Moment) -> Bool {
        guard now >= leaderlessUntil else { return false }
        let healthy = members.count { $0.isServing(at: now) && !$0.memberIsIll }
        return healthy >= Quorum(voters: members.count).votes
    }

    /// True if etcd can be read through the host. Workers have no etcd.
    func tellsOfEtcd(_ id: HostID, at now: Moment) -> Bool { !workers.contains(id) && hasQuorum(at: now) }

    func seat(of id: HostID) -> EtcdSeat? {
        guard let host = hosts[id] else { return nil }
        return workers.contains(id) ? EtcdSeat.none : .member(host.member, server: etcdVersion(of: host))
    }

    /// The version that the members agreed on: the lowest of their versions.
    private var clusterVersion: String {
        let versions = members.map { etcdVersion(of: $0) }
        return versions.min() ?? "3.4.23"
    }

    /// True if rebooting the host would take away the last member of the old minor version.
    func raisesClusterVersion(byRebooting id: HostID) -> Bool {
        guard asksForEtcd, !workers.contains(id), let host = hosts[id], host.isArmed,
            let old = EtcdMinor(etcdVersion(of: host)),
            let new = EtcdMinor(etcdVersion(on: host.images[host.booted.other] ?? "")), new > old
        else { return false }
        return !members.contains { other in
            other.id != id && EtcdMinor(etcdVersion(of: other)).map { $0 <= old } ?? true
        }
    }

    /// True if this reboot would put the host's member on the new etcd's data, from which it never goes back.
    func bindsMember(byRebooting id: HostID) -> Bool {
        guard asksForEtcd, keepsMembers, !workers.contains(id), let host = hosts[id], host.isArmed else {
            return false
        }
        return isNewer(host.images[host.booted.other], than: host.version)
    }

    /// True if the old partition's etcd would not start on the member's data after this rollback.
    func losesMember(byRollingBack id: HostID) -> Bool {
        guard asksForEtcd, keepsMembers, !workers.contains(id), let host = hosts[id] else { return false }
        return isNewer(host.version, than: host.images[host.booted.other] ?? "")
    }

    private func isNewer(_ image: String?, than other: String) -> Bool {
        guard let new = EtcdMinor(etcdVersion(on: image ?? "")), let old = EtcdMinor(etcdVersion(on: other))
        else { return false }
        return new > old
    }

    private func etcdVersion(on image: String) -> String { Self.etcdVersion(on: image, etcdVersions) }

    static func etcdVersion(on image: String, _ known: [String: String]) -> String { known[image] ?? "3.5.1" }

    func etcdVersion(of host: SimulatedHost) -> String { etcdVersion(on: host.version) }
}

extension SimulatedHost {
    /// Brings the host up, on the partition that the boot loader chose.
    mutating func arrive(at now: Moment) {
        upAt = nil
        boots += 1
        servicesAt = now + .seconds(2)
        let fate = nextBoot
        nextBoot = .asItShould
        let from = images[booted]
        if isArmed {
            isArmed = false
            guard fate != .reverts else { return wentBack(from: images[booted.other]) }
            booted = booted.other
            isCommitted = false
            updatesBooted += 1
            if case .otherVersion(let version) = fate { images[booted] = version }
            if fate == .memberStaysIll { (memberIsIll, memberFlaps) = (true, true) }
            if fate == .fleetStaysSilent { fleetSilentSince = downSince }
        } else if !isCommitted {
            // The host's single try is used up: the boot loader takes the partition that is marked good.
            booted = booted.other
            isCommitted = true
            memberIsIll = false
            wentBack(from: from)
        }
    }

    private mutating func wentBack(from version: String?) {
        if phase == .rollingBack {
            revertedFrom = version
            stagedVersion = nil
        } else {
            revertedFrom = stagedVersion ?? version
        }
        phase = .idle
    }

    mutating func noteWholeness(at now: Moment, asksForEtcd: Bool) {
        illSince = memberIsIll && asksForEtcd ? illSince ?? now : nil
        if isCommitted, isServing(at: now), !memberIsIll || !asksForEtcd {
            unwholeSince = nil
        } else if unwholeSince == nil {
            unwholeSince = now
        }
    }

    /// Takes the host down. A fault drawn later may change the moment at which it is up again.
    mutating func goDown(at now: Moment, for span: Duration) {
        downSince = now
        upAt = now + span
        if unwholeSince == nil { unwholeSince = now }
    }
}
