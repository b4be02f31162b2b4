import AgentProtocol
import HostFiles
import Testing

@testable import HostAgent

@Suite struct AbandonTests {
    @Test(arguments: [true, false])
    func givesAStagedHostBack(isUnmaskedAndRuns: Bool) async throws {
        let host = SimulatedHost {
            guard isUnmaskedAndRuns else { return }
            $0.unit.isMasked = false
            $0.startEngine()
        }
        let found = Footprint(host)
        try await host.stage()
        #expect(Footprint(host) != found)
        guard case .abandoned(let answer) = try await host.abandon() else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(Footprint(host) == found)
        #expect(answer.undone.contains("1353.8.0 on USR-B is disarmed"))
        #expect(answer.left == [])
        host.reboot()
        #expect(host.with { $0.runningVersion } == "1298.5.0")
    }

    @Test func givesACommittedHostItsFileBackAndKeepsTheVersion() async throws {
        let host = try await SimulatedHost.rebootedIntoUpdate()
        let before = FileCopy.text("GROUP=beta\nREBOOT_STRATEGY=off\n", mode: 0o640, owner: 500)
        try await host.commit()
        guard case .abandoned = try await host.abandon() else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(host.configuration == before)
        #expect(host.table.isCommitted)
        #expect(host.with { $0.runningVersion } == "1353.8.0")
    }

    @Test func doesNotRebootAHostOnItsTry() async throws {
        let host = try await SimulatedHost.rebootedIntoUpdate()
        #expect(try await host.abandon().refusal == .phaseUnsuitable)
    }

    @Test func doesNothingToAHostWithoutAnythingOfOurs() async throws {
        let host = SimulatedHost()
        let found = Footprint(host)
        #expect(
            try await host.abandon()
                == .abandoned(AbandonedHost(runningVersion: "1298.5.0", undone: [], left: [])))
        #expect(Footprint(host) == found)
    }

    @Test func aForeignUpdateStaysAsItWasFound() async throws {
        let host = SimulatedHost.withForeignUpdate()
        let table = host.table
        try await host.stage()
        try await host.abandon()
        #expect(host.table == table)
    }

    /// Found, as we wrote it, as it is now, and what is left of it.
    static let files: [(found: String?, written: String, now: String?, after: String?)] = [
        ("GROUP=beta\n", "GROUP=stable\n", "GROUP=stable\n", "GROUP=beta\n"),
        ("GROUP=beta\n", "GROUP=stable\n", "GROUP=beta\n", "GROUP=beta\n"),
        // Somebody added a line of theirs.
        ("GROUP=beta\n", "GROUP=stable\n", "GROUP=stable\nX=1\n", "GROUP=beta\nX=1\n"),
        // Somebody set the group to what they wanted.
        ("GROUP=beta\n", "GROUP=stable\n", "GROUP=alpha\n", "GROUP=alpha\n"),
        // There was no such line, and no such file.
        ("X=1\n", "X=1\nGROUP=stable\n", "X=2\nGROUP=stable\n", "X=2\n"),
        (nil, "GROUP=stable\n", "GROUP=stable\n", nil),
        (nil, "GROUP=stable\n", "GROUP=stable\nX=1\n", "X=1\n"),
        // Not ours any more.
        ("GROUP=beta\n", "GROUP=stable\n", nil, nil),
    ]

    @Test(arguments: files)
    func onlyOurOwnLines(found: String?, written: String, now: String?, after: String?) {
        let original = HostOriginal(
            configurationPath: "/etc/coreos/update.conf", configuration: found.map { .text($0) },
            written: .text(written),
            engine: EngineUnit(loadState: "masked", activeState: "inactive", unitFileState: "masked"))
        let result: String? =
            switch ConfigurationUndo(original, now: now.map { .text($0) }) {
            case .nothing: now
            case .restore(let copy): copy?.text
            case .takeBack(let copy, _): copy.text
            }
        #expect(result == after)
    }
}

