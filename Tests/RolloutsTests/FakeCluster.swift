import AgentProtocol
import RolloutModel
import Rollouts
import SampleValues
import Synchronization

/// Three hosts in virtual time, which stage, reboot and commit as an agent would, and record their requests. Tests set
/// the faults.
final class FakeCluster: Sendable {
    struct Host {
        var version = "1.0.0"
        var offer: String? = "2.0.0"
        var boots = 1
        var booted = "USR-A"
        var staged: String?
        /// The version that was downloaded ahead.
        var prefetched: String?
        /// The doubt that the agent has about it.
        var doubt: PrefetchDoubt?
        var committed = true
        var phase = HostPhase.idle
        var token: Token = 0
        /// The rollout that had the token.
        var rollout = "r-1"
        var claim: Claim?
        var journal: SeenJournal?
        var downUntil: Moment = 0
        var isUnreachable = false
        /// True if the host has another host key since its first reboot.
        var changesKey = false
        /// The trouble that keeps the host from answering since its first reboot.
        var troubleSinceReboot: HostTrouble?
        var isMissingFromFleet = false
        var memberIsUnhealthy = false
        /// True if the boot loader drops the staged partition.
        var reverts = false
        /// The version on the other partition.
        var otherVersion: String?
        var etcdBefore: String?
        var contents: PartitionContents?
        var revertedFrom: String?
        var holdsOriginal = false
        var hazards: [HostHazard] = []
        /// Another rollout, whose last verb the agent has not answered yet.
        var isAtWorkFor: String?
        /// The number of questions that the host does not answer after a changing verb.
        var unreachableAfterVerb = 0
        /// The version on which fleet never lists the host.
        var unfitVersion: String?
    }

    struct State {
        var now: Moment = 0
        var hosts: [HostID: Host] = [:]
        var nodes: [HostID: Node] = [:]
        /// The acts that changed a host, in the order they happened: `stage a`, `reboot a`, `commit a`.
        var acts: [String] = []
        /// The number of questions until the coordinator dies; nil for never.
        var callsLeft: Int?
        var isDead: Bool { callsLeft == 0 }
        /// Called at the moment of death: a resume will find only what is on the disk then.
        var onDeath: @Sendable () -> Void = {}
        /// The verbs whose replies will be lost after the act.
        var repliesToLose: Set<AgentVerb> = []
        var clusterVersion = "3.4.0"
        var requests = Requests()
    }

    /// The last request of each kind.
    struct Requests {
        var stage: StageRequest?
        var reboot: RebootRequest?
        var commit: CommitRequest?
    }

    let state = Mutex(State())
    let ids: [HostID]

    init(_ names: [String] = ["a", "b", "c"]) {
        ids = names.map { HostID($0) }
        state.withLock { state in for id in ids { state.hosts[id] = Host() } }
    }

    func change(_ host: String, _ body: (inout Host) -> Void) {
        state.withLock { body(&$0.hosts[HostID(host), default: Host()]) }
    }

    var acts: [String] { state.withLock { $0.acts } }
    var versions: [String] { state.withLock { state in ids.compactMap { state.hosts[$0]?.version } } }

    var clock: RolloutClock {
        RolloutClock(
            now: { [self] in state.withLock { $0.now } },
            sleep: { [self] span throws(CancellationError) in
                let isDead = state.withLock { state in
                    state.now = state.now + span
                    return state.isDead
                }
                guard !Task.isCancelled, !isDead else { throw CancellationError() }
            })
    }

    var plan: Plan {
        Plan.sample(
            rollout: RolloutID("r-1"),
            hosts: ids.map { PlannedHost(id: $0, machine: MachineID("m-\($0)"), version: Version("1.0.0")) },
            target: .firstOffer)
    }

