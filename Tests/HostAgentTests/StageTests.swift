import AgentProtocol
import Testing

@testable import HostAgent

@Suite struct StageTests {
    @Test func stagesArmsAndRests() async throws {
        let host = SimulatedHost()
        let answer = try await host.stage()
        #expect(
            answer
                == .staged(
                    StagedUpdate(
                        version: "1353.8.0", evidence: [.engineStatus, .engineJournal, .partition],
                        bootID: host.bootID, partitions: host.table,
                        contents: PartitionContents(version: "1353.8.0", etcd: .noService))))
        #expect(host.table.isArmed)
        #expect(host.unit == SimulatedHost.Unit(isMasked: true))
        #expect(!host.isEngineRunning)
        #expect(host.configuration == .text("GROUP=stable\nREBOOT_STRATEGY=off\n", mode: 0o640, owner: 500))
        let record = try host.record()
        #expect(record.phase == .staged)
        #expect(record.authority == SimulatedHost.first)
        #expect(record.original?.configuration?.text == "GROUP=beta\nREBOOT_STRATEGY=off\n")
        #expect(record.original?.engine.unitFileState == "masked")
    }

    @Test func tellsHowFarItIs() async throws {
        let host = SimulatedHost()
        try await host.stage()
        let progress = host.said.compactMap { message -> String? in
            guard case .progress(let progress) = message else { return nil }
            return progress.message
        }
        #expect(progress.first == "starting update-engine")
        #expect(progress.contains("downloading 1353.8.0"))
        #expect(progress.last == "applied 1353.8.0")
        #expect(host.said.first == .hello(AgentHello(agentVersion: Agent.version)))
    }

    @Test(
        "a build that leaves NEW_VERSION empty, a partition that cannot be mounted", arguments: [true, false])
    func versionFromElsewhere(canMount: Bool) async throws {
        let host = SimulatedHost {
            $0.fillsNewVersion = false
            $0.canMount = canMount
        }
        guard case .staged(let staged) = try await host.stage() else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(staged.version == "1353.8.0")
        #expect(staged.evidence == (canMount ? [.engineJournal, .partition] : [.engineJournal]))
        #expect(host.with { $0.mounted } == nil)
    }

    @Test func takesWhatIsOfferedWithoutATarget() async throws {
        let host = SimulatedHost { $0.offers = ["stable": "1409.7.0"] }
        guard case .staged(let staged) = try await host.stage(target: nil) else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(staged.version == "1409.7.0")
    }

    @Test func changesNothingTwice() async throws {
        let host = SimulatedHost()
        let first = try await host.stage()
        host.with { $0.commands = [] }
        let second = try await host.stage()
        #expect(first == second)
        #expect(!host.with { $0.commands }.contains { $0.hasPrefix("update_engine_client") })
    }

    @Test(arguments: [
        (nil, AgentMessage.nothingOffered(NothingOffered(runningVersion: "1298.5.0", group: "empty"))),
        (
            SimulatedHost.Trouble.serverDown,
            .failed(
                StepFailure(
                    reason: .checkFailed,
                    message:
                        "the update server gave no usable answer: Omaha request network transfer failed., "
                        + "error code 37 (kActionCodeOmahaErrorInHTTPResponse)"))
        ),
    ])
    func leavesTheHostAsFoundWithoutAnUpdate(trouble: SimulatedHost.Trouble?, expected: AgentMessage)
        async throws
    {
        let host = SimulatedHost { $0.trouble = trouble }
        let found = Footprint(host)
        let answer = try await host.stage(group: "empty")
        #expect(answer == expected)
        #expect(Footprint(host) == found)
        #expect(try host.recordWithoutGoal() == HostRecord(authority: SimulatedHost.first))
    }

    @Test(arguments: [SimulatedHost.Trouble.payloadCorrupt, .postinstFails], [0, 5])
    func neverLeavesAnOverwrittenPartitionBootable(trouble: SimulatedHost.Trouble, downloadSeconds: Int)
        async throws
    {
        // The other partition holds a good older system, until the download begins (facts 0.31).
        let host = SimulatedHost {
            $0.trouble = trouble
            $0.downloadSeconds = downloadSeconds
            $0.partitions[3]?.priority = 2
            $0.partitions[4] = .init(priority: 1, tries: 0, successful: true, content: "1235.6.0")
        }
        let answer = try await host.stage()
        guard case .failed(let failure) = answer else {
            Issue.record("\(String(describing: answer))")
            return
        }
        #expect(failure.reason == .updateFailed)
        #expect(failure.message.hasPrefix("cannot update to 1353.8.0: "))
        #expect(!host.table.other.isBootable)
        #expect(host.table.isCommitted)
        #expect(host.configuration?.text == "GROUP=beta\nREBOOT_STRATEGY=off\n")
        #expect(host.unit.isMasked)
    }

    @Test func aWrongOfferIsStoppedMidway() async throws {
        let host = SimulatedHost {
            $0.downloadSeconds = 300
            $0.partitions[4] = .init(priority: 1, tries: 0, successful: true, content: "1235.6.0")
        }
        let answer = try await host.stage(target: "1409.7.0")
        #expect(answer == .offerDiffers(OfferDiffers(offered: "1353.8.0", target: "1409.7.0")))
        #expect(host.with { $0.now } < .seconds(1_020))
        #expect(!host.table.other.isBootable)
        #expect(host.configuration?.text == "GROUP=beta\nREBOOT_STRATEGY=off\n")
    }

    @Test("found wrong only once it is applied", arguments: [true, false])
    func aWrongOfferIsDisarmed(fillsNewVersion: Bool) async throws {
        let host = SimulatedHost {
            $0.downloadSeconds = 0
            $0.fillsNewVersion = fillsNewVersion
        }
        let answer = try await host.stage(target: "1409.7.0")
        #expect(answer == .offerDiffers(OfferDiffers(offered: "1353.8.0", target: "1409.7.0")))
        #expect(!host.table.isArmed)
        #expect(!host.isPending)
        #expect(host.with { $0.commands }.contains("update_engine_client -reset_status"))
        #expect(host.table.isCommitted)
        host.reboot()
        #expect(host.with { $0.runningVersion } == "1298.5.0")
    }

    @Test(arguments: [
        (SimulatedHost.Trouble.postinstFails, "No space left on device"),
        (.payloadCorrupt, "Payload hash verification failed."),
    ])
    func theCauseIsNotTheReportOfIt(trouble: SimulatedHost.Trouble, words: String) async throws {
        let host = SimulatedHost { $0.trouble = trouble }
        guard case .failed(let failure) = try await host.stage() else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(failure.message.contains(words), "\(failure.message)")
        #expect(!failure.message.contains("Omaha reports an error"), "\(failure.message)")
    }

    @Test func anEngineOf2016ThatOffersNothingIsHeard() async throws {
        let host = SimulatedHost {
            $0.isOf2016 = true
            $0.fillsNewVersion = false
        }
        #expect(
            try await host.stage(group: "empty")
                == .nothingOffered(NothingOffered(runningVersion: "1298.5.0", group: "empty")))
    }

    /// An engine of 2016 does not report the version; the partition proves it.
    @Test func anEngineOf2016IsProvedByThePartition() async throws {
        let host = SimulatedHost {
            $0.isOf2016 = true
            $0.fillsNewVersion = false
            $0.partitions[4] = .init(priority: 1, tries: 0, successful: true, content: "1235.6.0")
        }
        guard case .staged(let staged) = try await host.stage() else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(staged.evidence == [.partition])
    }

    @Test func anEngineThatCrashesIsSeenAtOnce() async throws {
        let host = SimulatedHost {
            $0.crashesAt = "DOWNLOADING"
            $0.partitions[4] = .init(priority: 1, tries: 0, successful: true, content: "1235.6.0")
        }
        let start = host.with { $0.now }
        #expect(try await host.stage().failure == .updateFailed)
        #expect(host.with { $0.now } < start + .seconds(10))
        #expect(!host.table.other.isBootable)
    }

    @Test func anUpdateThatIsNotArmedIsNotStaged() async throws {
        let host = SimulatedHost { $0.trouble = .disarmedByPostinst }
        let answer = try await host.stage()
        guard case .failed(let failure) = answer else {
            Issue.record("\(String(describing: answer))")
            return
        }
        #expect(failure.reason == .notArmed)
        #expect(!host.isPending)
    }

    @Test func theDeadlineEndsADownload() async throws {
        let host = SimulatedHost { $0.downloadSeconds = 500 }
        let answer = try await host.stage(seconds: 30)
        guard case .failed(let failure) = answer else {
            Issue.record("\(String(describing: answer))")
            return
        }
        #expect(failure.reason == .deadlinePassed)
        #expect(!host.isEngineRunning && host.unit.isMasked)
        #expect(!host.table.other.isBootable)
        #expect(try host.record().phase == .idle)
    }

    @Test func aSignalEndsADownload() async throws {
        let host = SimulatedHost {
            $0.downloadSeconds = 500
            $0.interruptedAt = $0.now + .seconds(20)
        }
        let answer = try await host.stage()
        guard case .failed(let failure) = answer else {
            Issue.record("\(String(describing: answer))")
            return
        }
        #expect(failure.message.contains("a signal"))
        #expect(!host.isEngineRunning && host.unit.isMasked)
        #expect(host.configuration?.text == "GROUP=beta\nREBOOT_STRATEGY=off\n")
    }

    @Test func aMissingConfigurationIsMadeAndTakenAwayAgain() async throws {
        let host = SimulatedHost { $0.files[SimulatedHost.configurationPath] = nil }
        try await host.stage(group: "empty")
        #expect(host.configuration == nil)
        try await host.stage(group: "stable")
        #expect(host.configuration == .text("GROUP=stable\n"))
    }

    @Test func anEngineThatCannotBeMaskedStagesNothing() async throws {
        let host = SimulatedHost {
            $0.unit.isMasked = false
            $0.unit.refusesMask = true
        }
        let answer = try await host.stage()
        guard case .failed(let failure) = answer else {
            Issue.record("\(String(describing: answer))")
            return
        }
        #expect(failure.reason == .engineUnavailable)
        #expect(failure.message.contains("File exists"))
        #expect(!host.table.isArmed)
        #expect(!host.isEngineRunning)
    }

    @Test func aHostWithoutTheEngineIsTold() async throws {
        let host = SimulatedHost {
            $0.unit.exists = false
            $0.unit.isMasked = false
        }
        guard case .failed(let failure) = try await host.stage() else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(failure.reason == .engineUnavailable)
        #expect(host.configuration?.text == "GROUP=beta\nREBOOT_STRATEGY=off\n")

        // The unit comes back masked, as its owner had it, so the mask is not ours to remove.
        host.with { ($0.unit.exists, $0.unit.isMasked) = (true, true) }
        try await host.abandon()
        #expect(host.unit.isMasked)
    }
}

/// The state that "as it was found" covers.
struct Footprint: Equatable {
    var configuration: FileCopy?
    var partitions: PartitionTable
    var unit: SimulatedHost.Unit
    var isEngineRunning: Bool
    var isPending: Bool

    init(_ host: SimulatedHost) {
        configuration = host.configuration
        partitions = host.table
        unit = host.unit
        isEngineRunning = host.isEngineRunning
        isPending = host.isPending
    }
}
