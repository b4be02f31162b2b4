/// Why a rollout does not go on. Each reason says what was seen, and what a person can do about it.
public enum HoldReason: Codable, Hashable, Sendable {
    // Found by gates.
    /// `trouble` and `bastion` are nil in journals of older versions, which did not have them.
    case hostUnreadable(
        host: HostID, why: String, trouble: HostTrouble? = nil, bastion: ShutBastion? = nil)
    case hostUncommitted(host: HostID)
    /// `why` comes from the host's agent.
    case partitionsUnreadable(host: HostID, why: String? = nil)
    case updateAlreadyPending(host: HostID)
    /// No update waits for a reboot, and yet the next boot goes to the other partition.
    case otherPartitionNext(host: HostID, partition: String, why: String)
    /// `why` in cgpt's words.
    case partitionTableDamaged(host: HostID, disk: String, why: String)
    /// The version that runs was put on the other partition: a reboot would upgrade nothing.
    case runningVersionStaged(host: HostID, version: Version)
    /// update-engine reads a line of update.conf otherwise than it is meant.
    case settingOdd(host: HostID, OddSetting)
    case claimedByAnother(host: HostID, rollout: RolloutID)
    case machineChanged(host: HostID, planned: MachineID, found: MachineID)
    case sameMachine(host: HostID, as: HostID)
    case noWitness(host: HostID)
    case membershipUnknown(witness: HostID, why: String)
    case memberMissing(host: HostID, machine: MachineID, witness: HostID)
    case membershipUnsteady(seenSeconds: Double, neededSeconds: Double)
    /// How long fleet lists a machine that died.
    case fleetTTLUnknown(why: String)
    /// fleet's registry shows a longer time than the configuration.
    case fleetTTLDiffers(seconds: Double, configured: Double)
    /// `units` run on fewer machines now than before the rollout. `seenBy`, here and below: nil in journals of older
    /// versions, which did not have it.
    case unitsDown(units: [String], seenBy: HostID?)
    /// `through` is the host that was asked, here and below; nil if several were asked, or none.
    case unitsUnknown(why: String, through: HostID? = nil)
    /// systemd units fail on the host that did not when the plan was made; `on` is the version it was upgraded to.
    case unitsFailed(host: HostID, units: [String], on: Version?)
    /// `units` are being started, and may yet fail.
    case unitsStarting(host: HostID, units: [String])
    /// No unit has failed for `seenSeconds`, which is shorter than needed.
    case unitsUnsteady(host: HostID, seenSeconds: Double, neededSeconds: Double)
    /// `components` run on fewer machines now than before the rollout.
    case deisDown(components: [String], seenBy: HostID)
    case deisUnknown(why: String, through: HostID? = nil)
    /// The list of Kubernetes nodes could not be read.
    case nodesUnknown(why: String)
    /// No node, or more than one, has the host's machine-id.
    case nodeUnidentified(host: HostID, machine: MachineID, nodes: [String])
    case nodeNotReady(host: HostID, node: String, why: String)
    /// The kubelet last reported from another boot than the host's present one.
    case nodeOfAnotherBoot(host: HostID, node: String, boot: BootID)
    /// The leases of these hosts' kubelets were not seen to be renewed.
    case kubeletsSilent(hosts: [HostID])
    case nodeOfAnotherRollout(node: String, rollout: RolloutID)
    /// Somebody uncordoned the node after it was drained.
    case nodeUncordoned(host: HostID, node: String)
    /// The node has pods that a drain never evicts.
    case drainRefused(host: HostID, node: String, why: String)
    /// `pods` could not be evicted; `budgets` allow none of them to go; `said` is kubectl's message.
    case drainBlocked(host: HostID, node: String, pods: [String], budgets: [String], said: String)
    case etcdUnknown(why: String, through: HostID? = nil, trouble: HostTrouble? = nil)
    case etcdSeatUnknown(host: HostID, why: String)
    /// `on` is the host that the member runs on; nil if unknown.
    case etcdMemberUnhealthy(member: String, seenBy: HostID?, why: String, on: HostID? = nil)
    /// The member did not answer under its own id.
    case etcdMemberUnknown(member: String, seenBy: HostID, why: String, on: HostID? = nil)
    /// The same member answered on all these hosts.
    case etcdSeatShared(hosts: [HostID], member: EtcdMemberID)
    /// No etcd member runs on any of these hosts.
    case etcdNowhere(hosts: [HostID])
    case etcdUnsteady(samples: Int, needed: Int)
    case quorumWouldBreak(host: HostID, healthyWithout: Int, votesNeeded: Int, voters: Int, seenBy: HostID?)
    /// `message` comes from the agent and says how to proceed.
    case hostUnsafe(host: HostID, unit: String, message: String)
    /// The agent did not tell something that a gate needs.
    case untold(host: HostID, HostFacts.Untold, why: String)
    case engineBusy(host: HostID, operation: String)
    case spaceLacking(host: HostID, HostSpace)
    /// The target's image does not go onto a host with cgroup v1.
    case cgroupsRefused(host: HostID, target: Version)
    case clockSkewed(host: HostID, ClockSkew)
    case settingsDrift(host: HostID, files: [SettingsDrift], against: SettingsDrift.Against)
    /// None of the `found` files equals the operator's `file`.
    case userDataUnexpected(host: HostID, file: String, found: [String])
    /// The cluster's version is above that of the etcd that a rollback would start.
    case pastReturn(host: HostID, etcd: String, cluster: String, partition: String)
    case etcdBeforeUnknown(host: HostID, why: String)
    /// The etcd that last used the member's data directory is unknown; the old etcd may not start on it.
    case etcdSinceUnknown(host: HostID, why: String)
    /// `etcd` does not start on the member's data directory after etcd `since` used it. If not `wasTried`, it may not.
    case memberPastReturn(
        host: HostID, etcd: String, since: String, wasTried: Bool, member: EtcdMemberID?, partition: String)
    /// The target's image lacks a part that the cluster runs on; `last` is the last stable release that has it.
    case releaseLacks(host: HostID, part: ReleasePart, target: Version, last: Version)
    /// etcd's own rules forbid this step; `through` is the release to go through instead.
    case etcdJump(
        host: HostID, from: String, to: String, target: Version, rule: EtcdRule, through: Version?)
    /// The etcd that the target brings is unknown.
    case etcdAfterUnknown(host: HostID, running: String, target: Version, why: String)
    /// The staged partition brings another etcd than the operator said.
    case etcdStagedDiffers(host: HostID, staged: String, told: String, target: Version)
    /// The host's etcd took a step that etcd's own rules forbid; `goesBack` is true if a rollback is possible.
    case etcdJumped(
        host: HostID, from: String, to: String, target: Version, rule: EtcdRule, goesBack: Bool)
    /// The host runs another etcd than the operator said it would.
    case etcdDiffers(host: HostID, found: String, told: String)
    /// etcd 0.4 tells neither its members nor their health.
    case etcdTooOld(host: HostID, etcd: String)
    /// The host has the last member of the old minor version; `to` is nil if the next etcd is unknown.
    case pointOfNoReturn(host: HostID, from: String, to: String?)
    /// The old etcd does not start on the member's data once the new one ran. If not `wasTried`, it may not.
    case memberPointOfNoReturn(host: HostID, from: String, to: String, wasTried: Bool)