    var access: HostAccess {
        HostAccess(
            report: { [self] id throws(HostFault) in report(id, try answering(id)) },
            stage: { [self] id, request, _ throws(HostFault) in
                state.withLock { $0.requests.stage = request }
                return try act(id, .stage, request.authority) { host, acts in
                    if let staged = host.staged { return .staged(update(id, host, staged)) }
                    guard let offer = host.offer, offer != host.version else {
                        return .nothingOffered(NothingOffered(runningVersion: host.version, group: nil))
                    }
                    if let target = request.target, target != offer {
                        return .offerDiffers(OfferDiffers(offered: offer, target: target))
                    }
                    if host.revertedFrom == offer, !request.acceptsRevert {
                        return .refused(Refusal(reason: .reverted, message: "it went back from \(offer)"))
                    }
                    acts.append("stage \(id)")
                    host.staged = offer
                    host.prefetched = nil
                    host.holdsOriginal = true
                    host.etcdBefore = request.etcdVersion
                    host.contents = PartitionContents(version: offer, etcd: Self.etcd)
                    host.phase = .staged
                    return .staged(update(id, host, offer))
                }
            },
            arm: { [self] id, request, _ throws(HostFault) in
                try act(id, .arm, request.authority) { host, acts in
                    if let staged = host.staged { return .staged(update(id, host, staged)) }
                    guard host.prefetched == request.version else {
                        return .refused(Refusal(reason: .phaseUnsuitable, message: "nothing is there"))
                    }
                    if let doubt = host.doubt {
                        let isGivenUp = doubt != .engineAtWork
                        if isGivenUp { (host.prefetched, host.doubt, host.phase) = (nil, nil, .idle) }
                        return .prefetchDoubted(
                            PrefetchDoubted(doubt: doubt, message: "it is doubted", isGivenUp: isGivenUp))
                    }
                    acts.append("arm \(id)")
                    host.staged = request.version
                    host.prefetched = nil
                    host.holdsOriginal = true
                    host.etcdBefore = request.etcdVersion
                    host.contents = PartitionContents(version: request.version, etcd: Self.etcd)
                    host.phase = .staged
                    return .staged(update(id, host, request.version))
                }
            },
            reboot: { [self] id, request throws(HostFault) in
                let now = state.withLock { state in
                    state.requests.reboot = request
                    return state.now
                }
                return try act(id, .reboot, request.authority) { host, acts in
                    guard request.bootID == "\(id)-\(host.boots)" else {
                        return .rebooted(BootMark(bootID: "\(id)-\(host.boots)"))
                    }
                    guard let staged = host.staged else {
                        return .refused(Refusal(reason: .phaseUnsuitable, message: "nothing is staged"))
                    }
                    acts.append("reboot \(id)")
                    host.boots += 1
                    host.downUntil = now + .seconds(5)
                    host.phase = .rebooting
                    host.staged = nil
                    if !host.reverts {
                        host.otherVersion = host.version
                        host.version = staged
                        host.booted = host.booted == "USR-A" ? "USR-B" : "USR-A"
                        host.committed = false
                    }
                    return .rebooting(BootMark(bootID: request.bootID))
                }
            },
            commit: { [self] id, request, _ throws(HostFault) in
                state.withLock { $0.requests.commit = request }
                return try act(id, .commit, request.authority) { host, acts in
                    guard request.bootID == "\(id)-\(host.boots)" else {
                        return .refused(Refusal(reason: .bootDiffers, message: "another boot"))
                    }
                    if !host.committed { acts.append("commit \(id)") }
                    host.committed = true
                    host.phase = .committed
                    return .committed(
                        CommitProof(
                            version: host.version, bootID: request.bootID, partitions: table(host),
                            journalLine: nil))
                }
            },
            rollback: { [self] id, request throws(HostFault) in
                let now = state.withLock { $0.now }
                return try act(id, .rollback, request.authority) { host, acts in
                    guard request.bootID == "\(id)-\(host.boots)" else {
                        return .rebooted(BootMark(bootID: "\(id)-\(host.boots)"))
                    }
                    guard host.staged == nil, let other = host.otherVersion else {
                        return .refused(Refusal(reason: .partitionUnproved, message: "nothing is there"))
                    }
                    acts.append("rollback \(id)")
                    host.boots += 1
                    host.downUntil = now + .seconds(5)
                    host.revertedFrom = host.version
                    host.otherVersion = nil
                    host.version = other
                    host.booted = host.booted == "USR-A" ? "USR-B" : "USR-A"
                    host.committed = true
                    host.phase = .idle
                    return .rebooting(BootMark(bootID: request.bootID))
                }
            },
            abandon: { [self] id, request, _ throws(HostFault) in
                try act(id, .abandon, request.authority) { host, acts in
                    guard host.committed else {
                        return .refused(Refusal(reason: .phaseUnsuitable, message: "it is out"))
                    }
                    let undone = [
                        host.staged.map { "\($0) disarmed" }, host.holdsOriginal ? "update.conf" : nil,
                    ].compactMap(\.self)
                    if !undone.isEmpty { acts.append("abandon \(id)") }
                    host.staged = nil
                    host.holdsOriginal = false
                    host.phase = .idle
                    return .abandoned(
                        AbandonedHost(runningVersion: host.version, undone: undone, left: []))
                }
            },
            claim: { [self] id, request throws(HostFault) in
                try act(id, .claim, request.authority) { host, _ in
                    host.claim = request.claim
                    return .claimed(request.claim)
                }
            },
            release: { [self] id, request throws(HostFault) in
                if request.resetsTokens == true { return try reset(id, to: request.authority) }
                return try act(id, .release, request.authority, supersedes: request.supersedes) { host, _ in
                    host.claim = nil
                    return .released(request.authority)
                }
            },
            machines: { [self] id throws(HostFault) in
                _ = try answering(id)
                return state.withLock { state in
                    Set(
                        state.hosts.filter {
                            !$0.value.isMissingFromFleet && $0.value.downUntil <= state.now
                                && $0.value.unfitVersion != $0.value.version
                        }
                        .map { MachineID("m-\($0.key)") })
                }
            },
            // The entries' index never rises, as if the entries were never written again.
            fleetRegistry: { [self] id throws(HostFault) in
                _ = try answering(id)
                return state.withLock { state in
                    Dictionary(
                        uniqueKeysWithValues: state.hosts.keys.map {
                            (MachineID("m-\($0)"), FleetEntry(index: 1, timeLeft: .seconds(6)))
                        })
                }
            },
            units: { _ in FleetUnits(active: [:], launched: []) },
            deis: { _ in nil },
            etcd: { [self] id throws(HostFault) in
                _ = try answering(id)
                return state.withLock { state in
                    EtcdView(
                        members: state.hosts.map { id, host in
                            let healthy = !host.memberIsUnhealthy && host.downUntil <= state.now
                            return .init(
                                id: EtcdMemberID("e-\(id)"), name: id.rawValue, isLearner: false,
                                health: healthy ? .healthy : .unhealthy("no answer"), version: "3.4.23")
                        }, clusterVersion: state.clusterVersion)
                }
            },
            moveLeader: { [self] id throws(HostFault) in
                state.withLock { $0.acts.append("move leader \(id)") }
                guard id != HostID("b") else {
                    throw HostFault(host: id, kind: .commandFailed, why: "answered 404")
                }
                return nil
            },
            seat: { id throws(HostFault) in .member(EtcdMemberID("e-\(id)"), server: "3.4.23") },
            disconnect: { _ in })
    }

