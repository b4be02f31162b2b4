import AgentProtocol
import RolloutModel

/// Checks every act against the invariants of a rollout, at the moment the act happens to a host.
struct Judge: Sendable {
    /// Hosts that were told to reboot, and neither committed nor back on their old partition since.
    private(set) var out: Set<HostID> = []
    /// The hosts among them during whose absence no other host may reboot itself, and the rollout they are out for.
    /// Unlocking that rollout removes them.
    private var guarded: [HostID: RolloutID] = [:]
    /// Hosts that a person declared lost, and that nobody waits for.
    private var lost: Set<HostID> = []
    private(set) var violations: [Violation] = []
    /// The highest token among the requests that each host has accepted.
    private var tokens: [HostID: Token] = [:]
    /// Rollouts that have the cluster lock, and the number of times that each rollout was unlocked.
    private var holders: Set<RolloutID> = []
    private var timesUnlocked: [RolloutID: Int] = [:]
    /// The number of consents to try a host again that went back.
    var wordsGiven: [HostID: Int] = [:]
    /// Rollouts that a person allowed to pass etcd's point of no return.
    var noReturnAccepted: Set<RolloutID> = []

    /// A violated invariant.
    struct Violation: Hashable, Sendable, CustomStringConvertible {
        var at: Moment
        var invariant: Invariant
        var what: String

        var description: String { "\(invariant.rawValue) at \(at.seconds) s: \(what)" }
    }

    enum Invariant: String, CaseIterable, Sendable {
        case oneHostOut = "one host out"
        case intentFirst = "intent before act"
        case freshEvidence = "fresh evidence"
        case rebootOnce = "one reboot"
        case currentToken = "the current token"
        case oneRollout = "one rollout a cluster"
        case originalKept = "original kept"
        case noReturnAsked = "no return by a word alone"
        case memberKept = "no member lost by a way back"
        case drainedFirst = "drained before it goes"
        case cordonsKept = "cordons kept"
        case journalReads = "the journal reads"
        case ends = "it ends"
        case sameEnd = "the same end"
    }

    mutating func judge(
        _ act: World.Act, by process: SimulatedProcess, from before: World, to after: World
    ) {
        let others = out.subtracting([act.host])
        switch act.verb {
        case .reboot, .rollback:
            for other in others.sorted() where !isSettled(other, in: before) {
                note(act, .oneHostOut, "\(act.host) was told to reboot while \(other) was out")
            }
            out.insert(act.host)
            guardFromOthers(act, before)
        case .commit:
            out.remove(act.host)
            guarded[act.host] = nil
        default: break
        }
        judgeIntent(act, process)
        judgeEvidence(act, process, before)
        judgeNoReturn(act, before)
        judgeNodes(act, before)
    }

    /// Checks a reboot that a host made by itself, as it had locksmith's semaphore.
    mutating func judgeSelfReboot(of host: HostID, in world: World, at now: Moment) {
        for (other, rollout) in guarded.sorted(by: { $0.key < $1.key })
        where other != host && !isSettled(other, in: world) {
            let what = "\(host) rebooted itself while \(other) was out for \(rollout)"
            note(Violation(at: now, invariant: .oneHostOut, what: what))
        }
    }

    /// Checks that the rollout has the semaphore. A rollback may go without it, where etcd is away because of that very
    /// host.
    private mutating func guardFromOthers(_ act: World.Act, _ world: World) {
        let rollout = RolloutID(act.rollout)
        guard timesUnlocked[rollout, default: 0] == 0 else { return }
        if world.isReserved(for: rollout) {
            guarded[act.host] = rollout
        } else if act.verb == .reboot {
            note(act, .oneHostOut, "\(act.host) was told to reboot, and other hosts may reboot themselves")
        }
    }

    /// Checks that a host accepts no request under a lower token than it has seen.
    mutating func judge(
        _ message: AgentMessage, to authority: Authority, from host: HostID, at now: Moment
    ) {
        if case .refused = message { return }
        let seen = tokens[host, default: 0]
        if authority.token < seen {
            let what = "\(host) heard token \(authority.token) of \(authority.rollout), and had seen \(seen)"
            note(Violation(at: now, invariant: .currentToken, what: what))
        }
        tokens[host] = max(seen, authority.token)
    }

    mutating func isLost(_ host: HostID) {
        lost.insert(host)
        out.remove(host)
        guarded[host] = nil
    }

    // MARK: The cluster's lock

    /// The number of times that a rollout was unlocked, to compare at the start and the end of taking the lock: a
    /// rollout that was unlocked in between has not taken it.
    func unlockings(of rollout: RolloutID) -> Int { timesUnlocked[rollout, default: 0] }

    mutating func takes(_ rollout: RolloutID, unlockings: Int, at now: Moment) {
        guard unlockings == timesUnlocked[rollout, default: 0] else { return }
        for other in holders.subtracting([rollout]).sorted(by: { $0.rawValue < $1.rawValue }) {
            let what = "\(rollout) took the cluster, and \(other) had it"
            note(Violation(at: now, invariant: .oneRollout, what: what))
        }
        holders.insert(rollout)
    }

    mutating func letsGo(_ rollout: RolloutID) { holders.remove(rollout) }

