import AgentProtocol
import RolloutModel
import SampleValues
import Testing

@testable import Rollouts

/// Tests the facts that gates get from an agent's report.
@Suite struct HostFactsTests {
    static let digest = String(repeating: "0a", count: 32)

    static func facts(_ change: (inout HostReport) -> Void = { _ in }) -> HostFacts? {
        var report = HostReport.sample(
            machineID: "m", bootID: "b", hostname: "h", version: "1353.8.0", wallClockSeconds: 1000,
            cgroups: .v2, space: [HostSpace(purpose: .state, path: "/", freeBytes: 1, neededBytes: 2)],
            settings: HostSettings(
                userData: [FileDigest(path: "/u", sha256: digest)],
                dropIns: [FileDigest(path: "/d", sha256: digest)]),
            agent: AgentState.sample(agentVersion: "0.1.0", phase: .idle, authority: nil, version: nil))
        change(&report)
        return HostFacts(report, asked: 3, answered: 5)
    }

    @Test func whatIsToldIsTakenOver() throws {
        let facts = try #require(Self.facts())
        #expect(
            facts.clock
                == ClockReading(
                    shown: UTCTime(sinceEpoch: .seconds(1000)), asked: 3, answered: 5))
        #expect(facts.cgroups == .v2)
        #expect(facts.space == [.init(purpose: .state, path: "/", freeBytes: 1, neededBytes: 2)])
        #expect(facts.settings == .init(userData: ["/u": Self.digest], dropIns: ["/d": Self.digest]))
        #expect(facts.untold == [:])
    }

    @Test(arguments: [
        (Unreadable.hazards, HostFacts.Untold.hazards), (Unreadable.updatePending, .pendingUpdate),
        (Unreadable.engineUnit, .engine), (Unreadable.engineStatus, .engine),
        (Unreadable.cgroups, .cgroups), (Unreadable.space, .space), (Unreadable.settings, .settings),
    ])
    func whatCouldNotBeReadIsUntold(subject: String, untold: HostFacts.Untold) throws {
        let facts = try #require(
            Self.facts { $0.unreadable = [Unreadable(subject: subject, reason: "permission denied")] })
        #expect(facts.untold == [untold: "permission denied"])
    }

    /// An id that could not be read is empty, and equal on every host.
    @Test(arguments: [
        "", "uninitialized", "00000000000000000000000000000000", "00000000-0000-0000-0000-000000000000", " ",
        "a b", "a\nb", "\u{1b}[2J", "m/../n", "\u{e4}", String(repeating: "a", count: 65),
    ])
    func anIdentityThatIsNoneIsNotTaken(identity: String) async {
        #expect(Self.facts { $0.machineID = identity } == nil)
        #expect(Self.facts { $0.bootID = identity } == nil)
        var report = HostReport.sample(
            machineID: identity, bootID: "b", hostname: "h", version: "1.0.0",
            agent: AgentState.sample(agentVersion: "0.1.0", phase: .idle, authority: nil, version: nil))
        report.unreadable = [Unreadable(subject: "/etc/machine-id", reason: "permission denied")]
        #expect(report.identityFault?.contains("/etc/machine-id: permission denied") == true)
    }

    @Test func whatTheEngineReadsOtherwiseIsTakenOverPlain() throws {
        let facts = try #require(
            Self.facts {
                $0.oddSettings = [
                    OddSetting(
                        key: "GROUP", value: "stable\r", path: "/etc/\u{1b}x", line: 2, meant: "stable")
                ]
                $0.tableWarning = "WARNING: invalid\u{1b}[2J"
            })
        #expect(
            facts.oddSettings
                == [
                    OddSetting(key: "GROUP", value: "stable\r", path: "/etc/?x", line: 2, meant: "stable")
                ])
        #expect(facts.damagedTable == .init(disk: "its disk", why: "WARNING: invalid?[2J"))
    }

    @Test(
        arguments: [
            (1, 0, true, false, nil), (2, 1, false, true, nil),
            (1, 0, true, false, "both have priority 1, and USR-A comes first on the disk"),
            (2, 0, true, false, "its priority is 2, and USR-B, which runs, has 1"),
        ] as [(Int, Int, Bool, Bool, String?)])
    func onlyAnArmedPartitionIsAnUpdate(
        priority: Int, tries: Int, successful: Bool, isPending: Bool, why: String?
    ) throws {
        let runsSecond = why != nil
        let booted = PartitionTable.Partition(
            number: runsSecond ? 4 : 3, label: runsSecond ? "USR-B" : "USR-A", device: "/dev/sda3",
            priority: 1,
            tries: 0, successful: true)
        let other = PartitionTable.Partition(
            number: runsSecond ? 3 : 4, label: runsSecond ? "USR-A" : "USR-B", device: "/dev/sda4",
            priority: priority, tries: tries, successful: successful)
        let facts = try #require(
            Self.facts { $0.partitions = PartitionTable(disk: "/dev/sda", booted: booted, other: other) })
        #expect(facts.updatePending == isPending)
        #expect(facts.otherIsNext == why)
    }

    /// Facts that no gate asks for are no reason to hold.
    @Test func whatNobodyAsksForIsNotMissed() throws {
        let facts = try #require(
            Self.facts { $0.unreadable = [Unreadable(subject: "/proc/uptime", reason: "gone")] })
        #expect(facts.untold == [:])
    }

    @Test(arguments: [-1, 1e300, 253_402_300_800]) func aClockBeyondBeliefIsNone(seconds: Double) throws {
        let facts = try #require(Self.facts { $0.wallClockSeconds = seconds })
        #expect(facts.clock == nil && facts.untold.keys.contains(.clock))
    }

    @Test(
        arguments: [
            FileDigest(path: "/d", sha256: ""), FileDigest(path: "/d", sha256: "0A"),
            FileDigest(path: "/d", sha256: String(repeating: "0A", count: 32)),
            FileDigest(path: "/d\u{1b}[2J", sha256: digest), FileDigest(path: "/ü", sha256: digest),
            FileDigest(path: String(repeating: "d", count: 513), sha256: digest),
        ])
    func whatIsNoFileAndDigestIsNotShown(file: FileDigest) throws {
        let facts = try #require(Self.facts { $0.settings?.dropIns = [file] })
        #expect(facts.settings == nil && facts.untold.keys.contains(.settings))
    }

    @Test(
        arguments: [
            ("UPDATE_STATUS_IDLE", nil), ("UPDATE_STATUS_UPDATED_NEED_REBOOT", nil),
            ("UPDATE_STATUS_DOWNLOADING", "UPDATE_STATUS_DOWNLOADING"),
            ("unknown status", "unknown status"),
        ] as [(String, String?)])
    func anEngineAtWorkIsBusy(operation: String, busy: String?) throws {
        let facts = try #require(
            Self.facts {
                $0.engineStatus = EngineReading(
                    operation: operation, fraction: 0, newVersion: nil, lastCheckedTime: 0)
            })
        #expect(facts.engineOperation == busy)
    }
}
