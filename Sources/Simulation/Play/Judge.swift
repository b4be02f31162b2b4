import AgentProtocol
import RolloutModel

/// Holds every act against the invariants of a rollout, at the moment it happens to a host.
struct Judge: Sendable {
    /// Hosts that were told to reboot, and neither committed nor back on their old partition since.
    private(set) var out: Set<HostID> = []
    /// Those of them beside which no host may reboot itself, and for whose sake: no longer once that rollout was unlocked.
    private var guarded: [HostID: RolloutID] = [:]
    /// Hosts that a person declared lost, and that nobody waits for.
    private var lost: Set<HostID> = []
    private(set) var violations: [Violation] = []
    /// The highest token that any host has taken a request with.
    private var tokens: [HostID: Token] = [:]
    /// Rollouts that have the cluster, and how often each was named as dead.
    private var holders: Set<RolloutID> = []
    private var timesUnlocked: [RolloutID: Int] = [:]
    /// Words of a person that a host which went back may be tried again.
    var wordsGiven: [HostID: Int] = [:]
    /// Rollouts whose etcd may pass its point of no return, by a person's word.
    var noReturnAccepted: Set<RolloutID> = []

    /// What must never happen, and did.
    struct Violation: Hashable, Sendable, CustomStringConvertible {
        var at: Moment
        var invariant: Invariant
        var what: String

        var description: String { "\(invariant.rawValue) at \(Int(at)) s: \(what)" }
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

    /// A host went by itself, as it had locksmith's semaphore.
    mutating func judgeSelfReboot(of host: HostID, in world: World, at now: Moment) {
        for (other, rollout) in guarded.sorted(by: { $0.key < $1.key })
        where other != host && !isSettled(other, in: world) {
            let what = "\(host) rebooted itself while \(other) was out for \(rollout)"
            note(Violation(at: now, invariant: .oneHostOut, what: what))
        }
    }

    /// A way back may be gone without the semaphore, where etcd is away over that very host.
    private mutating func guardFromOthers(_ act: World.Act, _ world: World) {
        let rollout = RolloutID(act.rollout)
        guard timesUnlocked[rollout, default: 0] == 0 else { return }
        if world.isReserved(for: rollout) {
            guarded[act.host] = rollout
        } else if act.verb == .reboot {
            note(act, .oneHostOut, "\(act.host) was told to reboot, and other hosts may reboot themselves")
        }
    }

    /// Whatever a host does not refuse is done under the highest token that it has seen.
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

    /// To be compared when a taking that began now has ended: one that was unlocked meanwhile came to nothing.
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

    /// Back on a good partition by itself, or by a person's hand.
    private func isSettled(_ host: HostID, in world: World) -> Bool {
        world.hosts[host].map { $0.isUp && $0.isCommitted } ?? false
    }

    private mutating func judgeIntent(_ act: World.Act, _ process: SimulatedProcess) {
        let isAnnounced =
            switch (act.verb, process.announced) {
            case (.stage, .stage(let host, _)), (.reboot, .reboot(let host, _, _)),
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

    /// The last member of the old minor version goes by a person's word alone.
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

    /// What had been wrong since before the gates were asked, they must have seen; of fleet, a TTL later.
    private mutating func judgeEvidence(_ act: World.Act, _ process: SimulatedProcess, _ world: World) {
        guard [.stage, .reboot, .commit, .rollback].contains(act.verb) else { return }
        for id in world.order where !lost.contains(id) {
            guard let host = world.hosts[id] else { continue }
            let isConcerned = id == act.host
            let unwholeSince =
                switch act.verb {
                // It is on its single try, which is what `commit` is about.
                case .commit where isConcerned: host.unitFails(at: act.at) ? -.infinity : host.illSince
                // Meant for one that is not whole.
                case .rollback where isConcerned: Moment?.none
                default: host.unwholeSince
                }
            // One look may find a member that flaps well, and another may be lost; no three in a row.
            let allowance = host.memberFlaps && host.illSince != nil ? 2 * world.ttlSeconds : 0
            if let since = unwholeSince, since < process.watchingSince - allowance {
                note(
                    act, .freshEvidence,
                    "\(act.verb.rawValue) of \(act.host), and \(id) not whole since \(Int(since)) s")
            }
            // What is listed longer than a TTL after the horizon was renewed by a fleet that lives since.
            let known = max(process.horizon, process.watchingSince - world.ttlSeconds)
            let isMissed = !(isConcerned && act.verb == .rollback)
            if isMissed, let silent = host.fleetSilentSince, silent < known {
                note(
                    act, .freshEvidence,
                    "\(act.verb.rawValue) of \(act.host), and fleet on \(id) silent since \(Int(silent)) s")
            }
        }
    }

    mutating func note(_ act: World.Act, _ invariant: Invariant, _ what: String) {
        note(Violation(at: act.at, invariant: invariant, what: what))
    }

    mutating func note(_ violation: Violation) {
        violations.append(violation)
    }

    /// At the end of a run: what every history must come to.
    mutating func judgeEnd(_ world: World, at now: Moment) {
        judgeNodesAtEnd(world, at: now)
        for id in world.order {
            guard let host = world.hosts[id] else { continue }
            let boots = world.acts.filter { $0.host == id && $0.verb == .reboot }
            // Where a journal was lost after a host was given back, the channel may have moved on: another version is another
            // update.
            let updates = Dictionary(grouping: boots) { "\($0.version ?? "nothing") by \($0.rollout)" }
            for (update, boots) in updates {
                let allowed = 1 + wordsGiven[id, default: 0]
                guard boots.count > allowed else { continue }
                let what =
                    "\(id) was told \(boots.count) times to reboot into \(update), \(allowed - 1) words given"
                note(Violation(at: now, invariant: .rebootOnce, what: what))
            }
            if host.phase == .idle, host.isArmed {
                note(
                    Violation(at: now, invariant: .originalKept, what: "\(id) is given back, and armed still")
                )
            }
        }
    }
}
