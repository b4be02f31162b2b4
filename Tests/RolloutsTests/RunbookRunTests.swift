import Foundation
import RolloutJournal
import RolloutModel
import Synchronization
import Testing

@testable import Rollouts

/// A runbook takes its stages in their order, each once, wherever it was killed meanwhile.
@Suite struct RunbookRunTests {
    private let cluster = FakeCluster()
    private let lock = FakeLockStore()
    private let platform = FakePlatform()
    private let disk = RecordInMemory()

    private static let runbook = Runbook(stages: [
        hosts("first", ["a", "b"]), hosts("hosts", nil), platform,
    ])

    private static func hosts(_ name: String, _ hosts: [String]?) -> RunbookStage {
        RunbookStage(
            name: StageName(name),
            work: .hosts(
                HostStage(
                    hosts: hosts?.map { HostID($0) }, to: Version("2.0.0"), order: nil, group: nil,
                    server: nil, engineRest: nil, commit: nil, deadMan: nil, etcdAfter: nil, onFailure: .hold,
                    retryReverted: false, movesLeader: false, stopAfter: nil, overrides: [])))
    }

    private static let platform: RunbookStage = {
        let tool = PlatformStage.Tool(program: .here(path: "/opt/deisctl"), templates: "/opt/units")
        return RunbookStage(
            name: StageName("platform"),
            work: .platform(
                PlatformStage(
                    way: .inPlace, to: PlatformVersion(1, 13, 4), old: tool, new: tool, keptImages: [],
                    proxyProtocol: nil, isBackedUp: true, backup: nil, controller: nil)))
    }()

    private static let hostActs = ["a", "b", "c"].flatMap { ["stage \($0)", "reboot \($0)", "commit \($0)"] }

    private func withJournals(_ body: (JournalDirectory) async throws -> Void) async throws {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("runbook-\(UUID())")
        defer { try? FileManager.default.removeItem(at: place) }
        try await body(JournalDirectory(path: place.path))
    }

    private func useCases(_ directory: JournalDirectory, passesNoReturn: Bool) -> UseCases {
        let ports = RolloutPorts(
            cluster: { [cluster, lock, platform] hosts in
                ClusterPorts(
                    hosts: hosts, access: cluster.access, store: lock.store, semaphores: nil, nodes: nil,
                    operatorGates: .none,
                    platform: { _ throws(CommandRefusal) in try platform.open() },
                    roll: { await .reports(of: hosts, access: cluster.access) },
                    arrange: { _, _ in .listed(hosts) }, neighbours: { _ in [] }, close: {})
            },
            journals: directory.store, clock: cluster.clock, timeOfDay: { "2026-11-29T10:40:00Z" },
            operatorName: "ann@desk")
        let settings = RolloutSettings(
            gates: RolloutDriverTests.settings, interval: .seconds(1), timeouts: RolloutDriverTests.timeouts,
            mark: ConfigurationMark(digest: ""))
        let decider = Decider(
            requirePresence: {},
            allows: { question in
                if case .passNoReturn = question { passesNoReturn } else { true }
            }, lossReason: { _, _ in nil })
        return UseCases(ports: ports, settings: settings, decider: decider, tell: { _ in })
    }

    /// Runs the runbook once, as a process of its own.
    ///
    /// - Parameter death: the moment of the record at which the process dies; nil for never.
    private func run(
        _ directory: JournalDirectory, passesNoReturn: Bool = true, death: RecordInMemory.Death? = nil
    ) async throws -> RunbookEnd {
        let useCases = useCases(directory, passesNoReturn: passesNoReturn)
        let storage = disk.storage(death)
        let record =
            try await disk.isEmpty
            ? RunbookRecord(beginning: RunbookName("spring"), Self.runbook, on: storage)
            : RunbookRecord(resuming: storage)
        let acts = RunbookActs(
            newRollout: { [disk] _ in disk.nextRollout() },
            begin: { [cluster] stage, rollout in
                var draft = UseCaseTests.draft(of: cluster.ids)
                draft.rollout = rollout
                draft.acceptsNoReturn = false
                guard case .hosts(let hosts) = stage.work else {
                    return try await useCases.upgrade(try FakePlatform.plan(), draft)
                }
                draft.hosts = hosts.hosts ?? cluster.ids
                draft.target = .pinned(version: hosts.to)
                return try await useCases.upgrade(draft)
            },
            goOn: { _, rollout in
                try await useCases.resume(rollout.rawValue, ResumeWish(acceptsNoReturn: passesNoReturn))
            })
        return try await RunbookRun(
            record: record, journals: directory.store, acts: acts, tell: { _ in }
        ).run()
    }

