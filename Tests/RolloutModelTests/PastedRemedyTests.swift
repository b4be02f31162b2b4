import RolloutModel
import Testing

/// A foreign name stands in a command as one word, so that a person who pastes the command runs nothing else.
@Suite struct PastedRemedyTests {
    static let odd = "a; touch x"
    static let host = HostID(odd)

    @Test(arguments: [
        (
            HoldReason.hostUnsafe(host: HostID("a"), unit: odd, message: "m"),
            "'systemctl status 'a; touch x''"
        ),
        (.nodeNotReady(host: HostID("a"), node: odd, why: "w"), "'kubectl describe node 'a; touch x''"),
        (.nodeOfAnotherRollout(node: odd, rollout: RolloutID("r-1")), "'kubectl uncordon 'a; touch x''"),
        (
            .nodeOfAnotherRollout(node: odd, rollout: RolloutID("r-1")),
            "'kubectl annotate node 'a; touch x' turnstile/rollout-'"
        ),
        (
            .drainBlocked(host: HostID("a"), node: odd, pods: [], budgets: [], said: ""),
            "spec.nodeName='a; touch x''"
        ),
        (.partitionTableDamaged(host: HostID("a"), disk: odd, why: "w"), "'cgpt repair 'a; touch x''"),
        (
            .spaceLacking(
                host: HostID("a"), .init(purpose: .kernel, path: odd, freeBytes: 0, neededBytes: 1)),
            "'ls -lR 'a; touch x''"
        ),
        (
            .spaceLacking(host: HostID("a"), .init(purpose: .state, path: odd, freeBytes: 0, neededBytes: 1)),
            "'df 'a; touch x''"
        ),
        (
            .etcdStagedDiffers(host: HostID("a"), staged: odd, told: "3.3", target: Version("1.0.0")),
            "--etcd-after 'a; touch x'"
        ),
        (.etcdDiffers(host: HostID("a"), found: odd, told: "3.3"), "--etcd-after 'a; touch x'"),
        (
            .offerDiffers(host: HostID("a"), offered: Version(odd), target: Version("1.0.0")),
            "--to 'a; touch x'"
        ),
        (.hostUnreadable(host: host, why: "w", trouble: .refused), "'turnstile audit 'a; touch x''"),
        (.hostUnreadable(host: host, why: "w", trouble: .agentMissing), "'turnstile install 'a; touch x''"),
        (.hostUncommitted(host: host), "'turnstile rollback 'a; touch x''"),
        (.runningVersionStaged(host: host, version: Version("1.0.0")), "'turnstile audit 'a; touch x''"),
        (.notReturned(host: host, seconds: 1, why: "w"), "'turnstile lose 'a; touch x''"),
        (
            .declaredLost(host: host, rollout: RolloutID("r-1"), why: "w"),
            "'turnstile abandon --host 'a; touch x''"
        ),
    ])
    func aNameIsOneWord(reason: HoldReason, command: String) {
        #expect(reason.remedy.contains(command), "\(reason.remedy)")
    }

    @Test func aPlainNameStandsAsItIs() {
        #expect(
            HoldReason.hostUncommitted(host: HostID("core-1:2222")).remedy
                .hasPrefix("'turnstile rollback core-1:2222' takes"))
    }
}