    mutating func isUnlocked(_ rollout: RolloutID) {
        holders.remove(rollout)
        guarded = guarded.filter { $0.value != rollout }
        timesUnlocked[rollout, default: 0] += 1
    }

    /// True if the host is back on a good partition, by itself or by a person's hand.
    private func isSettled(_ host: HostID, in world: World) -> Bool {
        world.hosts[host].map { $0.isUp && $0.isCommitted } ?? false
    }

    private mutating func judgeIntent(_ act: World.Act, _ process: SimulatedProcess) {
        let isAnnounced =
            switch (act.verb, process.announced) {
            case (.stage, .stage(let host, _)), (.arm, .stage(let host, _)),
                (.reboot, .reboot(let host, _, _)),
                (.commit, .commit(let host, _, _)), (.rollback, .rollback(let host, _)),
                (.abandon, .abandon(let host)):
                host == act.host
            default: false
            }
        guard !isAnnounced else { return }
        note(
            act, .intentFirst, "\(act.verb.rawValue) of \(act.host) was not in the journal of \(process.name)"
        )
    }

    /// Checks that no host passes a point of no return of etcd without a person's consent, and that no rollback leaves
    /// a member on data that its old etcd does not start on.
    private mutating func judgeNoReturn(_ act: World.Act, _ world: World) {
        if act.verb == .rollback, world.losesMember(byRollingBack: act.host) {
            note(act, .memberKept, "\(act.host) went back, and its old etcd does not start on its data")
        }
        if act.verb == .reboot, world.bindsMember(byRebooting: act.host),
            !noReturnAccepted.contains(RolloutID(act.rollout))
        {
            note(act, .noReturnAsked, "\(act.host) got the new etcd's data, and nobody was asked")
        }
        guard act.verb == .reboot, world.raisesClusterVersion(byRebooting: act.host),
            !noReturnAccepted.contains(RolloutID(act.rollout))
        else { return }
        note(act, .noReturnAsked, "\(act.host) has the last old etcd, and nobody was asked")
    }

    /// Checks that the gates were asked since the last return of a host, and that no act follows a fault older than their
    /// observation, which must have seen it. A fault of fleet shows one TTL later.
    private mutating func judgeEvidence(_ act: World.Act, _ process: SimulatedProcess, _ world: World) {
        guard [.stage, .arm, .reboot, .commit, .rollback].contains(act.verb) else { return }
        if process.watchingSince < process.horizon {
            note(
                act, .freshEvidence,
                "\(act.verb.rawValue) of \(act.host), and no gate was asked since its return")
        }
        for id in world.order where !lost.contains(id) {
            guard let host = world.hosts[id] else { continue }
            let isConcerned = id == act.host
            let unwholeSince =
                switch act.verb {
                // A host to be committed is on its single try and not whole yet; only its unit and its member count.
                case .commit where isConcerned: host.unitFails(at: act.at) ? .longAgo : host.illSince
                // A rollback is meant for a host that is not whole.
                case .rollback where isConcerned: Moment?.none
                default: host.unwholeSince
                }
            // A sample may find a flapping member healthy, and the next may be lost; three samples in a row do not miss
            // it.
            let allowance = host.memberFlaps && host.illSince != nil ? world.ttl * 2 : .zero
            if let since = unwholeSince, since < process.watchingSince - allowance {
                note(
                    act, .freshEvidence,
                    "\(act.verb.rawValue) of \(act.host), and \(id) not whole since \(since.seconds) s"
                )
            }
            // A machine that is listed for longer than a TTL after the horizon has a fleet that renewed its entry
            // since.
            let known = max(process.horizon, process.watchingSince - world.ttl)
            let isMissed = !(isConcerned && act.verb == .rollback)
            if isMissed, let silent = host.fleetSilentSince, silent < known {
                note(
                    act, .freshEvidence,
                    "\(act.verb.rawValue) of \(act.host), and fleet on \(id) silent since \(silent.seconds) s"
                )
            }
        }
    }

    mutating func note(_ act: World.Act, _ invariant: Invariant, _ what: String) {
        note(Violation(at: act.at, invariant: invariant, what: what))
    }

    mutating func note(_ violation: Violation) {
        violations.append(violation)
    }

    /// Checks the end of a trial.
    mutating func judgeEnd(_ world: World, at now: Moment) {
        judgeNodesAtEnd(world, at: now)
        for id in world.order {
            guard let host = world.hosts[id] else { continue }
            let boots = world.acts.filter { $0.host == id && $0.verb == .reboot }
            // After a journal was lost and a host was given back, the channel may offer a later version. A reboot into
            // another version counts as another update.
            let updates = Dictionary(grouping: boots) { "\($0.version ?? "nothing") by \($0.rollout)" }
            for (update, boots) in updates {
                let allowed = 1 + wordsGiven[id, default: 0]
                guard boots.count > allowed else { continue }
                let what =
                    "\(id) was told \(boots.count) times to reboot into \(update), \(allowed - 1) words given"
                note(Violation(at: now, invariant: .rebootOnce, what: what))
            }
            if [.idle, .prefetched].contains(host.phase), host.isArmed {
                let what = "\(id) is \(host.phase == .idle ? "given back" : "downloaded ahead"), and armed"
                note(Violation(at: now, invariant: .originalKept, what: what))
            }
        }
    }
}