    /// Another rollout has the cluster.
    case lockHeld(by: LockHolder)
    /// The lock was taken from this rollout: a person named the rollout as dead.
    case lockLost
    case lockUnknown(why: String)
    /// Hosts of the cluster that no lock of this rollout covers.
    case othersUncovered(others: [String], knownBy: LockCoverage.Source)
    /// `by` hold locksmith's semaphore, so their hosts may reboot now; they were seen to hold it for `seconds`.
    case semaphoreHeld(group: String?, by: [SemaphoreHolder], seconds: Double)
    /// locksmith's semaphore is free; the rollout is about to take it.
    case semaphoreFree(group: String?, slots: Int)
    /// Somebody set locksmith's semaphore so that no host may reboot.
    case semaphoreClosed(group: String?, max: Int)
    case semaphoreUnknown(why: String)

    case outsideWindow(windows: [MaintenanceWindow], now: LocalTime, opensInMinutes: Int)
    case windowTooShort(host: HostID, leftMinutes: Int, neededMinutes: Int)
    /// The local time is unknown.
    case windowUnknown

    /// The operator's command says not now; `output` is its last line, `on` the host that it ran on, if any.
    case hookHolds(Hook, on: HostID? = nil, output: String)
    case hookFailed(Hook, on: HostID? = nil, why: String, output: String)
    /// The hook's answer is unknown.
    case hookUnheard(Hook, on: HostID?, why: String, trouble: HostTrouble? = nil)
    /// A page of the operator's does not say yes.
    case pageShut(url: String, why: String)

    /// The facts that the order of hosts depends on could not be read.
    case orderUnknown(order: HostOrder, why: String)

    /// The journal is lost; the rollout was taken up from the hosts' agents.
    case journalLost
    /// The rollout is being taken up from the hosts' agents, and this host does not tell its place.
    case notTakenUp(host: HostID, why: String)

    // Found by steps.
    case offerDiffers(host: HostID, offered: Version, target: Version)
    case nothingOffered(host: HostID, running: Version, target: Version)
    case leftBehind(hosts: [HostID], target: Version)
    case stepFailed(host: HostID, step: Step, why: String)
    case notReturned(host: HostID, seconds: Double, why: String)
    case rebootIgnored(host: HostID, attempts: Int)
    case reverted(host: HostID, running: Version, target: Version)
    case wrongVersion(host: HostID, running: Version, target: Version)
    /// The agent says that the host went back from this version before, and stages nothing.
    case revertedBefore(host: HostID, why: String)
    case rolledBack(host: HostID, running: Version, from: Version)
    case notRolledBack(host: HostID, why: String)
    /// The host is on its single try of the staged version. It must be rolled back before it is given back.
    case notGivenBack(host: HostID, running: Version)