    private func requireDone(_ end: RunbookEnd) throws {
        guard case .done = end else {
            Issue.record("\(end)")
            return
        }
        let steps = try FakePlatform.plan().steps.steps.map(\.move.act)
        #expect(cluster.acts == Self.hostActs && platform.acts == steps)
        #expect(lock.lock.holder == nil)
    }

    @Test func stagesAreTakenInTheirOrder() async throws {
        try await withJournals { directory in
            try requireDone(try await run(directory))
            let state = try #require(try await disk.state())
            #expect(state.endedCount == 3)
            #expect(state.places.values.map(\.number).sorted() == [1, 2, 3])
            // A second run finds nothing left to do.
            try requireDone(try await run(directory))
            let after = try await disk.state()
            #expect(after == state)
        }
    }

    /// The entries are: opened, and for each stage that it was begun and that it has ended.
    static let deaths: [RecordInMemory.Death] = (0...6).flatMap {
        [RecordInMemory.Death(entry: $0, isWritten: false), .init(entry: $0, isWritten: true)]
    }

    /// No stage is done twice, and none is left out, whichever entry was the last.
    @Test(arguments: deaths) func killedBetweenStagesItGoesOn(death: RecordInMemory.Death) async throws {
        try await withJournals { directory in
            await #expect(throws: JournalError.self) { try await run(directory, death: death) }
            let journals = try directory.rollouts().count
            try requireDone(try await run(directory))
            // A rollout that was named and never began has no journal.
            let kept = try directory.rollouts().count
            #expect(kept == 3 && journals <= 3)
        }
    }

    @Test func aStageThatHoldsStopsTheRunbook() async throws {
        try await withJournals { directory in
            cluster.change("a") { $0.isMissingFromFleet = true }
            do {
                let end = try await run(directory)
                Issue.record("\(end)")
            } catch CommandRefusal.held {
                #expect(platform.acts.isEmpty && cluster.acts.isEmpty)
            }
            cluster.change("a") { $0.isMissingFromFleet = false }
            try requireDone(try await run(directory))
        }
    }

    /// The stage's rollout is gone on with, and no new one is begun.
    @Test func aStageThatIsHeldIsGoneOnWith() async throws {
        try await withJournals { directory in
            let end = try await run(directory, passesNoReturn: false)
            guard case .stopped(2, let stopped) = end, case .held = stopped.ending else {
                Issue.record("\(end)")
                return
            }
            #expect(lock.lock.holder?.rollout == stopped.rollout)
            try requireDone(try await run(directory))
            let kept = try directory.rollouts().count
            #expect(kept == 3)
        }
    }

    /// `turnstile resume` ends the stage's rollout as well; the runbook sees that.
    @Test func aStageThatWasResumedByItselfIsDone() async throws {
        try await withJournals { directory in
            _ = try await run(directory, passesNoReturn: false)
            _ = try await useCases(directory, passesNoReturn: true)
                .resume(nil, ResumeWish(acceptsNoReturn: true))
            try requireDone(try await run(directory))
            let kept = try directory.rollouts().count
            #expect(kept == 3)
        }
    }

