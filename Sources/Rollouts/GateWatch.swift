import RolloutModel

/// Polls a cluster until all gates of a checkpoint are open. Observations are kept, so that evidence is gathered once.
public struct GateWatch: Sendable {
    public let plan: Plan
    public let settings: GateSettings
    let access: HostAccess
    let lock: RolloutLock?
    let clock: RolloutClock
    let observatory: Observatory
    let nodes: NodeAccess?
    /// The time between two observations.
    let interval: Duration
    /// The time between two calls to a host that is awaited from its reboot.
    let callInterval: Duration
    /// The moment at which the watch began.
    let began: Moment

    /// - Parameters:
    ///   - lock: of the cluster; nil where nobody else could have it.
    ///   - nodes: nil where no Kubernetes is asked for.
    ///   - callInterval: as long as `interval` unless given.
    public init(
        plan: Plan, settings: GateSettings, access: HostAccess, lock: RolloutLock? = nil,
        nodes: NodeAccess? = nil,
        clock: RolloutClock = .live(), interval: Duration = .seconds(1), callInterval: Duration? = nil
    ) {
        self.plan = plan
        self.settings = settings
        self.access = access
        self.lock = lock
        self.clock = clock
        self.observatory = Observatory(
            plan: plan, settings: settings, access: access, lock: lock, nodes: nodes, clock: clock)
        self.nodes = nodes
        self.interval = interval
        self.callInterval = callInterval ?? interval
        self.began = clock.now()
    }

    /// The time between two observations while a host downloads, which takes minutes. It grows with the cluster, as each of them
    /// asks every host: what a host's turn costs the cluster then does not grow.
    var intervalBesideWork: Duration {
        let tens = max(1, plan.hosts.count / Self.hostsAtFullPace)
        return max(interval, min(interval * tens, Self.intervalBesideWorkMax))
    }

    private static let hostsAtFullPace = 10
    private static let intervalBesideWorkMax = Duration.seconds(60)

    public enum Answer: Hashable, Sendable {
        /// `running` is the host's version at that moment; `evidence` is what the gates went by.
        case open(running: Version, evidence: GateEvidence)
        case shut([HoldReason])
        /// The condition `unless` became true.
        case interrupted
        /// The host booted without having been told to, and must be judged before anything else.
        case cameUp(boot: BootID, version: Version, partition: String)
    }

    /// The effect of the plan on etcd, by what every host says of its own member; nil where etcd is not asked for.
    public func etcdOutlook() async -> EtcdOutlook? {
        guard settings.etcd != nil else { return nil }
        return Gates(plan: plan, settings: settings).etcdOutlook(in: await observatory.survey())
    }

    /// Every gate of the plan, with what was seen last.
    ///
    /// - Parameter reasons: those for which the gates did not open before the first host; empty where they did.
    /// - Returns: nil before the first look.
    public func board(_ reasons: [HoldReason]) async -> GateBoard? {
        guard let latest = await observatory.latest() else { return nil }
        return GateBoard(
            Gates(plan: plan, settings: settings, acceptsNoReturn: true), answered: reasons, in: latest)
    }

    /// The difference between fleet's registry and the configuration; nil unless the registry was seen to show a longer
    /// TTL.
    public func ttlDifference() async -> HoldReason? {
        guard let fleet = settings.fleet, let seen = await observatory.longestListing(),
            seen > fleet.ttl
        else { return nil }
        return .fleet(.fleetTTLDiffers(listed: seen, configured: fleet.ttl))
    }

    /// locksmith's semaphores, as they were seen last; none where nothing uses them.
    public func semaphores() async -> [RebootSemaphore] { await observatory.semaphores() }

    /// Observes the cluster until all gates of a checkpoint are open, or the time is up. Free slots of locksmith's
    /// semaphore are taken on the way if the rollout has the cluster lock.
    ///
    /// - Parameters:
    ///   - horizon: the moment before which evidence does not count; nil to count all observations.
    ///   - machine: the state of the rollout; nil before the rollout began.
    ///   - token: the token under which the rollout has the cluster lock; nil while it has none.
    ///   - reserving: makes durable that the semaphore is about to be taken; nothing is taken if it throws.
    ///   - waiting: called after every observation that found a gate shut.
    public func ask(
        _ checkpoint: Checkpoint, of host: HostID, in machine: RolloutMachine? = nil,
        under token: Token? = nil,
        since horizon: Moment? = nil, within span: Duration,
        unless isInterrupted: () async -> Bool = { false }, reserving: () async throws -> Void = {},
        waiting: (RolloutNotice.Wait) -> Void
    ) async throws -> Answer {
        let gates = Gates(
            plan: plan, settings: settings, target: machine?.target,
            revertsAccepted: machine?.revertsAccepted ?? [], token: token,
            // Before a rollout begins, the point of no return is no reason to hold: the plan shows it, and the operator
            // is asked when it is reached.
            acceptsNoReturn: machine?.acceptsNoReturn ?? true, overrides: machine?.overrides,
            drained: machine?.state.drained, lostMembers: machine?.lostMembers ?? [],
            knownBoot: machine?.state.knownBoot)
        let start = clock.now()
        let deadline = start + span
        var untaken: [HoldReason] = []
        var round = WitnessRound()
        while true {
            if await isInterrupted() { return .interrupted }
            let latest = await observatory.observe(concerning: host)
            if machine != nil, let facts = gates.cameUp(checkpoint, of: host, in: latest),
                let partition = facts.partition
            {
                return .cameUp(boot: facts.boot, version: facts.version, partition: partition)
            }
            let history = await observatory.history(since: horizon ?? began)
            let verdict = gates.verdict(checkpoint, of: host, history: history)
            if verdict == .proceed, let running = latest.hosts[host]?.value?.version {
                return .open(
                    running: running,
                    evidence: gates.evidence(about: host, history: history, now: clock.now()))
            }
            let left = deadline - clock.now()
            let isFinal =
                gates.isLockGone(verdict.reasons, in: latest)
                || verdict.reasons.contains { $0.patience.outlasts(left) }
            let reasons = round.merge(verdict.reasons + untaken, of: latest)
            if isFinal { return .shut(reasons.filter { $0.patience != .soon }) }
            guard clock.now() < deadline else { return .shut(reasons) }
            waiting(
                RolloutNotice.Wait(
                    host: host, reasons: reasons, what: checkpoint.title, since: start,
                    deadline: deadline))
            untaken = []
            if gates.takesSemaphores(checkpoint, in: latest) {
                try await reserving()
                untaken = await reserve()
            }
            try await clock.sleep(interval)
        }
    }
}

extension GateWatch {
    /// Takes the free slots. Returns the reasons where that failed; slots that were taken show in the next observation.
    func reserve() async -> [HoldReason] {
        do throws(LockFault) {
            try await lock?.reserveSemaphores(for: plan.rollout)
            return []
        } catch {
            return [.semaphore(.semaphoreUnknown(why: error.why))]
        }
    }
}

extension Checkpoint {
    /// The condition that the checkpoint waits for, in a few words.
    var title: String {
        switch self {
        case .beforeStage: "for the gates to open"
        case .beforeReboot: "for the gates to open once more"
        case .beforeCommit: "for the host to be whole again"
        case .afterCommit: "for the cluster to settle"
        case .beforeRollback: "for the cluster to be whole without it"
        case .afterRollback: "for the host to be whole on its old partition"
        }
    }
}
