import AgentProtocol
import Testing

@testable import HostAgent

@Suite struct CommitTests {
    @Test(arguments: [true, false])
    func commitsWithProof(fillsNewVersion: Bool) async throws {
        let host = try await SimulatedHost.rebootedIntoUpdate { $0.fillsNewVersion = fillsNewVersion }
        guard case .committed(let proof) = try await host.commit() else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(proof.version == "1353.8.0")
        #expect(proof.partitions.isCommitted)
        #expect(proof.journalLine?.hasSuffix("Updating boot flags...") == true)
        #expect(host.unit == SimulatedHost.Unit(isMasked: true))
        #expect(try host.record().phase == .committed)
        host.reboot()
        #expect(host.with { $0.runningVersion } == "1353.8.0")
    }

    @Test func anEngineThatCrashesBeforeItMarksIsSeenAtOnce() async throws {
        let host = try await SimulatedHost.rebootedIntoUpdate()
        host.with { $0.crashesAt = "BOOT_FLAGS" }
        let start = host.with { $0.now }
        #expect(try await host.commit(seconds: 300).failure == .notCommitted)
        #expect(host.with { $0.now } < start + .seconds(60))
        #expect(host.unit == SimulatedHost.Unit(isMasked: true))
    }

    @Test func theProofMayComeBeforeTheLine() async throws {
        let host = try await SimulatedHost.rebootedIntoUpdate { $0.journaldIsLate = true }
        guard case .committed(let proof) = try await host.commit() else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(proof.journalLine?.hasSuffix("Updating boot flags...") == true)
    }

    @Test("a table that is written is read at once, and one that is not costs no processes")
    func seesTheWriteItself() async throws {
        let host = try await SimulatedHost.rebootedIntoUpdate { $0.journaldIsLate = true }
        let start = host.with { state in
            state.commands = []
            return state.now
        }
        try await host.commit()
        #expect(host.table.isCommitted)
        #expect(host.with { $0.now } - start < .seconds(45) + .milliseconds(250))
        #expect(host.with { $0.commands.count { $0.hasPrefix("cgpt") } } < 60)
    }

    @Test func whereSystemdSaysSomethingElseSystemctlStopsTheEngine() async throws {
        let host = try await SimulatedHost.rebootedIntoUpdate { $0.systemd = .confused }
        let start = host.with { $0.now }
        try await host.commit()
        #expect(host.table.isCommitted && !host.isEngineRunning)
        #expect(host.with { $0.commands }.contains("systemctl stop update-engine.service"))
        #expect(host.with { $0.now } - start < .seconds(47))
    }