    // Asked for.
    case operatorHold
    case stoppedAfter(hosts: Int)
    /// A person declared the host lost; `member` is its etcd member, if known.
    case hostLost(host: HostID, why: String, member: LostMember?)
    /// The host answers, although it was declared lost before.
    case declaredLost(host: HostID, rollout: RolloutID, why: String)

    /// The steps of one host's path.
    public enum Step: String, Codable, Hashable, Sendable {
        case stage, evacuate, reboot, commit, readmit, rollback, abandon
    }

    /// True if asking again cannot help and could harm. A person must give the word (DESIGN 2, "a host that reverted").
    public var isTerminal: Bool {
        switch self {
        case .reverted, .wrongVersion, .revertedBefore, .rolledBack, .pastReturn, .etcdBeforeUnknown,
            .memberPastReturn:
            true
        case .hostUnreadable, .hostUncommitted, .partitionsUnreadable, .updateAlreadyPending,
            .otherPartitionNext, .partitionTableDamaged, .runningVersionStaged, .settingOdd,
            .machineChanged, .claimedByAnother,
            .sameMachine, .noWitness, .membershipUnknown, .memberMissing, .membershipUnsteady,
            .fleetTTLUnknown, .fleetTTLDiffers, .etcdUnknown,
            .etcdSeatUnknown,
            .etcdMemberUnhealthy, .etcdMemberUnknown, .etcdSeatShared, .etcdNowhere, .etcdUnsteady,
            .quorumWouldBreak, .offerDiffers, .nothingOffered,
            .leftBehind,
            .stepFailed, .notReturned, .rebootIgnored, .operatorHold, .stoppedAfter, .hostLost, .declaredLost,
            .hostUnsafe,
            .untold, .engineBusy, .spaceLacking, .cgroupsRefused, .clockSkewed, .settingsDrift,
            .userDataUnexpected,
            .notRolledBack, .notGivenBack, .lockHeld, .lockLost, .lockUnknown, .othersUncovered,
            .semaphoreHeld, .semaphoreFree,
            .semaphoreClosed,
            .semaphoreUnknown, .orderUnknown, .notTakenUp, .journalLost,
            .outsideWindow, .windowTooShort, .windowUnknown, .hookHolds, .hookFailed, .hookUnheard, .pageShut,
            .unitsDown,
            .unitsUnknown, .unitsFailed, .unitsStarting, .unitsUnsteady, .deisDown, .deisUnknown,
            .nodesUnknown, .nodeUnidentified, .nodeNotReady, .nodeOfAnotherBoot, .kubeletsSilent,
            .nodeOfAnotherRollout, .nodeUncordoned, .drainRefused, .drainBlocked,
            .releaseLacks, .etcdJump, .etcdAfterUnknown, .etcdStagedDiffers, .etcdJumped, .etcdDiffers,
            .etcdTooOld, .etcdSinceUnknown, .pointOfNoReturn, .memberPointOfNoReturn:
            false
        }
    }

    /// The host that went back to its old partition, by itself or by our hand: trying it again needs a person's word.
    public var revertedHost: HostID? {
        switch self {
        case .reverted(let host, _, _), .revertedBefore(let host, _), .rolledBack(let host, _, _): host
        default: nil
        }
    }

    /// Who has the cluster instead.
    public var lockHolder: LockHolder? {
        guard case .lockHeld(let holder) = self else { return nil }
        return holder
    }

    /// True if waiting alone releases the hold. Such a reason is left out beside others that waiting does not mend.
    public var takesTimeAlone: Bool {
        switch self {
        case .membershipUnsteady, .fleetTTLDiffers, .etcdUnsteady, .semaphoreFree, .kubeletsSilent,
            .unitsUnsteady:
            true
        default: false
        }
    }

    /// The shortest time until the hold can be released, in seconds; nil if unknown.
    public var secondsAtLeast: Double? {
        switch self {
        case .outsideWindow(_, _, let minutes): max(0, Double(minutes) - 1) * 60
        // Only the next window can be long enough.
        case .windowTooShort(_, let left, _): max(0, Double(left) - 1) * 60
        // No waiting mends these.
        case .releaseLacks, .etcdJump, .etcdAfterUnknown, .etcdDiffers, .etcdTooOld, .pointOfNoReturn,
            .spaceLacking, .cgroupsRefused, .settingsDrift, .settingOdd, .runningVersionStaged,
            .userDataUnexpected, .nodeUncordoned, .etcdSeatShared, .etcdNowhere, .etcdStagedDiffers,
            .etcdJumped, .memberPointOfNoReturn,
            .drainRefused:
            .infinity
        default: nil
        }
    }

    /// True if a person is asked to go on without a way back.
    public var isPointOfNoReturn: Bool {
        switch self {
        case .pointOfNoReturn, .memberPointOfNoReturn: true
        default: false
        }
    }

    /// True if another rollout has the cluster or one of its agents.
    var isNotOurs: Bool {
        switch self {
        case .lockHeld, .lockLost: true
        default: false
        }
    }

    var isRevert: Bool {
        guard case .reverted = self else { return false }
        return true
    }
}
