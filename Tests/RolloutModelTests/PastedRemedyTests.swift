import RolloutModel
import Testing

/// A foreign name stands in a command as one word, so that a person who pastes the command runs nothing else.
@Suite struct PastedRemedyTests {
    static let odd = "a; touch x"
    static let host = HostID(odd)

    @Test(arguments: [
        (
            HoldReason.host(.hostUnsafe(host: HostID("a"), unit: odd, message: "m")),
            "'systemctl status 'a; touch x''"
        ),
        (
            .nodes(.nodeNotReady(host: HostID("a"), node: odd, why: "w")),
            "'kubectl describe node 'a; touch x''"
        ),
        (
            .nodes(.nodeOfAnotherRollout(node: odd, rollout: RolloutID("r-1"))),
            "'kubectl uncordon 'a; touch x''"
        ),
        (
            .nodes(.nodeOfAnotherRollout(node: odd, rollout: RolloutID("r-1"))),
            "'kubectl annotate node 'a; touch x' turnstile/rollout-'"
        ),
        (
            .nodes(.drainBlocked(host: HostID("a"), node: odd, pods: [], budgets: [], said: "")),
            "spec.nodeName='a; touch x''"
        ),
        (
            .preflight(.partitionTableDamaged(host: HostID("a"), disk: odd, why: "w")),
            "'cgpt repair 'a; touch x''"
        ),
        (
            .preflight(
                .spaceLacking(
                    host: HostID("a"), .init(purpose: .kernel, path: odd, freeBytes: 0, neededBytes: 1))),
            "'ls -lR 'a; touch x''"
        ),
        (
            .preflight(
                .spaceLacking(
                    host: HostID("a"), .init(purpose: .state, path: odd, freeBytes: 0, neededBytes: 1))),
            "'df 'a; touch x''"
        ),
        (
            .release(
                .etcdStagedDiffers(host: HostID("a"), staged: odd, told: "3.3", target: Version("1.0.0"))),
            "--etcd-after 'a; touch x'"
        ),
        (.release(.etcdDiffers(host: HostID("a"), found: odd, told: "3.3")), "--etcd-after 'a; touch x'"),
        (
            .offer(.offerDiffers(host: HostID("a"), offered: Version(odd), target: Version("1.0.0"))),
            "--to 'a; touch x'"
        ),
        (.host(.hostUnreadable(host: host, why: "w", trouble: .refused)), "'turnstile audit 'a; touch x''"),
        (
            .host(.hostUnreadable(host: host, why: "w", trouble: .agentMissing)),
            "'turnstile install 'a; touch x''"
        ),
        (.host(.hostUncommitted(host: host)), "'turnstile rollback 'a; touch x''"),
        (
            .offer(.runningVersionStaged(host: host, version: Version("1.0.0"))),
            "'turnstile audit 'a; touch x''"
        ),
        (.step(.notReturned(host: host, waited: .seconds(1), why: "w")), "'turnstile lose 'a; touch x''"),
        (
            .person(.declaredLost(host: host, rollout: RolloutID("r-1"), why: "w")),
            "'turnstile abandon --host 'a; touch x''"
        ),
    ])
    func aNameIsOneWord(reason: HoldReason, command: String) {
        #expect(reason.remedy.text().contains(command), "\(reason.remedy.text())")
    }

    @Test func aPlainNameStandsAsItIs() {
        #expect(
            HoldReason.host(.hostUncommitted(host: HostID("core-1:2222"))).remedy.text()
                .hasPrefix("'turnstile rollback core-1:2222' takes"))
    }
}
