extension HoldReason {
    /// What to do about it, before going on.
    public var remedy: String {
        switch self {
        case .hostUnreadable(let host, _, .bastion?, let bastion?):
            "mend '\(bastion.name)', or the way to it: 'turnstile audit \(host.word)' takes the same way"
        case .hostUnreadable(let host, _, let trouble, _):
            trouble?.remedy(on: host) ?? HostTrouble.unsorted(on: host)
        case .partitionsUnreadable(let host, _):
            "look at 'sudo cgpt show' of the disk with USR-A and USR-B on '\(host)': its agent reads no other"
        case .hostUncommitted(let host):
            """
            'turnstile rollback \(host.word)' takes it back to its old partition; where Turnstile did not bring it \
            there, a plain reboot does
            """
        case .updateAlreadyPending(let host):
            "reboot '\(host)' yourself, or undo its update, so that it starts from rest"
        case .otherPartitionNext(let host, _, _):
            """
            make the one that runs the first choice: 'cgpt prioritize $(rootdev -s /usr)' as root on '\(host)'; or \
            reboot it yourself
            """
        case .partitionTableDamaged(let host, let disk, _):
            """
            'cgpt repair \(ShellWord(disk))' as root on '\(host)' writes it anew from the good copy; then look at the \
            disk's health
            """
        case .runningVersionStaged(let host, _):
            """
            give it back with 'turnstile abandon', and see why the server offers to '\(host)' what it runs: 'turnstile \
            audit \(host.word)' shows its group
            """
        case .settingOdd(let host, let setting):
            setting.remedy(on: host)
        case .claimedByAnother(_, let rollout):
            """
            finish it with 'turnstile resume \(rollout)', or give its hosts back with 'turnstile abandon \(rollout)'; \
            where its journal is lost, with 'turnstile unlock \(rollout)', then 'turnstile abandon --host HOST'
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
            """
            do what is said there; where nothing is, make etcd answer through one of the hosts, and see that most of the agents do
            """
        case .othersUncovered:
            """
            name all hosts of the cluster, or turn on gates.etcd, whose lock covers them; where nobody upgrades the \
            others meanwhile, say so
            """
        case .semaphoreHeld(let group, let holders, _):
            """
            wait until it is let go, which a host does by itself once it is back; where nobody is behind it any more: \
            \(holders.map { Self.unlocking($0, group) }.joined(separator: "; "))
            """
        case .semaphoreFree:
            "wait, or raise timeouts.gate: it is being taken for the whole rollout"
        case .semaphoreClosed(let group, _):
            """
            find out who set it so, and why; where hosts may reboot again: \
            'locksmithctl\(Self.option(group)) set-max 1' on a host
            """
        case .semaphoreUnknown:
            "make 'locksmithctl status' answer on the hosts; where no host uses locksmith, say gates.locksmith: never"
        case .hookUnheard(_, let host?, _, let trouble):
            (trouble?.remedy(on: host) ?? HostTrouble.unsorted(on: host))
                + "; the hook is asked again when the rollout goes on"
        case .hookHolds(let hook, _, _), .hookFailed(let hook, _, _, _), .hookUnheard(let hook, nil, _, _):
            "see to what it asks for, or change hooks.\(hook); it is asked again when the rollout goes on"
        case .unitsDown:
            "see 'fleetctl list-units' and their journals; one that is not to run any more: fleetctl stop"
        case .unitsUnknown:
            "make fleetctl list-units and list-unit-files answer on one of the hosts, or say gates.fleet.units: false"
        case .unitsFailed(let host, let units, let version):
            """
            see 'journalctl -b -u \(ShellWord(units.first ?? ""))' on '\(host)', and mend it\
            \(version == nil ? "" : ", or take the host back with 'turnstile rollback \(host.word)'"); what may fail \
            for good: gates.units.ignore
            """
        case .unitsStarting(let host, _):
            "see 'systemctl list-jobs' on '\(host)'; what may take its time for good: gates.units.ignore"
        case .unitsUnsteady:
            "wait, or raise timeouts.rejoin"
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
            """
            look at 'turnstile audit \(host.word)'; free it with 'turnstile unlock', then \
            'turnstile rollback \(host.word)'
            """
        case .orderUnknown(.leaderLast, _):
            "bring etcd back to health, or name the hosts in the order wanted, with --order given"
        case .orderUnknown:
            "make 'fleetctl list-machines' succeed, or name the hosts in the order wanted, with --order given"
        case .machineChanged(let host, _, _):
            """
            see what '\(host)' leads to: once the planned machine answers to it, 'turnstile resume' goes on; where the \
            machine was replaced for good, end this rollout with 'turnstile abandon', and begin another
            """
        case .sameMachine(let host, _):
            "name each machine once: leave out '\(host)', or give the cloned host a machine-id of its own"
        case .noWitness:
            "name at least two hosts, or turn off gates.fleet.enabled if nothing here runs fleet"
        case .membershipUnknown(let witness, _):
            """
            make 'fleetctl list-machines' succeed on '\(witness)': look at 'systemctl status fleet fleet.socket \
            etcd-member etcd2' there
            """
        case .memberMissing(let host, _, _):
            "look at 'systemctl status fleet etcd-member etcd2' on '\(host)'"
        case .membershipUnsteady, .etcdUnsteady:
            "wait, or raise timeouts.gate"
        case .fleetTTLUnknown:
            """
            make gates.etcd.endpoint answer /v2/keys/_coreos.com/fleet/machines on one of the hosts: fleet keeps its \
            machines there
            """
        case .fleetTTLDiffers(let seconds, _):
            "say gates.fleet.ttl: \(seconds.wholeSeconds)s, or set agent_ttl in fleet.conf of the hosts"
        case .nodesUnknown:
            "make 'kubectl get nodes,leases -n kube-node-lease' answer here, with gates.kubernetes.kubeconfig and .context"
        case .nodeUnidentified(let host, _, _):
            "compare /etc/machine-id of '\(host)' with 'kubectl get nodes -o yaml', under nodeInfo"
        case .nodeNotReady(_, let node, _), .nodeOfAnotherBoot(_, let node, _):
            "look at 'kubectl describe node \(ShellWord(node))', and 'journalctl -u kubelet' there"
        case .kubeletsSilent:
            "look at 'journalctl -u kubelet' there, or raise timeouts.gate: a lease is renewed every 10 s"
        case .nodeOfAnotherRollout(let node, let rollout):
            """
            finish it with 'turnstile resume \(rollout)'; if it is dead for good, 'turnstile unlock \(rollout)' lets \
            its nodes go, too, or by hand: 'kubectl uncordon \(ShellWord(node))', \
            'kubectl annotate node \(ShellWord(node)) turnstile/rollout-'
            """
        case .nodeUncordoned:
            "find out who did so; resuming drains it again"
        case .drainRefused:
            """
            pods with emptyDir volumes go only with gates.kubernetes.delete-emptydir-data: true, which loses what is \
            in these; pods of no controller go by your own hand
            """
        case .drainBlocked(_, let node, _, _, _):
            "see 'kubectl get pods -A --field-selector spec.nodeName=\(ShellWord(node))' and 'kubectl get pdb -A'"
        case .stepFailed(_, .evacuate, _), .stepFailed(_, .readmit, _):
            "make 'kubectl get nodes' answer here; resuming asks for it again"
        case .etcdUnknown(_, let host?, let trouble?) where trouble.isBeforeEtcd:
            trouble.remedy(on: host)
        case .etcdMemberUnhealthy(_, _, _, let host?):
            """
            bring etcd on '\(host)' back to health first: see 'systemctl status etcd-member etcd2 etcd' and \
            'journalctl -u etcd-member -u etcd2 -u etcd' there; one that has ended itself wants 'systemctl \
            reset-failed UNIT' and 'systemctl start UNIT', with its data directory as it is
            """
        case .etcdMemberUnhealthy:
            """
            bring etcd back to health first: see 'systemctl status UNIT' of its unit there; one that has ended itself \
            wants 'systemctl reset-failed UNIT' and 'systemctl start UNIT', with its data directory as it is
            """
        case .etcdUnknown(_, let host?, _):
            """
            bring etcd on '\(host)' back to health first: see 'systemctl status etcd-member etcd2 etcd' there; or say \
            where each host has its own: gates.etcd.endpoint
            """
        case .etcdUnknown:
            "bring etcd back to health first, or say where each host has its own: gates.etcd.endpoint"
        case .etcdSeatUnknown(let host, _):
            """
            look at 'systemctl status etcd-member etcd2 etcd' on '\(host)', or say where each host has its own etcd: \
            gates.etcd.endpoint
            """
        case .etcdMemberUnknown(let member, _, _, _):
            """
            see whether '\(member)' runs; if it does, have it publish an address at which it alone answers the other \
            hosts: ETCD_ADVERTISE_CLIENT_URLS=http://ITS-ADDRESS:2379, or http://[ITS-ADDRESS]:2379
            """
        case .etcdSeatShared:
            """
            say where each host has its own etcd: gates.etcd.endpoint: "http://127.0.0.1:2379", or \
            "http://{address}:2379" where it listens on the host's address alone; a host that only passes on to \
            others' etcd is no member: let nothing answer there
            """
        case .etcdNowhere:
            """
            name the hosts with the members, too; or, where these hosts are only etcd's clients, say gates.etcd.enabled: false
            """
        case .quorumWouldBreak:
            "bring every member back, or add one: no member may be missing during an upgrade"
        case .offerDiffers(_, let offered, let target):
            """
            see why the group now offers \(offered), and make it offer \(target) again; or end this rollout with \
            'turnstile abandon', and begin another with --to \(offered.word)
            """
        case .nothingOffered(let host, _, _):
            "see which group and server '\(host)' uses: 'turnstile audit \(host.word)'"
        case .leftBehind:
            "resume to ask them again"
        case .stepFailed(let host, .abandon, _):
            """
            mend what is said there: 'journalctl -u turnstile-agent' on '\(host)' tells more; then run 'turnstile \
            abandon' again, which goes on from here
            """
        case .stepFailed(let host, .rollback, _), .stepFailed(let host, .reboot, _):
            "look at 'journalctl -u turnstile-agent' on '\(host)'"
        case .stepFailed(let host, _, _):
            "look at 'journalctl -u turnstile-agent -u update-engine' on '\(host)'"
        // A file, where no unit is to blame.
        case .hostUnsafe(let host, let unit, _) where unit.hasPrefix("/"):
            "look at 'ls -l \(ShellWord(unit))' on '\(host)'"
        case .hostUnsafe(let host, let unit, _):
            "look at 'systemctl status \(ShellWord(unit))' on '\(host)'"
        case .pastReturn:
            "stay on the new version; a member can only go back with its data directory removed, as a new member"
        case .etcdBeforeUnknown(let host, _):
            "compare the etcd version of the other partition with 'turnstile audit \(host.word)', and go back by hand"
        case .etcdSinceUnknown:
            "say which etcd it was, with gates.etcd.after: VERSION in turnstile.yaml, and ask for the way back again"
        case .memberPastReturn(let host, _, _, _, let member, _):
            """
            stay on the new version: once its etcd is well, 'turnstile resume' goes on. A member that does not get well \
            is made anew on '\(host)': on another host 'etcdctl member remove \(member?.word.description ?? "ID")' \
            (ids: 'etcdctl member list'); stop etcd on '\(host)' and move its data directory away; on the other host \
            'etcdctl member add NAME PEER-URL' with the name and URL that the list had; start it with \
            ETCD_INITIAL_CLUSTER_STATE=existing; then 'turnstile resume'
            """
        case .untold(let host, _, _):
            "make 'sudo /opt/bin/turnstile-agent report' on '\(host)' tell it: what it cannot read is under \"unreadable\""
        case .engineBusy(let host, _):
            "wait until it is idle, or stop it: 'systemctl stop update-engine' on '\(host)'"
        case .spaceLacking(let host, let space): space.purpose.remedy(on: host, space.path)
        case .cgroupsRefused(let host, _):
            """
            move '\(host)' to cgroup v2 first, and reboot it: remove /etc/flatcar-cgroupv1 and \
            /etc/systemd/system/containerd.service.d/10-use-cgroupfs.conf, and from /usr/share/oem/grub.cfg the line \
            with systemd.unified_cgroup_hierarchy=0
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
            go no further than \(last), the last stable release with it: --to \(last.word); beyond that the cluster \
            must do without \(part.words) first
            """
        case .etcdJump(_, let from, _, _, let rule, let through):
            Self.jumpRemedy(from: from, rule, through)
        case .etcdAfterUnknown:
            "say which it is: --etcd-after VERSION, or gates.etcd.after"
        case .etcdStagedDiffers(_, let staged, _, _):
            """
            say what the partition says: --etcd-after \(ShellWord(staged)); or, where you know better, pass it over \
            with --override etcd-after=REASON
            """
        case .etcdJumped(let host, _, _, _, _, let goesBack): Self.jumpedRemedy(host, goesBack: goesBack)
        case .etcdDiffers(let host, let found, _):
            """
            take it back with 'turnstile rollback \(host.word)', or say that it may be: --etcd-after \
            \(ShellWord(found))
            """
        case .etcdTooOld:
            "move the cluster to etcd 2 first, all members at once: 0.4 and 2 do not speak with each other"
        case .pointOfNoReturn, .memberPointOfNoReturn:
            "if you accept that no host can go back any more, say so with --yes, as below; until then nothing is touched"
        case .notReturned(let host, _, _):
            """
            look at the console of '\(host)'; a plain reboot, or 'turnstile rollback \(host.word)' once it answers, \
            takes it back to its old partition; if it never comes back: 'turnstile lose \(host.word)'
            """
        case .rebootIgnored(let host, _):
            "look at 'systemctl list-jobs' on '\(host)'"
        case .reverted(let host, _, _):
            "'\(host)' runs its old system, and is safe; find out why it went back: trying again overwrites what failed"
        case .revertedBefore(let host, _):
            "'\(host)' runs its old system, and is safe; find out why it went back: trying again overwrites what failed"
        case .rolledBack:
            "upgrade it again with --retry-reverted, or give the hosts back with 'turnstile abandon'"
        case .notGivenBack(let host, _):
            "'turnstile rollback \(host.word)' takes it back to its old partition, and then goes on giving hosts back"
        case .notRolledBack(let host, _):
            "look at '\(host)'; then 'turnstile rollback \(host.word)' asks again"
        case .wrongVersion(let host, _, _):
            """
            take it back with 'turnstile rollback \(host.word)', unless 'turnstile audit \(host.word)' shows that it \
            went back already
            """
        case .operatorHold, .stoppedAfter:
            "resume when ready; 'turnstile abandon' ends it instead"
        case .declaredLost(let host, let rollout, _):
            """
            see what it runs, and whether its etcd member was removed: 'turnstile audit \(host.word)'; leave it out, \
            or take it in again: 'turnstile unlock \(rollout)', then 'turnstile abandon --host \(host.word)', or where \
            it runs its new system uncommitted 'turnstile rollback \(host.word)'
            """
        case .hostLost(_, _, let member?):
            """
            take its member out of etcd, on any other host: '\(member.removal)'; until then it counts as gone, and \
            keeps its vote. Keep the host off the network, or its disk wiped, before it comes up
            """
        case .hostLost(_, _, nil):
            """
            if it had an etcd member, take that out on any other host: 'etcdctl member list' names it, 'etcdctl member \
            remove ID' removes it; until then its member holds the others. Keep the host off the network, or its disk wiped
            """
        }
    }

    private static func option(_ group: String?) -> String {
        group.map { " -group=\(ShellWord($0))" } ?? ""
    }

    private static func unlocking(_ holder: SemaphoreHolder, _ group: String?) -> String {
        if let rollout = holder.rollout { return "'turnstile unlock \(rollout)'" }
        return "'locksmithctl\(option(group)) unlock \(ShellWord(holder.id))' on a host"
    }

    private static func jumpedRemedy(_ host: HostID, goesBack: Bool) -> String {
        let others = """
            members that have ended themselves keep their data directories, whatever their log asks for: \
            'systemctl reset-failed UNIT' and 'systemctl start UNIT' on their hosts, UNIT being that of their etcd
            """
        guard !goesBack else {
            return "take it back with 'turnstile rollback \(host.word)'. Then: \(others)"
        }
        return """
            its member cannot go back with its data. Stop etcd on '\(host)' and disable its unit; \(others). Then, on \
            another host, 'etcdctl member remove ID' ('etcdctl member list' has it); move the data directory of \
            '\(host)' away; 'turnstile rollback \(host.word)'; 'etcdctl member add NAME PEER-URL', and start its etcd \
            again with ETCD_INITIAL_CLUSTER_STATE=existing
            """
    }

    private static func jumpRemedy(from: String, _ rule: EtcdRule, _ through: Version?) -> String {
        if let through { return "go through \(through) first: --to \(through.word)" }
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