    /// The host as it answers now.
    private func answering(_ id: HostID) throws(HostFault) -> Host {
        let host = state.withLock { state -> Host? in
            if let left = state.callsLeft {
                guard left > 0 else { return nil }
                state.callsLeft = left - 1
                if left == 1 { state.onDeath() }
            }
            guard var host = state.hosts[id], !host.isUnreachable, host.downUntil <= state.now else {
                return nil
            }
            if host.token > 0, host.unreachableAfterVerb > 0 {
                host.unreachableAfterVerb -= 1
                state.hosts[id] = host
                return nil
            }
            return host
        }
        guard let host else { throw HostFault(host: id, kind: .unreachable, why: "no route to host") }
        if host.changesKey, host.boots > 1 {
            throw HostFault(host: id, kind: .unreachable, why: "another key", detail: .hostKey)
        }
        if let trouble = host.troubleSinceReboot, host.boots > 1 {
            throw HostFault(host: id, kind: .unreachable, why: "it said no", detail: trouble)
        }
        return host
    }

    private func act<Answer: VerbAnswer>(
        _ id: HostID, _ verb: AgentVerb, _ authority: Authority, supersedes: String? = nil,
        _ body: (inout Host, inout [String]) -> AgentMessage
    ) throws(HostFault) -> VerbEnding<Answer> {
        _ = try answering(id)
        let (message, isLost) = state.withLock { state -> (AgentMessage, Bool) in
            var host = state.hosts[id] ?? Host()
            guard authority.token >= host.token else {
                return (
                    .refused(Refusal(reason: .tokenOutdated, message: "token \(authority.token) is old")),
                    false
                )
            }
            if let claim = host.claim, claim.rollout != authority.rollout, claim.rollout != supersedes {
                return (.refused(Refusal(reason: .heldByAnother, message: "held by \(claim.rollout)")), false)
            }
            host.token = authority.token
            // The authority of the last change stays, whoever has the host.
            if verb != .claim, verb != .release { host.rollout = authority.rollout }
            if let head = authority.journal {
                host.journal = SeenJournal(rollout: authority.rollout, token: authority.token, head: head)
            }
            let message = body(&host, &state.acts)
            state.hosts[id] = host
            return (message, state.repliesToLose.remove(verb) != nil)
        }
        guard !isLost else { throw HostFault(host: id, kind: .interrupted, why: "connection reset") }
        return try VerbEnding(message, of: id)
    }