    @Test func systemdStopsTheEngineWithoutAProcess() async throws {
        let host = try await SimulatedHost.rebootedIntoUpdate { $0.systemd = .tells }
        host.with { $0.commands = [] }
        try await host.commit()
        #expect(host.table.isCommitted)
        #expect(host.unit == SimulatedHost.Unit(isMasked: true) && !host.isEngineRunning)
        let commands = host.with { $0.commands }
        #expect(
            !commands.contains { $0.hasPrefix("systemctl stop") || $0.hasPrefix("systemctl reset-failed") })
    }

    @Test func aDiskThatOnlyCgptReadsIsAskedForOftener() async throws {
        let host = try await SimulatedHost.rebootedIntoUpdate {
            $0.hidesItsDisk = true
            $0.journaldIsLate = true
        }
        let start = host.with { $0.now }
        try await host.commit()
        #expect(host.table.isCommitted)
        #expect(host.with { $0.now } - start < .seconds(45) + .milliseconds(400))
    }

    @Test("stopping at the line would lose the commit", arguments: [Duration.seconds(2), .seconds(20)])
    func waitsForASlowSetGood(takes: Duration) async throws {
        let host = try await SimulatedHost.rebootedIntoUpdate()
        host.with { $0.setGoodTakes = takes }
        guard case .committed = try await host.commit() else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(host.table.isCommitted)
    }

    @Test func waitsForSetGoodToEndBeforeItStops() async throws {
        let host = try await SimulatedHost.rebootedIntoUpdate()
        // The attributes are there, and the script still works on the second copy of the table.
        host.with { state in
            state.unit.isMasked = false
            state.startEngine()
            state.partitions[4] = .init(priority: 2, tries: 0, successful: true, content: "1353.8.0")
            state.engine?.isSettingGood = true
            state.engine?.agenda = [(state.now + .seconds(7), .setGoodEnded(thenCheck: false))]
        }
        let start = host.with { $0.now }
        guard case .committed = try await host.commit() else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(host.with { $0.now } - start >= .seconds(7))
    }

    @Test func givesSetGoodTimeWhereProcessesAreNotListed() async throws {
        let host = try await SimulatedHost.rebootedIntoUpdate { $0.listsProcesses = false }
        let start = host.with { $0.now }
        guard case .committed = try await host.commit() else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(host.with { $0.now } - start >= .seconds(50))
    }

    @Test func anEarlierLineIsNoSign() async throws {
        let host = try await SimulatedHost.rebootedIntoUpdate()
        host.with { state in
            state.logLine("Updating boot flags...")
            state.setGoodStatus = 0
        }
        guard case .committed(let proof) = try await host.commit() else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        // The one of this run, 45 s after its start.
        #expect(host.with { $0.log }.count { $0.hasSuffix("Updating boot flags...") } == 3)
        #expect(proof.journalLine != nil)
    }

    @Test func aFailedSetGoodIsToldAtOnce() async throws {
        let host = try await SimulatedHost.rebootedIntoUpdate()
        host.with { $0.setGoodStatus = 1 }
        let start = host.with { $0.now }
        #expect(try await host.commit().failure == .notCommitted)
        #expect(host.with { $0.now } - start < .seconds(50))
        #expect(host.unit.isMasked && !host.isEngineRunning)
    }

    @Test func anEngineThatNeverSetsGoodEndsWithTheDeadline() async throws {
        let host = try await SimulatedHost.rebootedIntoUpdate()
        // A pending marker: the engine takes the flags for done (facts 0.5).
        host.with { $0.files[SimulatedHost.markerPath] = .text("") }
        #expect(try await host.commit(seconds: 100).failure == .deadlinePassed)
        #expect(host.unit.isMasked && !host.isEngineRunning)
        #expect(try host.record().phase == .committing)
    }

    @Test func aSetGoodRunDirectlyHasItsDeadlineToo() async throws {
        let host = try await SimulatedHost.rebootedIntoUpdate()
        host.with { $0.setGoodTakes = .seconds(1000) }
        guard case .failed(let failure) = try await host.commit(method: .direct, seconds: 100) else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(failure.reason == .deadlinePassed)
        #expect(failure.message.contains("/usr/sbin/coreos-setgoodroot was to mark 1353.8.0 good"))
        #expect(host.unit.isMasked && !host.isEngineRunning)
    }

    @Test(arguments: [true, false]) func theLastLookDecides(hidesItsDisk: Bool) async throws {
        let host = try await SimulatedHost.rebootedIntoUpdate { $0.hidesItsDisk = hidesItsDisk }
        host.with { $0.forgetsSetGoodAtStop = true }
        #expect(try await host.commit().failure == .notCommitted)
        #expect(try host.record().phase == .committing)
    }

    @Test func twiceIsOnce() async throws {
        let host = try await SimulatedHost.rebootedIntoUpdate()
        let first = try await host.commit()
        host.with { $0.commands = [] }
        #expect(try await host.commit() == first)
        #expect(host.with { $0.commands }.isEmpty)
        let later = Authority(rollout: "r-1", token: 8)
        guard case .committed(let proof) = try await host.commit(by: later) else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(proof.journalLine == nil)
        #expect(!host.with { $0.commands }.contains("systemctl start update-engine.service"))
    }

    @Test func onlyTheBootThatWasJudged() async throws {
        let host = try await SimulatedHost.rebootedIntoUpdate()
        #expect(try await host.commit(bootID: "another").refusal == .bootDiffers)
        #expect(try await host.commit(version: "1409.7.0").refusal == .versionDiffers)
        #expect(!host.isEngineRunning)
    }

    @Test func nothingStagedNothingCommitted() async throws {
        let host = SimulatedHost()
        #expect(try await host.commit(version: "1298.5.0").refusal == .phaseUnsuitable)
        try await host.stage()
        #expect(try await host.commit(version: "1298.5.0").refusal == .phaseUnsuitable)
    }

    @Test func theNextRolloutBeginsAfresh() async throws {
        let host = try await SimulatedHost.rebootedIntoUpdate { $0.downloadSeconds = 1 }
        try await host.commit()
        host.with { $0.offers = ["stable": "1409.7.0"] }
        let next = Authority(rollout: "r-2", token: 9)
        guard case .staged = try await host.stage(target: "1409.7.0", by: next) else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(try host.record().original?.configuration?.text.hasPrefix("GROUP=stable") == true)
        try await host.askReboot(version: "1409.7.0", by: next)
        host.reboot()
        guard case .committed = try await host.commit(version: "1409.7.0", by: next) else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(host.with { $0.running } == 3)
    }
}
