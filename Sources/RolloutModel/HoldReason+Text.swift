extension HoldReason: CustomStringConvertible {
    /// What was seen: one sentence.
    public var description: String {
        switch self {
        case .hostUnreadable(let host, let why, _, _):
            "host '\(host)' could not be read: \(why)"
        case .hostUncommitted(let host):
            "host '\(host)' runs a partition that is not committed: its next reboot may go back to the other one"
        case .partitionsUnreadable(let host, let why):
            "the partitions of host '\(host)' could not be read by its agent" + (why.map { ": \($0)" } ?? "")
        case .updateAlreadyPending(let host):
            "host '\(host)' already has an update applied that waits for a reboot"
        case .otherPartitionNext(let host, let partition, let why):
            "the next boot of host '\(host)' goes to \(partition), where no update waits for it: \(why)"
        case .partitionTableDamaged(let host, let disk, let why):
            "the partition table of \(disk) on host '\(host)' is damaged in one of its copies: \(why)"
        case .runningVersionStaged(let host, let version):
            "\(version) is staged on host '\(host)', which runs it already: a reboot would upgrade nothing"
        case .settingOdd(let host, let setting):
            "update-engine of host '\(host)' \(setting.reading)"
        case .claimedByAnother(let host, let rollout):
            "host '\(host)' is in the middle of another rollout, \(rollout)"
        case .machineChanged(let host, let planned, let found):
            "host '\(host)' is another machine now: machine-id \(found), planned was \(planned)"
        case .sameMachine(let host, let twin):
            "'\(host)' and '\(twin)' are one machine: they have the same machine-id"
        case .noWitness(let host):
            "no other host can say whether '\(host)' is in fleet"
        case .membershipUnknown(let witness, let why):
            "fleet could not be read through '\(witness)': \(why)"
        case .memberMissing(let host, let machine, let witness):
            "host '\(host)' (\(machine.rawValue.prefix(8))) is missing from fleetctl list-machines on '\(witness)'"
        case .membershipUnsteady(let seen, let needed):
            "fleet has been whole for \(seen.wholeSeconds) s of the \(needed.wholeSeconds) s that prove it fresh"
        case .fleetTTLUnknown(let why):
            "how long fleet lists a machine that died is not known, by its registry in etcd: \(why)"
        case .fleetTTLDiffers(let seconds, let configured):
            """
            fleet's agent_ttl is at least \(seconds.wholeSeconds) s, by its registry, and gates.fleet.ttl says \
            \(configured.wholeSeconds) s: the longer one counts
            """
        case .nodesUnknown(let why):
            "the nodes of Kubernetes could not be read: \(why)"
        case .nodeUnidentified(let host, let machine, let nodes):
            "host '\(host)' (\(machine.rawValue.prefix(8))) is "
                + (nodes.isEmpty
                    ? "no node of Kubernetes: none has its machine-id"
                    : "not one node: \(nodes.joined(separator: ", ")) all have its machine-id")
        case .nodeNotReady(let host, let node, let why):
            "node '\(node)' of host '\(host)' is not ready: \(why)"
        case .nodeOfAnotherBoot(let host, let node, let boot):
            "what the kubelet of node '\(node)' says is of boot \(boot), and host '\(host)' is in another"
        case .kubeletsSilent(let hosts):
            "kubelets were not seen to renew their leases: on \(hosts.map(\.rawValue).joined(separator: ", "))"
        case .nodeOfAnotherRollout(let node, let rollout):
            "node '\(node)' is cordoned by rollout \(rollout)"
        case .nodeUncordoned(let host, let node):
            "node '\(node)' of host '\(host)' was drained, and somebody has uncordoned it since"
        case .drainRefused(let host, let node, let why):
            "node '\(node)' of host '\(host)' would not be drained: \(why)"
        case .drainBlocked(let host, let node, let pods, let budgets, let said):
            "node '\(node)' of host '\(host)' is not drained; it has \(Names.text(pods))"
                + (budgets.isEmpty ? "" : "; no disruption is allowed by \(Names.text(budgets))")
                + (said.isEmpty ? "" : "; kubectl says: \(said)")
        case .etcdUnknown(let why, let witness, _):
            "etcd could not be read\(Self.through(witness)): \(why)"
        case .etcdSeatUnknown(let host, let why):
            "which etcd member runs on host '\(host)' could not be told: \(why)"
        case .etcdMemberUnhealthy(let member, let witness, let why, let host):
            (host.map { "etcd on '\($0)'" } ?? "etcd member '\(member)'")
                + " is not healthy\(Self.askedFrom(witness)): \(why)"
        case .etcdMemberUnknown(let member, let witness, let why, let host):
            "whether \(host.map { "etcd on '\($0)'" } ?? "etcd member '\(member)'") is healthy cannot be told, asked from '\(witness)': \(why)"
        case .etcdSeatShared(let hosts, let member):
            """
            etcd member \(member) answers as the own one of each of \(hosts.map { "'\($0)'" }.joined(separator: ", ")), and \
            runs on one host only
            """
        case .etcdNowhere(let hosts):
            "no etcd member runs on any host of this list: \(hosts.map(\.rawValue).joined(separator: ", "))"
        case .etcdUnsteady(let samples, let needed):
            "etcd was whole in \(samples) of the \(needed) samples in a row that prove it"
        case .quorumWouldBreak(let host, let healthy, let votes, let voters, let witness):
            """
            without host '\(host)' etcd would have \(healthy) healthy of \(voters) voters\(Self.askedFrom(witness)), and needs \
            \(votes)
            """
        case .hostUnsafe(let host, let unit, let message):
            "host '\(host)' is not fit for it, by \(unit): \(message)"
        case .untold(let host, let what, let why):
            "\(what.words) of host '\(host)' cannot be told: \(why)"
        case .engineBusy(let host, let operation):
            "update-engine of host '\(host)' is at work by itself, at \(operation)"
        case .spaceLacking(let host, let space):
            """
            host '\(host)' has \(space.freeBytes.asMebibytes) left on \(space.path) for \(space.purpose.words), and needs \
            \(space.neededBytes.asMebibytes)
            """
        case .cgroupsRefused(let host, let target):
            "host '\(host)' runs cgroup v1, and \(target) does not go onto such a host: its postinst ends the update"
        case .clockSkewed(let host, let skew): skew.sentence(of: host)
        case .settingsDrift(let host, let files, .plan):
            "host '\(host)' has other settings than when the plan was made: \(files.listed)"
        case .settingsDrift(let host, let files, .hosts(let others)):
            """
            host '\(host)' has other settings than \(others.map { "'\($0)'" }.joined(separator: ", ")): \
            \(files.listed)
            """
        case .userDataUnexpected(let host, let file, let found):
            found.isEmpty
                ? "host '\(host)' has no user-data on its disk, and \(file) is expected"
                : "the user-data of host '\(host)' is not \(file): \(found.joined(separator: ", "))"
        case .pastReturn(let host, let etcd, let cluster, let partition):
            """
            host '\(host)' cannot go back: the cluster version rose to \(cluster) when the last member was upgraded; \
            etcd \(etcd) of \(partition) would not start
            """
        case .etcdBeforeUnknown(let host, let why):
            "whether the etcd of the other partition of host '\(host)' would start cannot be told: \(why)"
        case .etcdSinceUnknown(let host, let why):
            "whether the etcd of the other partition of host '\(host)' starts on the data of its member cannot be told: \(why)"
        case .memberPastReturn(let host, let etcd, let since, let wasTried, _, let partition):
            """
            host '\(host)' cannot go back: etcd \(since) has run there, and \(etcd) of \(partition) \
            \(wasTried ? "does not start on its data any more" : "is not known to start on its data after that")
            """
        case .releaseLacks(let host, let part, let target, _):
            "\(target) has no \(part.words) any more, and host '\(host)' runs it from its image"
        case .etcdJump(let host, let from, let to, let target, let rule, _):
            "with \(target) etcd would go from \(from) to \(to) on host '\(host)', and must not: \(rule.words)"
        case .etcdAfterUnknown(let host, let running, let target, let why):
            "which etcd \(target) brings to host '\(host)', where \(running) runs, is not known: \(why)"
        case .etcdStagedDiffers(let host, let staged, let told, let target):
            "the partition staged with \(target) on host '\(host)' brings etcd \(staged), and \(told) was said to come"
        case .etcdJumped(let host, let from, let to, let target, let rule, _):
            "with \(target) etcd went from \(from) to \(to) on host '\(host)', and must not: \(rule.words)"
        case .etcdDiffers(let host, let found, let told):
            "etcd \(found) runs on host '\(host)' since it runs the target, and \(told) was said to come"
        case .etcdTooOld(let host, let etcd):
            "etcd \(etcd) runs on host '\(host)': it tells neither its members nor their health"
        case .pointOfNoReturn(let host, let from, let to):
            """
            host '\(host)' has the last etcd \(from): once it runs \(to ?? "a later one") the cluster version rises, and no host \
            can go back
            """
        case .memberPointOfNoReturn(let host, let from, let to, let wasTried):
            wasTried
                ? """
                once etcd \(to) has started on host '\(host)', etcd \(from) does not start on its data any more: this host cannot go \
                back then, nor can any that follows
                """
                : """
                once etcd \(to) has started on host '\(host)', it is not known whether etcd \(from) starts on its data again: this \
                host may not be able to go back then, nor any that follows
                """
        case .lockHeld(let holder):
            "rollout \(holder.rollout) of \(holder.operatorName) has this cluster, since \(holder.since)"
        case .lockLost:
            "this rollout does not have the cluster any more: it was unlocked, or taken up by another turnstile"
        case .lockUnknown(let why):
            "who has the cluster's lock could not be told: \(why)"
        case .othersUncovered(let others, let source):
            """
            gates.etcd is off, and the agents' lock covers the hosts named alone; by \(source.rawValue) the cluster has others, \
            which another rollout could take out meanwhile: \(Names.text(others))
            """
        case .semaphoreHeld(let group, let holders, let seconds):
            """
            \(Self.semaphore(group)) is held by \(holders.map(\.description).joined(separator: ", ")), seen so for \
            \(seconds.wholeSeconds) s: who holds it may reboot a host at any moment
            """
        case .semaphoreFree(let group, let slots):
            "\(Self.semaphore(group)) has \(slots) free \(slots == 1 ? "slot" : "slots"): a host may take it, and reboot itself"
        case .semaphoreClosed(let group, let max):
            "\(Self.semaphore(group)) has a maximum of \(max): somebody set it so that no host may reboot"
        case .semaphoreUnknown(let why):
            "who may reboot by locksmith's semaphore could not be told or changed: \(why)"
        case .journalLost:
            "its journal was lost, and it was taken up from what the hosts tell"
        case .notTakenUp(let host, let why):
            "host '\(host)' cannot be taken up by what it tells: \(why)"
        case .outsideWindow(let windows, let now, let minutes):
            """
            it is \(now), and the maintenance window is \(windows.map(\.description).joined(separator: "; ")): \
            it opens in \(minutes.asHours)
            """
        case .windowTooShort(let host, let left, let needed):
            "the maintenance window closes in \(left.asHours), and host '\(host)' may need \(needed.asHours)"
        case .hookHolds(let hook, let host, let output):
            "your hook '\(hook)'\(Self.on(host)) says not now" + (output.isEmpty ? "" : ": \(output)")
        case .hookFailed(let hook, let host, let why, let output):
            "your hook '\(hook)'\(Self.on(host)) failed: \(why)"
                + (output.isEmpty ? "" : "; it said: \(output)")
        case .hookUnheard(let hook, let host, let why, _):
            "what your hook '\(hook)'\(Self.on(host)) says is not known: \(why)"
        case .unitsDown(let units, let witness):
            """
            fleet ran these before the rollout, and \(witness.map { "'\($0)' says that it does" } ?? "does") not run as many \
            of them now: \
            \(units.joined(separator: ", "))
            """
        case .unitsUnknown(let why, let witness):
            "what fleet runs cannot be told\(Self.through(witness)): \(why)"
        case .unitsFailed(let host, let units, let version):
            """
            units of host '\(host)' fail \(version.map { "on \($0)" } ?? "now") that did not before the rollout: \
            \(Names.text(units))
            """
        case .unitsStarting(let host, let units):
            "units of host '\(host)' are still being started: \(Names.text(units))"
        case .unitsUnsteady(let host, let seen, let needed):
            """
            no unit of host '\(host)' was seen to fail for \(seen.wholeSeconds) s of the \(needed.wholeSeconds) s that \
            prove it well
            """
        case .deisDown(let components, let witness):
            """
            Deis ran these before the rollout, and '\(witness)' says that not as many of them are active and running now: \
            \(components.joined(separator: ", "))
            """
        case .deisUnknown(let why, let witness):
            "what Deis runs cannot be told\(Self.through(witness)): \(why)"
        case .pageShut(let url, let why):
            "\(url) does not say yes: \(why)"
        case .windowUnknown:
            "whether the maintenance window is open cannot be told: nothing says what time it is there"
        case .orderUnknown(let order, let why):
            "the order '\(order)' could not be worked out: \(why)"
        case .offerDiffers(let host, let offered, let target):
            "host '\(host)' was offered \(offered), and the target is \(target); the offer was disarmed"
        case .nothingOffered(let host, let running, let target):
            "host '\(host)' runs \(running) and was offered nothing, and the target is \(target)"
        case .leftBehind(let hosts, let target):
            "\(hosts.map(\.rawValue).joined(separator: ", ")) were offered nothing before \(target) appeared"
        case .stepFailed(let host, let step, let why):
            "\(step.rawValue) of host '\(host)' failed: \(why)"
        case .notReturned(let host, let seconds, let why):
            "host '\(host)' did not come back within \(seconds.wholeSeconds) s of its reboot: \(why)"
        case .rebootIgnored(let host, let attempts):
            "host '\(host)' is still on the boot it was told to leave, after \(attempts) requests"
        case .reverted(let host, let running, let target):
            "host '\(host)' reverted: it rebooted towards \(target) and runs \(running) again"
        case .wrongVersion(let host, let running, let target):
            "host '\(host)' came back on \(running), and the target is \(target)"
        case .revertedBefore(let host, let why):
            "host '\(host)' went back to its old partition before: \(why)"
        case .rolledBack(let host, let running, let from):
            "host '\(host)' was rolled back from \(from), and runs \(running)"
        case .notGivenBack(let host, let running):
            "host '\(host)' runs \(running) on its single try, and cannot be given back from there"
        case .notRolledBack(let host, let why):
            "host '\(host)' was not rolled back: \(why)"
        case .operatorHold:
            "the operator asked to hold"
        case .stoppedAfter(let hosts):
            "stopped after \(hosts) \(hosts == 1 ? "host" : "hosts"), as asked"
        case .declaredLost(let host, let rollout, let why):
            "host '\(host)' answers, and was declared lost in rollout \(rollout) (\(why))"
        case .hostLost(let host, let why, _):
            "host '\(host)' was declared lost (\(why)), and is waited for no more; it may still come up by itself"
        }
    }

    private static func on(_ host: HostID?) -> String { host.map { " on '\($0)'" } ?? "" }

    private static func through(_ host: HostID?) -> String { host.map { " through '\($0)'" } ?? "" }

    private static func askedFrom(_ host: HostID?) -> String { host.map { ", asked from '\($0)'" } ?? "" }

    private static func semaphore(_ group: String?) -> String {
        "locksmith's semaphore" + (group.map { " of group '\($0)'" } ?? "")
    }
}

extension SemaphoreHolder: CustomStringConvertible {
    public var description: String {
        host.map { "host '\($0)' (\(id.prefix(8)))" } ?? "'\(id)'"
    }
}

extension Int {
    /// Minutes, as people say them: `45 min`, `6 h 05 min`.
    var asHours: String {
        let minutes = self % 60
        guard self >= 60 else { return "\(self) min" }
        return "\(self / 60) h" + (minutes == 0 ? "" : " \(minutes < 10 ? "0" : "")\(minutes) min")
    }
}

extension Double {
    /// Whole seconds, rounded: people read no fractions here.
    var wholeSeconds: Int { Int(clamping: rounded()) }
}
