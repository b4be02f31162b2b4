import AgentProtocol
import Testing

@testable import HostAgent

/// The states of a host that `stage` may find before it begins.
@Suite struct StageEntryTests {
    @Test func anUncommittedPartitionIsNotCommittedSilently() async throws {
        let host = try await SimulatedHost.rebootedIntoUpdate()
        #expect(try await host.stage(target: "1409.7.0").refusal == .phaseUnsuitable)
        #expect(!host.table.booted.successful)
        #expect(host.with { $0.log }.isEmpty == false)
        #expect(!host.isEngineRunning)
    }

    @Test func aRevertedHostIsNotTriedAgain() async throws {
        let host = try await SimulatedHost.rebootedIntoUpdate()
        host.reboot()
        #expect(host.with { $0.runningVersion } == "1298.5.0")
        #expect(try await host.stage().refusal == .reverted)
        #expect(try await host.commit().refusal == .reverted)
        // Another rollout does not count as a person's explicit consent.
        #expect(try await host.stage(by: Authority(rollout: "r-2", token: 8)).refusal == .reverted)
    }

    @Test func aRevertedHostIsTriedAgainOnAPersonsWord() async throws {
        let host = try await SimulatedHost.rebootedIntoUpdate()
        host.reboot()
        guard case .staged = try await host.stage(acceptsRevert: true) else {
            Issue.record("not staged")
            return
        }
        #expect(host.table.isArmed)
    }

    @Test func aBootPastTheBootLoaderIsNoRevert() async throws {
        let host = SimulatedHost()
        try await host.stage()
        // kexec boots the same system again, and the single try is still there.
        host.with { state in
            state.boot += 1
            state.files[SimulatedHost.markerPath] = nil
        }
        #expect(try await host.stage().refusal == .phaseUnsuitable)
    }

    @Test(arguments: [nil, "1353.8.0"])
    func anUpdateThatIsNotOursIsAdopted(target: String?) async throws {
        let host = SimulatedHost.withForeignUpdate()
        guard case .staged(let staged) = try await host.stage(target: target) else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(staged.version == "1353.8.0")
        #expect(host.unit.isMasked && !host.isEngineRunning)
        #expect(try host.record().original?.engine.activeState == "active")
        #expect(try await host.askReboot() == .rebooting(BootMark(bootID: host.bootID)))
    }

    @Test func anUpdateThatIsNeitherOursNorTheTargetIsLeftAlone() async throws {
        let host = SimulatedHost.withForeignUpdate()
        let found = Footprint(host)
        #expect(try await host.stage(target: "1409.7.0").refusal == .versionDiffers)
        #expect(Footprint(host) == found)
        #expect(try host.record().phase == .idle)
    }

    @Test func anArmedPartitionWithoutAPendingUpdateIsSomebodysWish() async throws {
        let host = SimulatedHost {
            $0.partitions[4] = .init(priority: 2, tries: 1, successful: false, content: "1353.8.0")
        }
        #expect(try await host.stage().refusal == .phaseUnsuitable)
    }

    @Test func anotherTargetThanTheOneStagedIsRefused() async throws {
        let host = SimulatedHost()
        try await host.stage()
        #expect(try await host.stage(target: "1409.7.0").refusal == .versionDiffers)
        #expect(host.table.isArmed)
    }

    @Test func aStagedHostIsPutToRestAgain() async throws {
        let host = SimulatedHost()
        try await host.stage()
        host.with { state in
            state.unit.isMasked = false
            state.startEngine()
        }
        #expect(try await host.askReboot().refusal == .phaseUnsuitable)
        guard case .staged = try await host.stage() else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(host.unit.isMasked && !host.isEngineRunning)
    }

    @Test func anEngineAtWorkOnItsOwnIsStoppedFirst() async throws {
        let host = SimulatedHost {
            $0.unit.isMasked = false
            $0.offers = ["beta": "1409.7.0", "stable": "1353.8.0"]
            $0.startEngine()
            $0.requestUpdate()
            $0.pass(.seconds(3))
        }
        guard case .staged(let staged) = try await host.stage() else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(staged.version == "1353.8.0")
    }

    @Test(arguments: [(EngineRest.masked, true, false), (.asFound, false, true)])
    func theEngineIsLeftAsAsked(rest: EngineRest, masked: Bool, running: Bool) async throws {
        let host = SimulatedHost {
            $0.unit.isMasked = false
            $0.startEngine()
        }
        try await host.stage(group: "empty", rest: rest)
        #expect(host.unit.isMasked == masked)
        #expect(host.isEngineRunning == running)
    }

    @Test func aStagedHostIsMaskedWhateverItsRestWillBe() async throws {
        let host = SimulatedHost { $0.unit.isMasked = false }
        try await host.stage(rest: .asFound)
        #expect(host.unit.isMasked)
        try await host.askReboot()
        host.reboot()
        host.pass(.seconds(120))
        #expect(!host.table.booted.successful)
        guard case .committed = try await host.commit(rest: .asFound) else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(!host.unit.isMasked && !host.isEngineRunning)
    }

    @Test func aMaskOfOursIsNotHowTheHostWasFound() async throws {
        let host = SimulatedHost { $0.unit.isMasked = false }
        try await host.stage(group: "empty")
        #expect(host.unit.isMasked)
        #expect(try host.record().original?.engine.unitFileState == "disabled")
        try await host.stage(group: "empty", rest: .asFound, by: Authority(rollout: "r-2", token: 8))
        #expect(!host.unit.isMasked)
        #expect(try host.record().original == nil)
    }

    @Test func aMaskForThisBootIsNoObstacle() async throws {
        let host = SimulatedHost {
            $0.unit.isMasked = false
            $0.unit.isMaskedForThisBoot = true
        }
        guard case .staged = try await host.stage() else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
    }

    @Test func theNextRolloutKeepsWhatAnUnfinishedOneFound() async throws {
        let host = SimulatedHost()
        try await host.stage()
        host.with { state in
            // A person disarms the update by hand.
            state.partitions[4]?.tries = 0
            state.files[SimulatedHost.markerPath] = nil
        }
        try await host.stage(group: "empty", by: Authority(rollout: "r-2", token: 8))
        #expect(host.configuration?.text == "GROUP=beta\nREBOOT_STRATEGY=off\n")
    }
}

extension Optional<AgentMessage> {
    var refusal: Refusal.Reason? {
        guard case .refused(let refusal) = self else { return nil }
        return refusal.reason
    }

    var failure: StepFailure.Reason? {
        guard case .failed(let failure) = self else { return nil }
        return failure.reason
    }
}

extension SimulatedHost {
    /// A host whose engine is unmasked and running, and has applied an update by itself.
    static func withForeignUpdate() -> SimulatedHost {
        SimulatedHost {
            $0.unit.isMasked = false
            $0.offers["beta"] = "1353.8.0"
            $0.startEngine()
            $0.requestUpdate()
            $0.pass(.seconds(20))
        }
    }
}
