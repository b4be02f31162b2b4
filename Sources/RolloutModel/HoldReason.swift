/// Why a rollout does not go on. Each says what was seen, and what a person can do about it.
public enum HoldReason: Codable, Hashable, Sendable {
    // Found by gates.
    /// `trouble` is nil in journals of before it was told apart.
    case hostUnreadable(host: HostID, why: String, trouble: HostTrouble? = nil)
    case hostUncommitted(host: HostID)
    /// `why` is its agent's.
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
    /// fleet's registry shows a longer one than the configuration.
    case fleetTTLDiffers(seconds: Double, configured: Double)
    /// They ran before the rollout, and do not run on as many machines now.
    case unitsDown(units: [String], seenBy: HostID)
    /// `through` is the host that was asked, here and below; nil where several were, or none.
    case unitsUnknown(why: String, through: HostID? = nil)
    /// systemd's own on that host, which did not fail when the plan was made; `on` is what the host was upgraded to meanwhile.
    case unitsFailed(host: HostID, units: [String], on: Version?)
    /// They are being started, and may yet fail.
    case unitsStarting(host: HostID, units: [String])
    /// None was seen to fail for so long.
    case unitsUnsteady(host: HostID, seenSeconds: Double, neededSeconds: Double)
    /// They were up before the rollout, and are not on as many machines now.
    case deisDown(components: [String], seenBy: HostID)
    case deisUnknown(why: String, through: HostID? = nil)
    /// What Kubernetes says of its nodes could not be read.
    case nodesUnknown(why: String)
    /// Not exactly one node has its machine-id.
    case nodeUnidentified(host: HostID, machine: MachineID, nodes: [String])
    case nodeNotReady(host: HostID, node: String, why: String)
    /// What its kubelet says is of another boot than the one its host is in.
    case nodeOfAnotherBoot(host: HostID, node: String, boot: BootID)
    /// Their leases were not seen to be renewed.
    case kubeletsSilent(hosts: [HostID])
    case nodeOfAnotherRollout(node: String, rollout: RolloutID)
    /// Somebody lets pods onto it again, which was drained.
    case nodeUncordoned(host: HostID, node: String)
    /// It has pods that a drain does not evict, however long it waits.
    case drainRefused(host: HostID, node: String, why: String)
    /// Pods that could not be evicted from it; the budgets that allow none of them to go; what kubectl said.
    case drainBlocked(host: HostID, node: String, pods: [String], budgets: [String], said: String)
    case etcdUnknown(why: String, through: HostID? = nil, trouble: HostTrouble? = nil)
    case etcdSeatUnknown(host: HostID, why: String)
    /// `on` is the host that it runs on, where that is known.
    case etcdMemberUnhealthy(member: String, seenBy: HostID, why: String, on: HostID? = nil)
    /// Nothing was heard from it under its own id.
    case etcdMemberUnknown(member: String, seenBy: HostID, why: String, on: HostID? = nil)
    /// Each of these hosts was answered by the same member.
    case etcdSeatShared(hosts: [HostID], member: EtcdMemberID)
    /// On none of these hosts a member runs.
    case etcdNowhere(hosts: [HostID])
    case etcdUnsteady(samples: Int, needed: Int)
    case quorumWouldBreak(host: HostID, healthyWithout: Int, votesNeeded: Int, voters: Int, seenBy: HostID)
    /// `message` is the agent's, and says how to proceed.
    case hostUnsafe(host: HostID, unit: String, message: String)
    /// What a gate needs to know of a host was not told.
    case untold(host: HostID, HostFacts.Untold, why: String)
    case engineBusy(host: HostID, operation: String)
    case spaceLacking(host: HostID, HostFacts.Space)
    /// The target's image does not go onto a host with cgroup v1.
    case cgroupsRefused(host: HostID, target: Version)
    case clockSkewed(host: HostID, ClockSkew)
    case settingsDrift(host: HostID, files: [SettingsDrift], against: SettingsDrift.Against)
    /// None of the `found` files is what the operator's `file` is.
    case userDataUnexpected(host: HostID, file: String, found: [String])
    /// The cluster's version is above that of the etcd a rollback would start.
    case pastReturn(host: HostID, etcd: String, cluster: String, partition: String)
    case etcdBeforeUnknown(host: HostID, why: String)
    /// Which etcd has used the member's data directory is not known, so that nobody can say whether the old one starts on it.
    case etcdSinceUnknown(host: HostID, why: String)
    /// The etcd `since` has made of the member's data directory what `etcd` does not start on; not `wasTried`: what it may not
    /// start on.
    case memberPastReturn(
        host: HostID, etcd: String, since: String, wasTried: Bool, member: EtcdMemberID?, partition: String)
    /// The target's image does not have what the cluster runs on; `last` is the last stable one that has.
    case releaseLacks(host: HostID, part: ReleasePart, target: Version, last: Version)
    /// etcd's own rules forbid it; `through` is the release to go through instead.
    case etcdJump(
        host: HostID, from: String, to: String, target: Version, rule: EtcdRule, through: Version?)
    /// Which etcd the target brings is not known.
    case etcdAfterUnknown(host: HostID, running: String, target: Version, why: String)
    /// The partition that is staged brings another than the operator said.
    case etcdStagedDiffers(host: HostID, staged: String, told: String, target: Version)
    /// It took a step that etcd's own rules forbid, and can go back from it or not.
    case etcdJumped(
        host: HostID, from: String, to: String, target: Version, rule: EtcdRule, goesBack: Bool)
    /// Another came than the operator said.
    case etcdDiffers(host: HostID, found: String, told: String)
    /// Of etcd 0.4 neither members nor health can be told.
    case etcdTooOld(host: HostID, etcd: String)
    /// The last member of the old minor version; `to` is nil where it is not known what comes.
    case pointOfNoReturn(host: HostID, from: String, to: String?)
    /// The member will not start on the old etcd any more once it ran the new one; not `wasTried`: it may not.
    case memberPointOfNoReturn(host: HostID, from: String, to: String, wasTried: Bool)

