import AgentProtocol
import RolloutModel
import Rollouts
import SampleValues
import Testing

@Suite struct PlanDraftTests {
    let a = HostID("a")
    let b = HostID("b")

    func draft() -> PlanDraft {
        PlanDraft(
            rollout: RolloutID("r-1"), hosts: [b, a], bystanders: [], order: .given,
            target: .pinned(version: Version("2.0.0")), found: nil, group: "beta", server: nil,
            engineRest: .asFound, commit: .engine, deadManMinutes: nil, onFailure: .hold,
            retryReverted: false,
            acceptsNoReturn: false, movesLeader: false, etcdAfter: nil, overrides: [], purpose: .upgrade,
            stopAfter: 1, operatorName: "core@bastion", createdAt: "2026-11-24T00:00:00Z")
    }

    func report(_ machine: String, version: String? = "1.0.0") -> Observation<HostReport> {
        .seen(
            HostReport.sample(
                machineID: machine, bootID: "x", hostname: "h", version: version,
                agent: AgentState.sample(agentVersion: "0.1.0", phase: .idle, authority: nil, version: nil)))
    }

    @Test func hostsKeepTheOrderAsked() throws {
        let plan = try draft().plan(with: [a: report("m-a"), b: report("m-b")]).get()
        #expect(plan.hosts.map(\.id) == [b, a])
        #expect(plan.hosts.map(\.machine) == [MachineID("m-b"), MachineID("m-a")])
        #expect(plan.group == "beta" && plan.engineRest == .asFound && plan.stopAfter == 1)
    }

    @Test func whatCannotBeReadCannotBePlanned() {
        #expect(
            draft().plan(with: [a: .unknown("no route"), b: report("m-b", version: nil)])
                == .failure(
                    .init(reasons: [
                        .host(
                            .hostUnreadable(
                                host: b, why: "its os-release names no VERSION_ID",
                                trouble: .osReleaseUnreadable)),
                        .host(.hostUnreadable(host: a, why: "no route")),
                    ])))
        #expect(
            draft().plan(with: [a: report("m-a")])
                == .failure(.init(reasons: [.host(.hostUnreadable(host: b, why: "not asked"))])))
    }

    @Test func aMachineThatIsNotKnownCannotBePlanned() {
        let why = "its agent tells nothing for /etc/machine-id"
        #expect(
            draft().plan(with: [a: report(""), b: report("")])
                == .failure(
                    .init(reasons: [
                        .host(.hostUnreadable(host: b, why: why)), .host(.hostUnreadable(host: a, why: why)),
                    ])))
    }

    @Test func oneMachineUnderTwoNamesIsNotTwoHosts() {
        #expect(
            draft().plan(with: [a: report("m"), b: report("m")])
                == .failure(.init(reasons: [.host(.sameMachine(host: a, as: b))])))
    }
}
