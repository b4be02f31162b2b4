import AgentProtocol
import Testing

@testable import HostAgent

@Suite struct AuthorityTests {
    static let seven = Authority(rollout: "r-1", token: 7)

    @Test(arguments: [
        (nil, seven, true),
        (seven, seven, true),
        (seven, Authority(rollout: "r-1", token: 8), true),
        (seven, Authority(rollout: "r-2", token: 8), true),
        (seven, Authority(rollout: "r-1", token: 6), false),
        (seven, Authority(rollout: "r-2", token: 7), false),
    ])
    func rule(seen: Authority?, asking: Authority, mayAct: Bool) {
        var hold = HostHold(authority: seen)
        #expect((hold.change(by: asking) == nil) == mayAct)
        #expect(hold.authority == (mayAct ? asking : seen))
    }

    @Test func theRefusalNamesBoth() throws {
        var hold = HostHold(authority: Self.seven)
        let refused = hold.change(by: Authority(rollout: "r-0", token: 6))
        let refusal = try #require(refused)
        #expect(refusal.reason == .tokenOutdated)
        #expect(refusal.message.contains("token 6 of rollout \"r-0\""))
        #expect(refusal.message.contains("token 7 of rollout \"r-1\""))
    }

    @Test func everyChangingVerbMinds() async throws {
        let host = try await SimulatedHost.rebootedIntoUpdate()
        try await host.commit(bootID: "x", by: Authority(rollout: "r-1", token: 9))
        let old = SimulatedHost.first
        #expect(try await host.stage(by: old).refusal == .tokenOutdated)
        #expect(try await host.askReboot(by: old).refusal == .tokenOutdated)
        #expect(try await host.commit(by: old).refusal == .tokenOutdated)
        #expect(!host.table.isCommitted)
        #expect(try host.record().highestToken == 9)
    }

    /// A rollout that is refused because of the host's phase does not become the authority that brought the host there.
    @Test func aRefusedChangeTakesNothingOver() async throws {
        let host = try await SimulatedHost.rebootedIntoUpdate()
        let before = try host.record().authority
        let other = Authority(rollout: "r-2", token: 9)
        #expect(try await host.abandon(by: other).refusal == .phaseUnsuitable)
        #expect(try host.record().authority == before)
        #expect(try host.record().highestToken == 9)
        #expect(try await host.commit(bootID: "x", by: SimulatedHost.first).refusal == .tokenOutdated)
    }

    @Test func theTokenIsDurableBeforeAnythingElseChanges() async throws {
        let host = SimulatedHost()
        // boot id, make directory, lock, read the record, the boot's trail and token, make its directory, write it, write the
        // record; killed right after.
        host.with { $0.killedAt = 10 }
        try await host.stage()
        host.with { $0.killedAt = nil }
        #expect(try host.recordWithoutGoal() == HostRecord(authority: SimulatedHost.first))
        #expect(try host.record().goal?.isOpen == true)
        #expect(host.configuration?.text == "GROUP=beta\nREBOOT_STRATEGY=off\n")
    }

    @Test func aHeldLockIsWaitedForNoLongerThanTheDeadline() async throws {
        let host = SimulatedHost { $0.lockHeldBySomebody = true }
        #expect(try await host.stage().failure == .deadlinePassed)
        #expect(host.with { $0.commands }.isEmpty)
    }

    @Test func onlyRootChangesAHost() async throws {
        let host = SimulatedHost { $0.isRoot = false }
        #expect(try await host.stage().refusal == .notPermitted)
        #expect(await host.report() != nil)
    }
}