@Suite struct RollbackTests {
    @Test func beforeTheCommitItIsAPlainReboot() async throws {
        let host = try await SimulatedHost.rebootedIntoUpdate()
        let before = host.bootID
        host.with { $0.commands = [] }
        #expect(try await host.rollback() == .rebooting(BootMark(bootID: before)))
        #expect(host.with { $0.commands }.allSatisfy { !$0.hasPrefix("cgpt add") })
        host.reboot()
        await host.runUnit()
        #expect(host.with { $0.runningVersion } == "1298.5.0")
        #expect(try host.record().phase == .idle)
        #expect(try host.record().revertedFrom == "1353.8.0")
        #expect(try await host.rollback(bootID: before) == .rebooted(BootMark(bootID: host.bootID)))
        // Never again without a word.
        let later = Authority(rollout: "r-2", token: 9)
        #expect(try await host.stage(by: later).refusal == .reverted)
        guard case .staged = try await host.stage(by: later, acceptsRevert: true) else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
    }

    @Test func afterTheCommitTheOtherPartitionIsPreferred() async throws {
        let host = try await SimulatedHost.rebootedIntoUpdate()
        try await host.commit()
        guard case .rebooting = try await host.rollback() else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(try host.record().phase == .rollingBack)
        host.reboot()
        await host.runUnit()
        #expect(host.with { $0.runningVersion } == "1298.5.0")
        host.reboot()
        #expect(host.with { $0.runningVersion } == "1298.5.0", "it stays")
    }

    enum Doubt: String, CaseIterable, Sendable {
        case notBootable, overwritten, downloadBegun, journaldForgot, enginesTurn, pending, neverOurs,
            graceful
    }

    @Test("a partition that is not proved bootable is not gone back to", arguments: Doubt.allCases)
    func refused(doubt: Doubt) async throws {
        let host =
            doubt == .neverOurs ? SimulatedHost() : try await SimulatedHost.rebootedIntoUpdate()
        if doubt != .neverOurs { try await host.commit() }
        host.with { state in
            switch doubt {
            case .notBootable: state.partitions[3]?.successful = false
            case .overwritten: state.partitions[3]?.content = "1409.7.0"
            case .downloadBegun: state.logLine("Omaha Response manifest version = 1409.7.0")
            case .journaldForgot: state.log = []
            case .enginesTurn: state.unit.isMasked = false
            case .pending: state.files[SimulatedHost.markerPath] = .text("")
            case .neverOurs: break
            case .graceful: state.activeUnits = ["graceful-etcd-shutdown.service"]
            }
        }
        let expected: Refusal.Reason = doubt == .graceful ? .hostUnsafe : .partitionUnproved
        #expect(try await host.rollback().refusal == expected)
        #expect(host.with { $0.rebootsAsked } == (doubt == .neverOurs ? 0 : 1))
        #expect(try host.record().phase == (doubt == .neverOurs ? .idle : .committed))
    }
}

@Suite struct DirectCommitTests {
    @Test func commitsWithoutTheEngine() async throws {
        let host = try await SimulatedHost.rebootedIntoUpdate()
        host.with { $0.commands = [] }
        guard case .committed(let proof) = try await host.commit(method: .direct) else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        #expect(proof.partitions.isCommitted)
        #expect(proof.journalLine == nil)
        #expect(
            !host.with { $0.commands }.contains {
                $0.contains("unmask") || $0.contains("systemctl start update")
            })
        #expect(host.unit == SimulatedHost.Unit(isMasked: true))
    }

    @Test func aFailingProgramIsNamedWithItsStatus() async throws {
        let host = try await SimulatedHost.rebootedIntoUpdate { $0.setGoodStatus = 3 }
        let answer = try await host.commit(method: .direct)
        #expect(answer.failure == .notCommitted)
        guard case .failed(let failure) = answer else { return }
        #expect(failure.message.contains("coreos-setgoodroot failed (exit 3)"))
        #expect(!host.table.isCommitted)
    }
}

