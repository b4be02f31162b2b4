import AgentProtocol
import Testing

@testable import HostAgent

/// An update that is downloaded ahead: on the other partition, proved, and out of the boot order.
@Suite struct PrefetchTests {
    static let found = "GROUP=beta\nREBOOT_STRATEGY=off\n"

    @Test func noBootTakesWhatWasDownloadedAhead() async throws {
        let host = SimulatedHost { $0.postinstAsksForReboot = true }
        guard case .prefetched(let update) = try await host.prefetch() else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(update.version == "1353.8.0")
        #expect(update.evidence == [.engineStatus, .engineJournal, .partition])
        #expect(update.contents == PartitionContents(version: "1353.8.0", etcd: .noService))
        #expect(update.partitions == host.table && host.table.leavesOtherOut && host.table.isCommitted)
        #expect(host.unit == SimulatedHost.Unit(isMasked: true) && !host.isEngineRunning && !host.isPending)
        #expect(host.with { $0.files[HostReader.rebootRequestPath] } == nil)
        let report = try #require(await host.report())
        #expect(report.agent.phase == .prefetched && report.hazards == [] && !report.updatePending)
        #expect(
            report.agent.prefetch
                == PrefetchState(version: "1353.8.0", bootID: host.bootID, partition: "USR-B"))
        for _ in 1...3 {
            host.reboot()
            await host.runUnit()
            #expect(host.with { $0.runningVersion } == "1298.5.0" && host.table.isCommitted)
            #expect(host.unit.isMasked && !host.isEngineRunning)
            #expect(await host.report()?.agent.phase == .prefetched)
        }
    }

    @Test(arguments: [0, 1, 2]) func isArmedAtItsTurn(reboots: Int) async throws {
        let host = SimulatedHost()
        try await host.prefetch()
        for _ in 0..<reboots {
            host.reboot()
            await host.runUnit()
        }
        guard case .staged(let staged) = try await host.arm() else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(staged.version == "1353.8.0" && staged.bootID == host.bootID)
        #expect(staged.partitions == host.table && host.table.isArmed)
        #expect(host.table.other.priority == 2 && host.table.other.tries == 1 && !host.table.other.successful)
        #expect(try host.record().phase == .staged && host.record().staging?.prefetch == nil)
        #expect(await host.report()?.agent.prefetch == nil)
        // Asked again, it is answered again.
        #expect(try await host.arm() == .staged(staged))
        try await host.askReboot()
        host.reboot()
        guard case .committed = try await host.commit() else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(host.with { $0.runningVersion } == "1353.8.0" && host.table.isCommitted)
    }

    @Test func askedAgainItIsProvedAndNotDownloaded() async throws {
        let host = SimulatedHost()
        let first = try await host.prefetch()
        host.reboot()
        await host.runUnit()
        host.with { $0.commands = [] }
        #expect(try await host.prefetch(by: CrashTests.next) == first)
        #expect(!host.with { $0.commands }.contains { $0.hasPrefix("update_engine_client") })
        host.with { $0.partitions[4]?.content = "1409.7.0" }
        let last = Authority(rollout: "r-1", token: 9)
        #expect(try await host.prefetch(by: last) == first)
        #expect(host.with { $0.partitions[4]?.content } == "1353.8.0" && host.table.leavesOtherOut)
    }

    @Test func stagingInstead() async throws {
        let host = SimulatedHost { $0.offers["stable"] = "1353.8.0" }
        try await host.prefetch()
        host.with { $0.offers["stable"] = "1409.7.0" }
        guard case .staged(let staged) = try await host.stage(target: "1409.7.0") else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(staged.version == "1409.7.0" && host.table.isArmed)
        #expect(try host.record().original?.configuration?.text == Self.found)
    }

    // MARK: Not had

    @Test(arguments: [
        SimulatedHost.Trouble.serverDown, .payloadCorrupt, .postinstFails, .disarmedByPostinst,
    ])
    func withoutAnUpdateTheHostIsAsItWasFound(trouble: SimulatedHost.Trouble) async throws {
        let host = SimulatedHost { $0.trouble = trouble }
        let found = Footprint(host)
        guard case .failed = try await host.prefetch() else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(Footprint(host) == found)
        #expect(try host.record().phase == .idle)
    }

    @Test func anotherOfferIsTold() async throws {
        let host = SimulatedHost { $0.offers = ["stable": "1409.7.0"] }
        let found = Footprint(host)
        #expect(
            try await host.prefetch()
                == .offerDiffers(OfferDiffers(offered: "1409.7.0", target: "1353.8.0")))
        #expect(Footprint(host) == found)
        #expect(
            try await host.prefetch(group: "empty")
                == .nothingOffered(NothingOffered(runningVersion: "1298.5.0", group: "empty")))
    }

    @Test func whatIsArmedIsNotDownloadedAhead() async throws {
        let host = SimulatedHost()
        try await host.stage()
        #expect(try await host.prefetch().refusal == .phaseUnsuitable)
        #expect(host.table.isArmed)
        let foreign = SimulatedHost.withForeignUpdate()
        let table = foreign.table
        #expect(try await foreign.prefetch().refusal == .phaseUnsuitable)
        #expect(foreign.table == table && foreign.isPending)
    }

    @Test func whatWasNotDownloadedAheadIsNotArmed() async throws {
        let host = SimulatedHost()
        #expect(try await host.arm().refusal == .phaseUnsuitable)
        try await host.prefetch()
        #expect(try await host.arm(version: "1409.7.0").refusal == .versionDiffers)
        host.with { $0.files[HostReader.rebootRequestPath] = RebootRequestTests.file }
        #expect(try await host.arm().refusal == .hostUnsafe)
        #expect(host.table.leavesOtherOut)
        #expect(try host.record().phase == .prefetched)
    }

    // MARK: Given back

    @Test(arguments: [true, false], [true, false])
    func givenBackItIsForgotten(isUnmaskedAndRuns: Bool, reboots: Bool) async throws {
        let host = SimulatedHost {
            guard isUnmaskedAndRuns else { return }
            $0.unit.isMasked = false
            $0.startEngine()
        }
        let found = Footprint(host)
        try await host.prefetch()
        if reboots {
            host.reboot()
            await host.runUnit()
            #expect(!host.isEngineRunning)
        }
        guard case .abandoned(let answer) = try await host.abandon() else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(Footprint(host) == found)
        #expect(
            answer.undone.contains(
                "1353.8.0 on USR-B, which was downloaded ahead, is forgotten"))
        #expect(answer.left == [])
        #expect(try host.recordWithoutGoal() == HostRecord(authority: SimulatedHost.first))
        #expect(try await host.arm().refusal == .phaseUnsuitable)
    }

    @Test func whatSomebodyElseArmedStaysArmed() async throws {
        let host = SimulatedHost()
        try await host.prefetch()
        host.with { $0.partitions[4] = .init(priority: 3, tries: 1, successful: false, content: "1409.7.0") }
        let table = host.table
        guard case .abandoned = try await host.abandon() else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(host.table == table && host.configuration?.text == Self.found)
    }

    // MARK: What else happens in between

    @Test func cloudInitWritesItsOwnFileAndUnmasksTheEngine() async throws {
        let host = SimulatedHost()
        try await host.prefetch()
        host.reboot()
        host.with { state in
            state.files[SimulatedHost.configurationPath] = .text("GROUP=beta\nREBOOT_STRATEGY=off\nX=1\n")
            state.unit.isMasked = false
        }
        guard case .staged = try await host.arm() else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(host.configuration?.text == "GROUP=stable\nREBOOT_STRATEGY=off\nX=1\n")
        #expect(host.unit.isMasked && host.table.isArmed)
        #expect(host.said.contains { $0.progress?.contains("is set again") == true })
        try await host.abandon()
        #expect(host.configuration?.text == Self.found)
        #expect(!host.table.isArmed)
    }

    struct Meanwhile: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var doubt: PrefetchDoubt
        var reboots = false
        var change: @Sendable (inout SimulatedHost.State) -> Void
    }

    static let happenings = [
        Meanwhile(testDescription: "the engine runs by hand", doubt: .engineAtWork) {
            $0.unit.isMasked = false
            $0.startEngine()
        },
        Meanwhile(testDescription: "the engine staged another by hand", doubt: .downloadedSince) {
            $0.unit.isMasked = false
            $0.offers["stable"] = "1409.7.0"
            $0.startEngine()
            $0.requestUpdate()
            $0.pass(.seconds(20))
            $0.engine = nil
        },
        Meanwhile(testDescription: "a download by hand failed", doubt: .downloadedSince, reboots: true) {
            $0.unit.isMasked = false
            $0.trouble = .payloadCorrupt
            $0.startEngine()
            $0.requestUpdate()
            $0.pass(.seconds(20))
            $0.engine = nil
        },
        Meanwhile(testDescription: "somebody armed it", doubt: .attributesChanged) {
            $0.partitions[4]?.priority = 2
            $0.partitions[4]?.tries = 1
        },
        Meanwhile(testDescription: "somebody boots it and commits it", doubt: .runsAlready, reboots: true) {
            $0.partitions[4]?.priority = 2
            $0.partitions[4]?.successful = true
        },
        Meanwhile(testDescription: "another version was written", doubt: .partitionRewritten) {
            $0.partitions[4]?.content = "1409.7.0"
        },
        Meanwhile(testDescription: "nothing mounts any more", doubt: .partitionRewritten) {
            $0.partitions[4]?.content = nil
        },
        Meanwhile(testDescription: "the kernel is gone", doubt: .kernelChanged) {
            $0.files["/boot/coreos/vmlinuz-b"] = nil
        },
        Meanwhile(testDescription: "the kernel is another", doubt: .kernelChanged, reboots: true) {
            $0.files["/boot/coreos/vmlinuz-b"] = .text("")
            $0.files["/boot/coreos/vmlinuz-b"] = .text("the kernel of 1409.7.0")
        },
    ]

    @Test(arguments: happenings) func aDoubtIsNamedAndNothingIsArmed(meanwhile: Meanwhile) async throws {
        let host = SimulatedHost()
        try await host.prefetch()
        host.with { meanwhile.change(&$0) }
        if meanwhile.reboots {
            host.reboot()
            await host.runUnit()
        }
        let table = host.table
        guard case .prefetchDoubted(let doubted) = try await host.arm() else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(doubted.doubt == meanwhile.doubt, "\(doubted.message)")
        #expect(doubted.isGivenUp == (meanwhile.doubt != .engineAtWork))
        #expect(host.table == table)
        #expect(try host.record().phase == (doubted.isGivenUp ? .idle : .prefetched))
        #expect(host.isEngineRunning == (meanwhile.doubt == .engineAtWork))
        if doubted.isGivenUp { #expect(host.configuration?.text == Self.found) }
        // The same attempt hears the same; the next one has nothing to arm.
        #expect(try await host.arm() == .prefetchDoubted(doubted))
        guard doubted.isGivenUp else { return }
        #expect(try await host.arm(by: CrashTests.next).refusal == .phaseUnsuitable)
    }

    @Test func withoutAJournalTheDigestProves() async throws {
        let host = SimulatedHost()
        try await host.prefetch()
        host.with { $0.log = [] }
        guard case .staged = try await host.arm() else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
    }

    @Test func aPartitionThatCannotBeMountedIsProvedByItsBytes() async throws {
        let host = SimulatedHost { $0.canMount = false }
        try await host.prefetch()
        guard case .staged(let staged) = try await host.arm() else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(staged.evidence == [.engineStatus, .engineJournal])
        let other = SimulatedHost { $0.canMount = false }
        try await other.prefetch()
        other.with { $0.partitions[4]?.content = "1409.7.0" }
        guard case .prefetchDoubted(let doubted) = try await other.arm() else {
            Issue.record("\(String(describing: other.answer))")
            return
        }
        #expect(doubted.doubt == .partitionRewritten)
    }

    /// A record that was put back to an older copy claims nothing of this boot.
    @Test func anOlderRecordIsNotBelieved() async throws {
        let host = SimulatedHost()
        try await host.prefetch()
        let older = host.with { $0.files[RecordStore.path] }
        guard case .abandoned = try await host.abandon(by: CrashTests.next) else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        host.with { $0.files[RecordStore.path] = older }
        #expect(await host.report()?.agent.prefetch == nil)
        #expect(try await host.arm(by: Authority(rollout: "r-1", token: 9)).refusal == .phaseUnsuitable)
        #expect(host.table.leavesOtherOut)
    }
}

extension AgentMessage? {
    var progress: String? { self?.progress }
}

extension AgentMessage {
    var progress: String? { if case .progress(let progress) = self { progress.message } else { nil } }
}