    /// Resets tokens as agents judge their own record.
    private func reset(_ id: HostID, to authority: Authority) throws(HostFault) -> VerbEnding<Authority> {
        _ = try answering(id)
        return state.withLock { state in
            guard (state.hosts[id]?.token ?? 0).isLeap(from: authority.token) else {
                return .refused(Refusal(reason: .phaseUnsuitable, message: "nothing to set back"))
            }
            state.hosts[id]?.claim = nil
            state.hosts[id]?.token = authority.token
            return .answered(authority)
        }
    }

    private func report(_ id: HostID, _ host: Host) -> HostReport {
        var report = HostReport.sample(
            machineID: "m-\(id)", bootID: "\(id)-\(host.boots)", hostname: id.rawValue, version: host.version,
            partitions: table(host), systemState: "running", hazards: host.hazards, etcd: Self.etcd,
            agent: AgentState.sample(
                agentVersion: "0.1.0", phase: host.phase,
                authority: host.isAtWorkFor.map { Authority(rollout: $0, token: 7) }
                    ?? (host.token == 0 ? nil : Authority(rollout: host.rollout, token: host.token)),
                claim: host.claim, highestToken: host.token == 0 ? nil : host.token, version: host.staged,
                goal: host.isAtWorkFor.map { _ in GoalState(verb: .abandon, isOpen: true) },
                holdsOriginal: host.holdsOriginal,
                etcdVersionBefore: host.etcdBefore, revertedFrom: host.revertedFrom,
                contents: host.contents,
                prefetch: host.prefetched.map {
                    PrefetchState(version: $0, bootID: "b-0", partition: "USR-B")
                }))
        report.agent.journal = host.journal
        return report
    }

    /// The etcd of every image.
    private static let etcd = EtcdStart(
        unit: "etcd-member.service", origin: .imageProgram, starts: "/usr/bin/etcd", version: "3.4.23")

    private func update(_ id: HostID, _ host: Host, _ version: String) -> StagedUpdate {
        StagedUpdate(
            version: version, evidence: [.engineStatus], bootID: "\(id)-\(host.boots)",
            partitions: table(host))
    }

    private func table(_ host: Host) -> PartitionTable {
        func partition(_ label: String, priority: Int, tries: Int, successful: Bool)
            -> PartitionTable.Partition
        {
            .init(
                number: label == "USR-A" ? 3 : 4, label: label, device: "/dev/sda", priority: priority,
                tries: tries, successful: successful)
        }
        let other = host.booted == "USR-A" ? "USR-B" : "USR-A"
        return PartitionTable(
            disk: "/dev/sda",
            booted: partition(
                host.booted, priority: host.staged == nil ? 2 : 1, tries: 0, successful: host.committed),
            other: partition(
                other, priority: host.staged == nil ? 1 : 2, tries: host.staged == nil ? 0 : 1,
                successful: host.staged == nil))
    }
}
