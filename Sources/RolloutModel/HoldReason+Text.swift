extension HoldReason: CustomStringConvertible {
    /// What was seen: one sentence.
    public var description: String {
        switch self {
        case .hostUnreadable(let host, let why):
            "host '\(host)' could not be read: \(why)"
        case .hostUncommitted(let host):
            "host '\(host)' runs a partition that is not committed: its next reboot may go back to the other one"
        case .partitionsUnreadable(let host):
            "the partitions of host '\(host)' could not be read by its agent"
        case .updateAlreadyPending(let host):
            "host '\(host)' already has an update applied that waits for a reboot"
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
            "node '\(node)' of host '\(host)' is not drained; it has \(Self.listed(pods))"
                + (budgets.isEmpty ? "" : "; no disruption is allowed by \(Self.listed(budgets))")
                + (said.isEmpty ? "" : "; kubectl says: \(said)")
        case .etcdUnknown(let why):
            "etcd could not be read: \(why)"
        case .etcdSeatUnknown(let host, let why):
            "which etcd member runs on host '\(host)' could not be told: \(why)"
        case .etcdMemberUnhealthy(let member, let witness, let why):
            "etcd member '\(member)' is not healthy, asked from '\(witness)': \(why)"
        case .etcdUnsteady(let samples, let needed):
            "etcd was whole in \(samples) of the \(needed) samples in a row that prove it"
        case .quorumWouldBreak(let host, let healthy, let votes, let voters):
            "without host '\(host)' etcd would have \(healthy) healthy of \(voters) voters, and needs \(votes)"
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
        case .releaseLacks(let host, let part, let target, _):
            "\(target) has no \(part.words) any more, and host '\(host)' runs it from its image"
        case .etcdJump(let host, let from, let to, let target, let rule, _):
            "with \(target) etcd would go from \(from) to \(to) on host '\(host)', and must not: \(rule.words)"
        case .etcdAfterUnknown(let host, let running, let target, let why):
            "which etcd \(target) brings to host '\(host)', where \(running) runs, is not known: \(why)"
        case .etcdDiffers(let host, let found, let told):
            "etcd \(found) runs on host '\(host)' since it runs the target, and \(told) was said to come"
        case .etcdTooOld(let host, let etcd):
            "etcd \(etcd) runs on host '\(host)': it tells neither its members nor their health"
        case .pointOfNoReturn(let host, let from, let to):
            """
            host '\(host)' has the last etcd \(from): once it runs \(to ?? "a later one") the cluster version rises, and no host \
            can go back
            """
        case .lockHeld(let holder):
            "rollout \(holder.rollout) of \(holder.operatorName) has this cluster, since \(holder.since)"
        case .lockLost:
            "this rollout does not have the cluster any more: it was unlocked, or taken up by another turnstile"
        case .lockUnknown(let why):
            "who has the cluster's lock could not be told: \(why)"
        case .semaphoreHeld(let group, let holders, let seconds):
            """
            \(Self.semaphore(group)) is held by \(holders.map(\.description).joined(separator: ", ")), seen so for \
            \(seconds.wholeSeconds) s: who holds it may reboot a host at any moment
            """
        case .semaphoreFree(let group, let slots):
            "\(Self.semaphore(group)) has \(slots) free \(slots == 1 ? "slot" : "slots"): a host may take it, and reboot itself"
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
        case .hookUnheard(let hook, let host, let why):
            "what your hook '\(hook)'\(Self.on(host)) says is not known: \(why)"
        case .unitsDown(let units, let witness):
            """
            fleet ran these before the rollout, and '\(witness)' says that it does not run as many of them now: \
            \(units.joined(separator: ", "))
            """
        case .unitsUnknown(let why):
            "what fleet runs cannot be told: \(why)"
        case .deisDown(let components, let witness):
            """
            Deis ran these before the rollout, and '\(witness)' says that not as many of them are active and running now: \
            \(components.joined(separator: ", "))
            """
        case .deisUnknown(let why):
            "what Deis runs cannot be told: \(why)"
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
        case .notRolledBack(let host, let why):
            "host '\(host)' was not rolled back: \(why)"
        case .operatorHold:
            "the operator asked to hold"
        case .stoppedAfter(let hosts):
            "stopped after \(hosts) \(hosts == 1 ? "host" : "hosts"), as asked"
        }
    }

    /// No more names than a person reads.
    private static func listed(_ names: [String]) -> String {
        names.prefix(8).joined(separator: ", ") + (names.count > 8 ? " and \(names.count - 8) more" : "")
    }

    /// What to do about it, before going on.
    public var remedy: String {
        switch self {
        case .hostUnreadable(let host, _), .partitionsUnreadable(let host):
            "make 'turnstile audit \(host)' succeed"
        case .hostUncommitted(let host):
            "look at 'turnstile audit \(host)' and decide which partition should stay"
        case .updateAlreadyPending(let host):
            "reboot '\(host)' yourself, or undo its update, so that it starts from rest"
        case .claimedByAnother(_, let rollout):
            """
            finish it with 'turnstile resume \(rollout)', or give its hosts back with 'turnstile abandon \(rollout)'; where \
            its journal is lost, with 'turnstile unlock \(rollout)', then 'turnstile abandon --host HOST'
            """
        case .lockHeld(let holder):
            """
            wait for its end, which 'turnstile status \(holder.rollout)' shows where it was begun; if it has ended, \
            'turnstile resume \(holder.rollout)' there lets the cluster go; only if its turnstile is dead for \
            good, 'turnstile unlock \(holder.rollout)' frees the cluster
            """
        case .lockLost:
            "find out who did so, and why; resuming takes the cluster again, if nobody else has it"
        case .lockUnknown:
            "make etcd answer through one of the hosts, and most of the agents"
        case .semaphoreHeld(let group, let holders, _):
            """
            wait until it is let go, which a host does by itself once it is back; where nobody is behind it any more: \
            \(holders.map { Self.unlocking($0, group) }.joined(separator: "; "))
            """
        case .semaphoreFree:
            "wait, or raise timeouts.gate: it is being taken for the whole rollout"
        case .semaphoreUnknown:
            "make 'locksmithctl status' answer on the hosts; where no host uses locksmith, say gates.locksmith: never"
        case .hookUnheard(_, let host?, _):
            "make 'turnstile audit \(host)' succeed; the hook is asked again when the rollout goes on"
        case .hookHolds(let hook, _, _), .hookFailed(let hook, _, _, _), .hookUnheard(let hook, nil, _):
            "see to what it asks for, or change hooks.\(hook); it is asked again when the rollout goes on"
        case .unitsDown:
            "see 'fleetctl list-units' and their journals; one that is not to run any more: fleetctl stop"
        case .unitsUnknown:
            "make fleetctl list-units and list-unit-files answer on one of the hosts, or say gates.fleet.units: false"
        case .deisDown:
            "see 'deisctl list' and their journals: 'deisctl journal COMPONENT'"
        case .deisUnknown:
            "make 'deisctl list' succeed on one of the hosts, or say gates.deis.enabled: false"
        case .pageShut:
            "see what it is about, or change gates.http"
        case .outsideWindow:
            "go on when it is open, or change gates.window.open"
        case .windowTooShort:
            "go on in the next window, or lower gates.window.per-host"
        case .windowUnknown:
            "see that gates.window.zone names a time zone that this machine knows"
        case .journalLost:
            "see whether 'turnstile status' shows the hosts as they are"
        case .notTakenUp(let host, _):
            "look at 'turnstile audit \(host)'; free it with 'turnstile unlock', then 'turnstile rollback \(host)'"
        case .orderUnknown(.leaderLast, _):
            "bring etcd back to health, or name the hosts in the order wanted, with --order given"
        case .orderUnknown:
            "make 'fleetctl list-machines' succeed, or name the hosts in the order wanted, with --order given"
        case .machineChanged:
            "end this rollout with 'turnstile abandon', then begin another with 'turnstile upgrade'"
        case .sameMachine(let host, _):
            "name each machine once: leave out '\(host)', or give the cloned host a machine-id of its own"
        case .noWitness:
            "name at least two hosts, or turn off gates.fleet.enabled if nothing here runs fleet"
        case .membershipUnknown(let witness, _):
            "make 'fleetctl list-machines' succeed on '\(witness)'"
        case .memberMissing(let host, _, _):
            "look at 'systemctl status fleet etcd-member etcd2' on '\(host)'"
        case .membershipUnsteady, .etcdUnsteady:
            "wait, or raise timeouts.gate"
        case .nodesUnknown:
            "make 'kubectl get nodes,leases -n kube-node-lease' answer here, with gates.kubernetes.kubeconfig and .context"
        case .nodeUnidentified(let host, _, _):
            "compare /etc/machine-id of '\(host)' with 'kubectl get nodes -o yaml', under nodeInfo"
        case .nodeNotReady(_, let node, _), .nodeOfAnotherBoot(_, let node, _):
            "look at 'kubectl describe node \(node)', and 'journalctl -u kubelet' there"
        case .kubeletsSilent:
            "look at 'journalctl -u kubelet' there, or raise timeouts.gate: a lease is renewed every 10 s"
        case .nodeOfAnotherRollout(let node, let rollout):
            """
            finish it with 'turnstile resume \(rollout)'; if it is dead for good, 'turnstile unlock \(rollout)' lets its \
            nodes go, too, or by hand: kubectl uncordon \(node), kubectl annotate node \(node) turnstile/rollout-
            """
        case .nodeUncordoned:
            "find out who did so; resuming drains it again"
        case .drainRefused:
            """
            pods with emptyDir volumes go only with gates.kubernetes.delete-emptydir-data: true, which loses what is in these; \
            pods of no controller go by your own hand
            """
        case .drainBlocked(_, let node, _, _, _):
            "see 'kubectl get pods -A --field-selector spec.nodeName=\(node)' and 'kubectl get pdb -A'"
        case .stepFailed(_, .evacuate, _), .stepFailed(_, .readmit, _):
            "make 'kubectl get nodes' answer here; resuming asks for it again"
        case .etcdUnknown, .etcdMemberUnhealthy, .etcdSeatUnknown:
            "bring etcd back to health first"
        case .quorumWouldBreak:
            "bring every member back, or add one: no member may be missing during an upgrade"
        case .offerDiffers(_, let offered, let target):
            """
            see why the group now offers \(offered), and make it offer \(target) again; or end this rollout with \
            'turnstile abandon', and begin another with --to \(offered)
            """
        case .nothingOffered(let host, _, _):
            "see which group and server '\(host)' uses: 'turnstile audit \(host)'"
        case .leftBehind:
            "resume to ask them again"
        case .stepFailed(let host, .abandon, _):
            "make 'turnstile audit \(host)' succeed, and run 'turnstile abandon' again: it goes on from here"
        case .stepFailed(let host, .rollback, _), .stepFailed(let host, .reboot, _):
            "look at 'journalctl -u turnstile-agent' on '\(host)'"
        case .stepFailed(let host, _, _):
            "look at 'journalctl -u turnstile-agent -u update-engine' on '\(host)'"
        case .hostUnsafe(let host, let unit, _):
            "look at 'systemctl status \(unit)' on '\(host)'"
        case .pastReturn:
            "stay on the new version; a member can only go back with its data directory removed, as a new member"
        case .etcdBeforeUnknown(let host, _):
            "compare the etcd version of the other partition with 'turnstile audit \(host)', and go back by hand"
        case .untold(let host, _, _):
            "make 'sudo /opt/bin/turnstile-agent report' on '\(host)' tell it: what it cannot read is under \"unreadable\""
        case .engineBusy(let host, _):
            "wait until it is idle, or stop it: 'systemctl stop update-engine' on '\(host)'"
        case .spaceLacking(let host, let space): space.purpose.remedy(on: host, space.path)
        case .cgroupsRefused(let host, _):
            """
            move '\(host)' to cgroup v2 first, and reboot it: remove /etc/flatcar-cgroupv1 and \
            /etc/systemd/system/containerd.service.d/10-use-cgroupfs.conf, and from /usr/share/oem/grub.cfg the line with \
            systemd.unified_cgroup_hierarchy=0
            """
        case .clockSkewed(let host, let skew):
            """
            set it right: 'timedatectl' on '\(host)' and on '\(skew.other)' says which is wrong; or raise gates.clock.skew
            """
        case .settingsDrift(let host, _, let against): against.remedy(on: host)
        case .userDataUnexpected(let host, let file, _):
            "put \(file) on '\(host)' and reboot it, or change gates.drift.user-data"
        case .releaseLacks(_, let part, _, let last):
            """
            go no further than \(last), the last stable release with it: --to \(last); beyond that the cluster must do \
            without \(part.words) first
            """
        case .etcdJump(_, let from, _, _, let rule, let through):
            Self.jumpRemedy(from: from, rule, through)
        case .etcdAfterUnknown:
            "say which it is: --etcd-after VERSION, or gates.etcd.after"
        case .etcdDiffers(let host, let found, _):
            "take it back with 'turnstile rollback \(host)', or say that it may be: --etcd-after \(found)"
        case .etcdTooOld:
            "move the cluster to etcd 2 first, all members at once: 0.4 and 2 do not speak with each other"
        case .pointOfNoReturn:
            "go on with 'turnstile resume --yes' when no way back is needed any more"
        case .notReturned(let host, _, _):
            """
            look at the console of '\(host)'; a plain reboot, or 'turnstile rollback \(host)' once it answers, takes it back \
            to its old partition
            """
        case .rebootIgnored(let host, _):
            "look at 'systemctl list-jobs' on '\(host)'"
        case .reverted(let host, _, _):
            "find out why on '\(host)' before anything overwrites its good partition"
        case .revertedBefore(let host, _):
            "find out why on '\(host)' before anything overwrites its good partition"
        case .rolledBack:
            "upgrade it again with --retry-reverted, or give the hosts back with 'turnstile abandon'"
        case .notRolledBack(let host, _):
            "look at '\(host)'; then 'turnstile rollback \(host)' asks again"
        case .wrongVersion(let host, _, _):
            "take it back with 'turnstile rollback \(host)', unless 'turnstile audit \(host)' shows that it went back already"
        case .operatorHold, .stoppedAfter:
            "resume when ready; 'turnstile abandon' ends it instead"
        }
    }

    private static func on(_ host: HostID?) -> String { host.map { " on '\($0)'" } ?? "" }
    private static func semaphore(_ group: String?) -> String {
        "locksmith's semaphore" + (group.map { " of group '\($0)'" } ?? "")
    }

    private static func unlocking(_ holder: SemaphoreHolder, _ group: String?) -> String {
        if let rollout = holder.rollout { return "'turnstile unlock \(rollout)'" }
        let option = group.map { " -group=\(word($0))" } ?? ""
        return "'locksmithctl\(option) unlock \(word(holder.id))' on a host"
    }

    /// As a shell takes it for one word: what others wrote must not do more when a person copies it.
    private static func word(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy(\.isPlainInShell)
        return isPlain ? text : "'" + text.map { $0 == "'" ? #"'\''"# : String($0) }.joined() + "'"
    }

    private static func jumpRemedy(from: String, _ rule: EtcdRule, _ through: Version?) -> String {
        if let through { return "go through \(through) first: --to \(through)" }
        switch rule {
        case .neverDown: return "choose a target whose etcd is \(from) or later"
        case .notRolling, .noConversion: return "move the cluster to etcd 2 first, all members at once"
        case .unlisted: return "read what etcd says of the way from \(from), and go it by hand"
        case .samePatchLine, .nextMinor, .twoToThree, .minClusterVersion, .oneMinorAtATime:
            let next =
                EtcdMinor(from).flatMap { EtcdCompatibility.next(after: $0) }?.description ?? "the next"
            return "bring every member to etcd \(next) first; no stable release on the way brings it"
        }
    }
}

extension SemaphoreHolder: CustomStringConvertible {
    public var description: String {
        host.map { "host '\($0)' (\(id.prefix(8)))" } ?? "'\(id)'"
    }
}

extension UInt8 {
    /// Means itself to every shell, wherever in a word it stands.
    var isPlainInShell: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default:
            false
        }
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
    var wholeSeconds: Int { Int(rounded()) }
}
