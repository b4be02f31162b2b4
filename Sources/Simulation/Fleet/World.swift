import AgentProtocol
import RolloutModel

/// Everything that is outside the coordinators: hosts, fleet, etcd, the update server. Changed only by acts and by
/// fate.
struct World: Sendable {
    var hosts: [HostID: SimulatedHost]
    let order: [HostID]
    /// Empty where no Kubernetes runs on the hosts.
    var nodes: [HostID: SimulatedNode] = [:]
    /// What the channel offers.
    var offer: String
    /// A member that is ill is nobody's business where nobody asks for etcd.
    var asksForEtcd = true
    /// Hosts on which no member runs.
    var workers: Set<HostID> = []
    /// Members publish an address of which each host answers by itself: of one that is gone nobody says so.
    var sharesAddresses = false
    var pace = Pace.brisk
    /// How long fleet lists a machine that is gone.
    var ttlSeconds: Double
    /// For how long a unit fails on these hosts after they came up on a new image.
    var unitTroubles: [HostID: Double] = [:]
    /// etcd's server version on images of each version.
    var etcdVersions: [String: String]
    /// The new etcd makes of a member's data what the old one does not start on.
    var keepsMembers = false
    /// Witnesses that see fleet as it was at some moment, until another.
    var staleViews: [HostID: StaleView] = [:]
    /// Hosts whose fleet sees only itself and those of its side.
    var minority: Set<HostID> = []
    /// etcd has no leader until then.
    var leaderlessUntil: Moment = -.infinity
    /// The key of the lock in etcd, and how often it was written.
    var lock = ClusterLock()
    var lockRevision = 0
    /// locksmith's, and how often it was written; nil where no host uses it.
    var semaphore: RebootSemaphore?
    var semaphoreRevision = 0
    /// Hosts that people declared lost, and those of them whose member they took out of etcd.
    var declaredLost: Set<HostID> = []
    var membersRemoved: Set<HostID> = []
    /// When time alone will change a host next.
    private var nextChange: Moment = -.infinity
    /// What has changed a host, in the order it happened.
    var acts: [Act] = []

    /// In which a host may come up that should come up in another.
    static let strayVersion = "1.5.0"
    /// What the channel may move on to.
    static let laterOffer = "3.0.0"

    struct StaleView: Sendable {
        var machines: Set<MachineID>
        var until: Moment
    }

    /// Something that was done to a host by word of a coordinator.
    struct Act: Sendable {
        var at: Moment
        var host: HostID
        var verb: AgentVerb
        var rollout: String
        /// Of a reboot: the version that was armed.
        var version: String?
    }

    init(hosts order: [HostID], version: String, offer: String, ttlSeconds: Double) {
        self.order = order
        hosts = Dictionary(uniqueKeysWithValues: order.map { ($0, SimulatedHost(id: $0, version: version)) })
        self.offer = offer
        self.ttlSeconds = ttlSeconds
        etcdVersions = [version: "3.4.23", Self.strayVersion: "3.4.23"]
    }

    /// Brings up the hosts whose time has come.
    mutating func advance(to now: Moment) {
        if nextChange <= now { settle(at: now) }
    }

    /// Looks at every host anew, after something changed one.
    mutating func settle(at now: Moment) {
        nextChange = .infinity
        for id in order {
            guard var host = hosts[id] else { continue }
            if let cutAt = host.powerCutAt, cutAt <= now {
                host.powerCutAt = nil
                if host.isUp { host.goDown(at: cutAt, seconds: pace.reboot.lowerBound) }
            }
            if let upAt = host.upAt, upAt <= now {
                host.arrive(at: upAt)
                if !host.isCommitted { host.unitFailsUntil = upAt + (unitTroubles[id] ?? 0) }
            }
            host.noteWholeness(at: now, asksForEtcd: asksForEtcd && !workers.contains(id))
            hosts[id] = host
            if let upAt = host.upAt { nextChange = min(nextChange, upAt) }
            if let cutAt = host.powerCutAt { nextChange = min(nextChange, cutAt) }
            if host.servicesAt > now { nextChange = min(nextChange, host.servicesAt) }
        }
        if letSlotsGo(at: now) { nextChange = min(nextChange, now + Self.locksmithSeconds) }
    }

    /// Between two tries of a locksmithd (facts 8).
    private static let locksmithSeconds: Double = 5

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

    /// Each machine's entry in fleet's registry. A living machine writes its entry every half TTL, at a phase of its
    /// own.
    func fleetRegistry(at now: Moment) -> [MachineID: FleetEntry] {
        var entries: [MachineID: FleetEntry] = [:]
        for (index, id) in order.enumerated() {
            guard let host = hosts[id], isListed(host, at: now) else { continue }
            let phase = Double(index % 7) / 7
            let alive = lastAlive(host, at: now)
            let writes = max(0, (alive / (ttlSeconds / 2) + phase).rounded(.down))
            // etcd rounds the TTL up.
            let left = min(ttlSeconds, max(0, alive + ttlSeconds - now)).rounded(.up)
            entries[host.machine] = FleetEntry(index: UInt64(writes), secondsLeft: left)
        }
        return entries
    }

    private func lastAlive(_ host: SimulatedHost, at now: Moment) -> Moment {
        min(host.isServing(at: now) ? now : host.downSince, host.fleetSilentSince ?? .infinity)
    }

    private func isListed(_ host: SimulatedHost, at now: Moment) -> Bool {
        guard host.isServing(at: now) else { return now - host.downSince < ttlSeconds }
        guard let silent = host.fleetSilentSince else { return true }
        return now - silent < ttlSeconds
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

    /// One that flaps seems well for far less time than passes between two samples.
    private func seemsHealthy(_ host: SimulatedHost, at now: Moment) -> Bool {
        guard host.isServing(at: now), host.memberIsIll, host.memberFlaps else {
            return host.isServing(at: now) && !host.memberIsIll
        }
        return now.truncatingRemainder(dividingBy: ttlSeconds * 1.37) < ttlSeconds / 20
    }

    /// More than half of the members answer: etcd can be read and written.
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

    /// What the members agreed on: the lowest of their versions, and never lower than it was.
    private var clusterVersion: String {
        let versions = members.map { etcdVersion(of: $0) }
        return versions.min() ?? "3.4.23"
    }

    /// Whether the last member of the old minor version would be gone with it.
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
    /// Up again, in the partition that the boot loader chose.
    mutating func arrive(at now: Moment) {
        upAt = nil
        boots += 1
        servicesAt = now + 2
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
            // Its single try is used up: the boot loader takes the partition that is marked good.
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

    /// Goes down; a fate drawn after may change when it is up again.
    mutating func goDown(at now: Moment, seconds: Double) {
        downSince = now
        upAt = now + seconds
        if unwholeSince == nil { unwholeSince = now }
    }
}
