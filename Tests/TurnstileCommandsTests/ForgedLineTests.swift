import Coordinator
import RolloutJournal
import RolloutModel
import Rollouts
import SampleValues
import Synchronization
import Testing

@testable import Reports
@testable import TurnstileCommands

/// A journal, a plan or an answer may be anybody's: none of its texts begins a line of its own.
@Suite struct ForgedLineTests {
    static let plain = Terminal(isLive: false, hasColour: false)
    static let forged = "a\nRollout r-9: upgraded\u{1B}[2J"
    static let host = HostID(forged)
    static let plan = Plan.sample(
        rollout: RolloutID("r-1"),
        hosts: [PlannedHost(id: host, machine: MachineID(forged), version: Version(forged))],
        order: .metadata(key: forged), target: .pinned(version: Version(forged)), group: forged,
        server: forged,
        units: FleetUnits(active: [:], launched: [forged]),
        nodes: [PlannedNode(host: host, name: forged, isCordoned: true)],
        overrides: [GateOverride(gate: .units, reason: forged)], operatorName: forged, createdAt: forged)

    func expectLines(_ lines: [String], _ location: SourceLocation = #_sourceLocation) {
        for line in lines {
            #expect(ForeignText.isClean(line), "\(line.debugDescription)", sourceLocation: location)
        }
    }

    func record(_ events: [RolloutMachine.Event]) async throws -> RolloutRecord {
        let storage = JournalStorage(
            name: "/x.jsonl", read: { JournalBlocks([]) }, append: { _, _ in }, truncate: { _ in })
        let journal = try await Journal(
            beginning: Self.plan, configuration: "", on: storage, timestamp: { Self.forged })
        for event in events { try await journal.append(.event(event)) }
        return journal.record
    }

    @Test func ofAStatus() async throws {
        let held = try await record([
            .began, .gatesHeld(reasons: [.host(.hostUnreadable(host: Self.host, why: Self.forged))]),
        ])
        let lost = try await record([
            .began, .gatesHeld(reasons: [.window(.windowUnknown)]),
            .lost(host: Self.host, why: Self.forged, member: nil),
        ])
        for record in [held, lost] {
            let summary = RolloutSummary(record, path: "/x", attendance: .nobody, invocation: Invocation())
            expectLines(summary.lines(on: Self.plain))
        }
    }

    @Test func ofWhatIsNextAfterAHold() {
        let reason = HoldReason.step(
            .wrongVersion(host: Self.host, running: Version("1"), target: Version("2")))
        let next = RolloutText.next(after: [reason], of: RolloutID("r-1"), Invocation())
        expectLines([next])
        #expect(next == "turnstile rollback 'a Rollout r-9: upgraded\u{FFFD}[2J'")
    }

    @Test func ofAPlan() {
        let etcd = EtcdOutlook(
            members: [.init(host: Self.host, runs: Self.forged, why: Self.forged)],
            pointOfNoReturn: .init(host: Self.host, from: Self.forged, to: Self.forged))
        let semaphores = [RebootSemaphore(group: Self.forged)]
        let sight = PlanSight(
            places: [Self.host: Self.forged], etcd: etcd, gates: nil,
            changes: [
                HostChange(
                    host: Self.host,
                    settings: [.init(key: "GROUP", was: Self.forged, becomes: Self.forged)],
                    engine: .init(was: [Self.forged], becomes: [Self.forged]), partition: Self.forged)
            ],
            releases: [
                ReleaseChange(
                    from: Version(Self.forged), to: Version(Self.forged),
                    parts: [.init(name: "docker", was: Self.forged, becomes: nil)], unknown: [Self.forged])
            ])
        let seen = PlanSeen(sight, Invocation())
        expectLines(PlanText.lines(Self.plan, seen: seen, semaphores: semaphores, on: Self.plain))
    }

    @Test func ofReasons() {
        let reasons: [HoldReason] = [
            .step(.stepFailed(host: Self.host, step: .stage, why: Self.forged)),
            .lock(.lockUnknown(why: Self.forged)),
        ]
        expectLines(RolloutText.reasons(reasons) + RolloutText.sentences(reasons))
        let after = CommandFailure.afterRollout(reasons[0]).message.split(separator: "\n")
        #expect(after.count == 2)
        expectLines(after.map(String.init))
    }

    @Test func ofAnInstall() throws {
        let result = InstallResult(host: Self.host, outcome: .failed, why: Self.forged, remedy: Self.forged)
        let failure = try #require(InstallReport(results: [result], verb: "installed").failure)
        let lines = failure.message.split(separator: "\n").map(String.init)
        #expect(lines.count == 3)
        expectLines(lines)
    }

    @Test func ofWhoHasTheCluster() {
        let holder = LockHolder(
            rollout: RolloutID("r-1"), token: 1, operatorName: Self.forged, since: Self.forged)
        expectLines(HolderText.lines(holder))
    }

    @Test func ofAJournalThatIsDamaged() {
        expectLines([JournalError.damaged(path: "/x", entry: 1, why: Self.forged).description])
    }

    @Test func ofARolloutThatIsFollowed() throws {
        let written = Mutex<[String]>([])
        let clock = RolloutClock(now: { 7 }, sleep: { _ in })
        let view = RolloutView(hosts: [Self.host], terminal: { Self.plain }, clock: clock, earlier: []) {
            line in
            written.withLock { $0.append(line) }
        }
        let wait = RolloutNotice.Wait(
            host: Self.host, reasons: [.lock(.lockUnknown(why: Self.forged))], what: Self.forged, since: 0,
            deadline: 9)
        view.show(.waiting(wait))
        let plan = Plan.sample(
            rollout: RolloutID("r-1"),
            hosts: [PlannedHost(id: Self.host, machine: MachineID("m"), version: Version("1"))],
            target: .firstOffer)
        view.show(
            .entered(
                try .after(
                    [
                        .began, .gatesOpened(running: Version("1")),
                        .staged(version: Version(Self.forged), boot: BootID("b"), partition: Self.forged),
                    ], of: plan)))
        view.show(.progress(Self.host, message: Self.forged, fraction: .infinity))
        #expect(written.withLock { $0.count } == 3)
        expectLines(written.withLock { $0 })
    }

    @Test func ofAnAuditsProgress() {
        let written = Mutex<[String]>([])
        let now = Mutex(ContinuousClock.now)
        let terminal = Terminal(isLive: true, hasColour: false, columns: 80)
        let progress = AuditProgress(
            hosts: [Self.host, HostID("b")], terminal: terminal, now: { now.withLock { $0 } }
        ) { text in written.withLock { $0.append(text) } }
        progress.began(0)
        progress.began(1)
        now.withLock { $0 += .seconds(9) }
        progress.ended(1, failed: false)
        let lines = written.withLock { $0 }.map { $0.replacing(Terminal.eraseLine, with: "") }
        #expect(lines.contains { $0.contains("waiting for a Rollout") })
        expectLines(lines)
    }
}
