import AgentProtocol
import Testing

@testable import HostAgent

/// The record was lost, put back to an older copy, or moved away and back, all within one boot: no verb may answer for
/// work that was not done.
@Suite struct LostRecordTests {
    enum Loss: CaseIterable, Sendable {
        case lost, restored, moved
    }

    static let eighth = Authority(rollout: "r-1", token: 8)
    static let ninth = Authority(rollout: "r-1", token: 9)

    /// A host on which an update is staged and armed, and whose record does not mention it any more.
    static func staged(_ loss: Loss) async throws -> SimulatedHost {
        let host = SimulatedHost()
        // The host was given back under the same token, so an old answer would say the same.
        try await host.abandon()
        let copy = host.with { $0.files[RecordStore.path] }
        if loss == .moved { host.with { $0.files[RecordStore.path] = nil } }
        guard case .staged = try await host.stage() else {
            Issue.record("\(String(describing: host.answer))")
            return host
        }
        host.with { $0.files[RecordStore.path] = loss == .lost ? nil : copy }
        return host
    }

    @Test(arguments: Loss.allCases, [SimulatedHost.first, eighth])
    func abandonDoesNotSayThatTheHostWasGivenBack(loss: Loss, authority: Authority) async throws {
        let host = try await Self.staged(loss)
        let answer = try await host.abandon(by: authority)
        #expect(answer.failure == .hostFault, "\(String(describing: answer))")
        #expect(answer.words.contains("cgpt prioritize /dev/loop0p3"), "\(answer.words)")
        // The command in the answer repairs the host.
        host.with { $0.partitions[3]?.priority = 3 }
        guard case .abandoned(let given) = try await host.abandon(by: Self.ninth) else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(given.left.contains { $0.contains("state.json") })
        // The loss is reported only once.
        let tenth = Authority(rollout: "r-1", token: 10)
        guard case .abandoned(let again) = try await host.abandon(by: tenth) else { return }
        #expect(again.left.isEmpty)
    }

    @Test(arguments: Loss.allCases, [SimulatedHost.first, eighth])
    func stageProvesWhatIsThere(loss: Loss, authority: Authority) async throws {
        let host = try await Self.staged(loss)
        let answer = try await host.stage(by: authority)
        guard case .staged(let staged) = answer else {
            Issue.record("\(String(describing: answer))")
            return
        }
        #expect(staged.evidence.contains(.partition) && staged.partitions == host.table)
        #expect(host.table.isArmed)
    }

    @Test(arguments: Loss.allCases)
    func rebootCommitAndRollbackDoNothing(loss: Loss) async throws {
        let host = try await Self.staged(loss)
        let before = Footprint(host)
        #expect(try await host.askReboot().refusal == .phaseUnsuitable)
        #expect(try await host.commit(by: Self.eighth).refusal == .phaseUnsuitable)
        #expect(try await host.rollback(by: Self.ninth).refusal == .partitionUnproved)
        #expect(host.with { $0.rebootsAsked } == 0)
        #expect(Footprint(host) == before)
    }

    @Test(arguments: Loss.allCases)
    func whatWasHeardInThisBootIsNotForgotten(loss: Loss) async throws {
        let host = try await Self.staged(loss)
        let old = Authority(rollout: "r-0", token: 3)
        #expect(try await host.claim(by: old).refusal == .tokenOutdated)
        #expect(try await host.release(by: old).refusal == .tokenOutdated)
        #expect(try await host.stage(by: old).refusal == .tokenOutdated)
        guard case .claimed = try await host.claim(by: Self.eighth) else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        guard case .released = try await host.release(by: Self.eighth) else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
    }

    @Test(arguments: Loss.allCases)
    func theReportClaimsNothing(loss: Loss) async throws {
        let host = try await Self.staged(loss)
        let agent = try #require(await host.report()).agent
        #expect(agent.phase == .idle && agent.version == nil && agent.goal == nil)
        #expect(agent.highestToken == 7)
    }

    /// Events of an earlier goal with the same number must not answer for the second goal.
    @Test func theEventsOfAnEarlierRecordAnswerForNothing() async throws {
        let host = SimulatedHost()
        try await host.abandon()
        host.with { $0.files[RecordStore.path] = nil }
        let answer = try await host.stage()
        guard case .staged = answer else {
            Issue.record("\(String(describing: answer))")
            return
        }
        #expect(host.table.isArmed)
        let events = host.with { $0.files.keys.filter { $0.hasPrefix("/run/turnstile/events-") } }
        #expect(events.count == 1)
    }

    /// The unit starts by itself, and finds a request that was answered long ago.
    @Test func anOpenRequestOfAnOlderCopyIsNotWorkedAt() async throws {
        let host = SimulatedHost()
        host.with { $0.killedAt = 60 }
        try await host.stage()
        host.with { $0.killedAt = nil }
        let copy = host.with { $0.files[RecordStore.path] }
        #expect(try host.record().goal?.isOpen == true)
        await host.runUnit()
        try await host.abandon(by: Self.eighth)
        let before = Footprint(host)
        host.with {
            $0.files[RecordStore.path] = copy
            $0.commands = []
        }
        await host.runUnit()
        #expect(try host.record().goal?.outcome.failure == .cutShort)
        #expect(Footprint(host) == before)
        #expect(host.with { $0.commands }.allSatisfy { !$0.hasPrefix("update_engine_client") })
        // A repeated request is worked on, and not answered with the earlier answer.
        guard case .staged = try await host.stage(by: Self.ninth) else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(host.table.isArmed)
    }

    @Test func aRebootOfAnOlderCopyIsNotDoneAgain() async throws {
        let host = SimulatedHost()
        try await host.stage()
        host.with { $0.hasAgentUnit = true }
        try await host.askReboot()
        var record = try host.record()
        record.goal?.outcome = nil
        record.phase = .staged
        let open = record
        // The host was given back, and the next request is no reboot.
        try await host.abandon(by: Self.eighth)
        try await host.stage(by: Self.ninth)
        let asked = host.with { $0.rebootsAsked }
        try RecordStore(effects: host.effects).write(open)
        await host.runUnit()
        #expect(host.with { $0.rebootsAsked } == asked)
        #expect(try host.record().goal?.outcome.failure == .cutShort)
    }

    @Test func aRecordOfStagingInThisBootIsProvedAnew() async throws {
        let host = SimulatedHost()
        try await host.stage()
        let copy = host.with { $0.files[RecordStore.path] }
        try await host.abandon(by: Self.eighth)
        host.with { $0.files[RecordStore.path] = copy }
        // Another update is armed by now, and the record says that it is the first one.
        host.with {
            $0.partitions[4] = .init(priority: 2, tries: 1, successful: false, content: "1409.7.0")
            $0.files[SimulatedHost.markerPath] = .text("")
        }
        #expect(try await host.askReboot(by: Self.ninth).refusal == .phaseUnsuitable)
        let answer = try await host.stage(by: Authority(rollout: "r-1", token: 10))
        if case .staged(let staged) = answer { Issue.record("\(staged)") }
        #expect(host.with { $0.rebootsAsked } == 0)
    }

    /// A replaced record is not noticed across a boot, where no trail of the former record is left.
    @Test func anotherBootBeginsWithTheRecordAsItIs() async throws {
        let host = try await SimulatedHost.rebootedIntoUpdate()
        guard case .committed = try await host.commit() else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(try host.record().replacedInBoot == nil)
    }
}

extension AgentMessage? {
    fileprivate var words: String {
        switch self {
        case .failed(let failure): failure.message
        case .refused(let refusal): refusal.message
        default: String(describing: self)
        }
    }
}