@Suite struct DeadManTests {
    @Test func goesBackWhenNobodyCommits() async throws {
        let host = SimulatedHost()
        try await host.stage()
        try await host.askReboot(deadManMinutes: 5)
        host.reboot()
        let start = host.with { $0.now }
        await host.runUnit()
        #expect(host.with { $0.now } - start >= .seconds(300))
        #expect(host.with { $0.rebootsAsked } == 2)
        host.reboot()
        await host.runUnit()
        #expect(host.with { $0.runningVersion } == "1298.5.0")
        #expect(try host.record().revertedFrom == "1353.8.0")
        #expect(host.with { $0.rebootsAsked } == 2, "once")
    }

    /// Going back would take its etcd member away for good; once the unit is gone it goes.
    @Test func staysWhereItWouldLeaveItsCluster() async throws {
        let host = SimulatedHost()
        try await host.stage()
        try await host.askReboot(deadManMinutes: 5)
        host.reboot()
        host.with {
            $0.activeUnits = ["graceful-etcd-shutdown.service"]
            $0.interruptedAt = $0.now + .seconds(1000)
        }
        await host.runUnit()
        #expect(host.with { $0.rebootsAsked } == 1)
        #expect(try host.record().phase == .rebooting)
        host.with {
            $0.activeUnits = []
            $0.interruptedAt = nil
        }
        await host.runUnit()
        #expect(host.with { $0.rebootsAsked } == 2)
    }

    @Test func aCommitEndsIt() async throws {
        let host = SimulatedHost()
        try await host.stage()
        try await host.askReboot(deadManMinutes: 5)
        host.reboot()
        guard case .committed = try await host.commit() else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
        host.pass(.seconds(600))
        await host.runUnit()
        #expect(host.with { $0.rebootsAsked } == 1)
    }

    @Test func aWorkerThatWasKilledCountsOn() async throws {
        let host = SimulatedHost()
        try await host.stage()
        try await host.askReboot(deadManMinutes: 5)
        host.reboot()
        host.with { $0.interruptedAt = $0.now + .seconds(200) }
        await host.runUnit()
        host.with { $0.interruptedAt = nil }
        let start = host.with { $0.now }
        await host.runUnit()
        #expect(host.with { $0.now } - start < .seconds(110))
        #expect(host.with { $0.rebootsAsked } == 2)
    }
}

@Suite struct HazardTests {
    @Test(arguments: [
        "graceful-etcd-shutdown.service", "graceful-ceph-shutdown.service", "graceful-deis-shutdown.service",
    ])
    func noRebootThatTakesTheMemberAway(unit: String) async throws {
        let host = SimulatedHost()
        try await host.stage()
        host.with { $0.activeUnits = [unit] }
        #expect(try await host.askReboot().refusal == .hostUnsafe)
        #expect(host.with { $0.rebootsAsked } == 0)
        #expect(await host.report()?.hazards.map(\.unit) == [unit])
    }

    /// Told `off` it ends, and older units start it again and again; one that stays was told something else.
    @Test(arguments: [
        ("off", true, true), ("reboot", true, true), ("etcd-lock", true, true), ("best-effort", true, true),
        (nil, true, true), ("off", false, false), ("reboot", false, true),
    ])
    func locksmithThatCouldReboot(strategy: String?, stays: Bool, isHazard: Bool) async throws {
        let host = SimulatedHost {
            if stays {
                $0.activeUnits = ["locksmithd.service"]
            } else {
                $0.restartingUnits = ["locksmithd.service"]
            }
            $0.files[SimulatedHost.configurationPath] = .text(
                "GROUP=beta\n" + (strategy.map { "REBOOT_STRATEGY=\($0)\n" } ?? ""))
        }
        #expect(await host.report()?.hazards.isEmpty == !isHazard)
        #expect((try await host.stage().refusal == .hostUnsafe) == isHazard)
    }
}