    /// Another rollout has the cluster.
    case lockHeld(by: LockHolder)
    /// It was taken from this rollout: a person named it as dead.
    case lockLost
    case lockUnknown(why: String)
    /// Hosts of the cluster that no lock of this rollout covers.
    case othersUncovered(others: [String], knownBy: LockCoverage.Source)
    /// Others may reboot their hosts now, by locksmith's semaphore; they were seen to have it for so long.
    case semaphoreHeld(group: String?, by: [SemaphoreHolder], seconds: Double)
    /// It is nobody's, and the rollout is about to take it.
    case semaphoreFree(group: String?, slots: Int)
    /// Nobody may reboot by it: somebody set so.
    case semaphoreClosed(group: String?, max: Int)
    case semaphoreUnknown(why: String)

    case outsideWindow(windows: [MaintenanceWindow], now: LocalTime, opensInMinutes: Int)
    case windowTooShort(host: HostID, leftMinutes: Int, neededMinutes: Int)
    /// What the clock on the wall shows is not known.
    case windowUnknown

    /// The operator's command says not now; `output` is its last line, `on` the host it ran on, if it was one.
    case hookHolds(Hook, on: HostID? = nil, output: String)
    case hookFailed(Hook, on: HostID? = nil, why: String, output: String)
    /// What it says is not known.
    case hookUnheard(Hook, on: HostID?, why: String, trouble: HostTrouble? = nil)
    /// A page of the operator's does not say yes.
    case pageShut(url: String, why: String)

    /// What the order depends on could not be read.
    case orderUnknown(order: HostOrder, why: String)

    /// The rollout was taken up from what hosts tell.
    case journalLost
    /// The rollout is taken up from what hosts tell, and this one does not say where it is.
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
    /// The agent says so, and stages nothing.
    case revertedBefore(host: HostID, why: String)
    case rolledBack(host: HostID, running: Version, from: Version)
    case notRolledBack(host: HostID, why: String)
    /// It is on its try of what was staged, and so is out: nothing can be given back before it is rolled back.
    case notGivenBack(host: HostID, running: Version)

    // Asked for.
    case operatorHold
    case stoppedAfter(hosts: Int)
    /// A person declared it lost; `member` is its own in etcd, where that could be told.
    case hostLost(host: HostID, why: String, member: LostMember?)
    /// It answers, and was declared lost before.
    case declaredLost(host: HostID, rollout: RolloutID, why: String)

    /// The steps of one host's path.
    public enum Step: String, Codable, Hashable, Sendable {
        case stage, evacuate, reboot, commit, readmit, rollback, abandon
    }

    /// Asking again cannot help, and could harm: a person must give the word (DESIGN 2, "a host that reverted").
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
            .notRolledBack, .notGivenBack, .lockHeld, .lockLost, .lockUnknown, .othersUncovered, .semaphoreHeld,
            .semaphoreFree,
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

    /// More looks alone would release it: beside what no waiting mends it says nothing.
    public var takesTimeAlone: Bool {
        switch self {
        case .membershipUnsteady, .fleetTTLDiffers, .etcdUnsteady, .semaphoreFree, .kubeletsSilent,
            .unitsUnsteady:
            true
        default: false
        }
    }

    /// What releases it is further away than this, in seconds; nil where that cannot be told.
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

    /// A person is asked for the word that no way back is needed.
    public var isPointOfNoReturn: Bool {
        switch self {
        case .pointOfNoReturn, .memberPointOfNoReturn: true
        default: false
        }
    }

    /// The cluster, or an agent of it, is not ours.
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