    @Test func aStageThatWasAbandonedIsBegunAnew() async throws {
        try await withJournals { directory in
            _ = try await run(directory, passesNoReturn: false)
            _ = try await useCases(directory, passesNoReturn: false).abandon(nil)
            let before = platform.acts.count
            guard case .done = try await run(directory) else {
                Issue.record("not done")
                return
            }
            #expect(cluster.acts == Self.hostActs)
            let all = try FakePlatform.plan().steps.steps.map(\.move.act)
            #expect(Array(platform.acts.dropFirst(before)) == all)
            let kept = try directory.rollouts().count
            #expect(kept == 4)
        }
    }

    /// A stage is done by its journal, as the record saw it. A journal that is gone leaves the record's word.
    @Test(arguments: [true, false]) func aJournalThatIsAnotherOneHolds(isGone: Bool) async throws {
        try await withJournals { directory in
            _ = try await run(directory, passesNoReturn: false)
            let first = try #require(try directory.rollouts().first)
            let path = directory.journalPath(of: first)
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            if isGone {
                try FileManager.default.removeItem(atPath: path)
                try requireDone(try await run(directory))
                return
            }
            try lines.dropLast().map { "\($0)\n" }.joined()
                .write(toFile: path, atomically: true, encoding: .utf8)
            let end = try await run(directory)
            guard case .held(let holds) = end else {
                Issue.record("\(end)")
                return
            }
            #expect(holds == [.otherJournal(StageName("first"), first, entry: lines.count)])
        }
    }

    /// The next stage is not begun by the run in which one ended otherwise.
    @Test func aStageThatEndsOtherwiseStopsTheRunbook() async throws {
        try await withJournals { directory in
            let useCases = useCases(directory, passesNoReturn: false)
            let record = try await RunbookRecord(
                beginning: RunbookName("spring"), Runbook(stages: [Self.platform, Self.hosts("hosts", nil)]),
                on: disk.storage(nil))
            let acts = RunbookActs(
                newRollout: { [disk] _ in disk.nextRollout() },
                begin: { [cluster] _, rollout in
                    var draft = UseCaseTests.draft(of: cluster.ids)
                    draft.rollout = rollout
                    draft.acceptsNoReturn = false
                    _ = try await useCases.upgrade(try FakePlatform.plan(), draft)
                    return try await useCases.abandon(rollout.rawValue)
                }, goOn: { _, _ in throw CancellationError() })
            let end = try await RunbookRun(
                record: record, journals: directory.store, acts: acts, tell: { _ in }
            ).run()
            guard case .held(let holds) = end else {
                Issue.record("\(end)")
                return
            }
            #expect(holds == [.endedOtherwise(StageName("platform"), RolloutID("r-1"), .undone)])
            #expect(cluster.acts.isEmpty)
        }
    }
}

/// A record in memory, which may be cut off at any entry.
final class RecordInMemory: Sendable {
    private let content = Mutex<[UInt8]>([])
    private let rollouts = Mutex(0)

    /// The moment of a death. Entries count from 0, in the run that dies.
    struct Death: Sendable {
        var entry: Int
        /// True if the entry is on the disk by then.
        var isWritten: Bool
    }

    var isEmpty: Bool { content.withLock { $0.isEmpty } }

    func nextRollout() -> RolloutID {
        let number = rollouts.withLock { count in
            count += 1
            return count
        }
        return RolloutID("r-\(number)")
    }

    func state() async throws -> RunbookState? {
        try RecordReading<RunbookState>(JournalBlocks(content.withLock { $0 }), path: "spring").state
    }

    func storage(_ death: Death?) -> JournalStorage {
        let entries = Mutex(0)
        return JournalStorage(
            name: "spring",
            read: { [self] () throws(JournalError) in JournalBlocks(content.withLock { $0 }) },
            append: { [self] line, _ throws(JournalError) in
                let number = entries.withLock { count in
                    defer { count += 1 }
                    return count
                }
                let isDead = death.map { number >= $0.entry } ?? false
                if !isDead || (number == death?.entry && death?.isWritten == true) {
                    content.withLock { $0 += line }
                }
                if isDead { throw .notWritten(path: "spring", why: "killed") }
            },
            truncate: { [self] length throws(JournalError) in
                content.withLock { $0 = Array($0.prefix(length)) }
            })
    }
}
