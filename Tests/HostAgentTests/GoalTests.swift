import AgentProtocol
import Testing

@testable import HostAgent

@Suite struct GoalAdmissionTests {
    static let seven = Authority(rollout: "r-1", token: 7)
    static let eight = Authority(rollout: "r-1", token: 8)

    static func stage(_ authority: Authority, _ target: String = "1353.8.0", seconds: Int = 600)
        -> GoalRequest
    {
        .stage(
            StageRequest(
                authority: authority, group: nil, server: nil, target: target, acceptsRevert: false,
                engineRest: .masked,
                etcdVersion: nil, deadline: .seconds(seconds)))
    }

    static func abandon(_ authority: Authority) -> GoalRequest {
        .abandon(AbandonRequest(authority: authority, deadline: .seconds(60)))
    }

    static func reboot(_ authority: Authority) -> GoalRequest {
        .reboot(RebootRequest(authority: authority, bootID: "b-1", version: "1353.8.0", deadManMinutes: nil))
    }

    static let failure = AgentMessage.failed(StepFailure(reason: .checkFailed, message: "no"))
    static let refusal = AgentMessage.refused(Refusal(reason: .reverted, message: "no"))
    static let rebooting = AgentMessage.rebooting(BootMark(bootID: "b-1"))

    struct Case: Sendable {
        var asked: GoalRequest
        var last: GoalRequest
        var lastBoot = "b-1"
        var outcome: AgentMessage?
        var expected: String
    }

    @Test(arguments: [
        // The same goal is open: it is joined, also by a higher token and with another deadline.
        Case(asked: stage(seven), last: stage(seven), expected: "joins"),
        Case(asked: stage(eight, seconds: 60), last: stage(seven), expected: "joins"),
        // Another goal is open.
        Case(asked: reboot(seven), last: stage(seven), expected: "refused"),
        Case(asked: stage(seven, "1409.7.0"), last: stage(seven), expected: "refused"),
        Case(asked: stage(eight, "1409.7.0"), last: stage(seven), expected: "taken"),
        Case(asked: abandon(seven), last: stage(seven), expected: "taken"),
        // The last goal is of an earlier boot.
        Case(asked: stage(seven), last: stage(seven), lastBoot: "b-0", expected: "waits"),
        Case(asked: abandon(eight), last: stage(seven), lastBoot: "b-0", expected: "waits"),
        // The last goal has ended: the same attempt gets its answer, a new attempt begins.
        Case(asked: stage(seven), last: stage(seven), outcome: failure, expected: "answered"),
        Case(
            asked: stage(seven), last: stage(seven), lastBoot: "b-0", outcome: failure, expected: "answered"),
        Case(asked: stage(eight), last: stage(seven), outcome: failure, expected: "taken"),
        // An answer that may no longer be true is worked out again.
        Case(asked: stage(seven), last: stage(seven), outcome: refusal, expected: "taken"),
        Case(asked: reboot(seven), last: reboot(seven), outcome: rebooting, expected: "taken"),
    ])
    func becomes(_ example: Case) {
        let last = Goal(
            number: 3, request: example.last, bootID: example.lastBoot, end: .seconds(600),
            outcome: example.outcome)
        let name =
            switch GoalAdmission(example.asked, last: last, bootID: "b-1") {
            case .answered(let message): message == example.outcome ? "answered" : "answered otherwise"
            case .joins: "joins"
            case .waitsForSettlement: "waits"
            case .taken: "taken"
            case .refused(let refusal): refusal.reason == .busy ? "refused" : "refused otherwise"
            }
        #expect(name == example.expected)
    }

    @Test func theFirstRequestIsTaken() {
        #expect(GoalAdmission(Self.stage(Self.seven), last: nil, bootID: "b-1") == .taken)
    }
}

@Suite struct GoalTests {
    @Test func aSecondCallerGetsTheFirstOnesEventsAndAnswer() async throws {
        let host = SimulatedHost()
        let first = try await host.stage()
        let said = host.said
        // The first goal's record, as it was before its end: its worker was killed just before it wrote the answer.
        let second = try await host.stage(seconds: 30)
        #expect(second == first)
        #expect(said.contains { if case .progress = $0 { true } else { false } })
    }

    @Test func aHostWithoutTheUnitIsTold() async throws {
        let host = SimulatedHost { $0.hasAgentUnit = false }
        #expect(try await host.stage().failure == .unitMissing)
        #expect(try host.record().goal?.isOpen == false)
        #expect(host.with { $0.commands }.allSatisfy { !$0.contains("update_engine") })
    }

    @Test func theUnitCarriesOnWithoutAnybodyAsking() async throws {
        let calm = SimulatedHost()
        try await calm.stage()
        let host = SimulatedHost()
        host.with { $0.killedAt = 60 }
        try await host.stage()
        host.with { $0.killedAt = nil }
        #expect(try host.record().goal?.isOpen == true)
        await host.runUnit()
        #expect(try host.record().phase == .staged)
        #expect(Footprint(host) == Footprint(calm))
    }

    @Test func whatWasToldToHaveFailedIsNotDoneLater() async throws {
        let host = SimulatedHost()
        let found = Footprint(host)
        host.with { $0.diskIsFullFrom = 60 }
        #expect(try await host.stage().failure == .hostFault)
        #expect(try host.record().goal?.isOpen == true)
        // The unit is started again and again, until the disk has room.
        await host.runUnit()
        host.with { $0.diskIsFullFrom = nil }
        await host.runUnit()
        #expect(try host.record().goal?.isOpen == false)
        #expect(!host.table.isArmed && !host.isEngineRunning)
        #expect(try await host.stage().failure == .hostFault)
        try await host.abandon()
        #expect(Footprint(host) == found)
    }

    @Test func abandonTakesOverFromAStageThatWasCut() async throws {
        let host = SimulatedHost()
        let found = Footprint(host)
        host.with { $0.killedAt = 60 }
        try await host.stage()
        host.with { $0.killedAt = nil }
        guard case .abandoned = try await host.abandon() else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(Footprint(host) == found)
        #expect(try host.recordWithoutGoal() == HostRecord(authority: SimulatedHost.first))
    }
}
