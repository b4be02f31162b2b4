import Foundation
import RolloutJournal
import RolloutModel
import Testing

/// The process that has a journal open, as others see it.
@Suite struct RolloutAttendanceTests {
    private let rollout = JournalTests.plan.rollout

    private func withStore(_ body: (JournalStore) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "attended-\(UUID())")
        defer { try? FileManager.default.removeItem(at: directory) }
        try await body(JournalDirectory(path: directory.path).store)
    }

    @Test func itIsTakenUpBeforeItIsDriven() async throws {
        try await withStore { store in
            do {
                let journal = try await store.begin(
                    JournalTests.plan, with: ConfigurationMark(digest: ""), timestamp: Journal.now)
                let begun = try await store.attendance(of: rollout)
                #expect(begun == .driving)
                withExtendedLifetime(journal) {}
            }
            let left = try await store.attendance(of: rollout)
            #expect(left == .nobody)
            let journal = try await store.resume(rollout, timestamp: Journal.now)
            let opened = try await store.attendance(of: rollout)
            #expect(opened == RolloutAttendance(.takingUp, isAskedToHold: false))
            try await store.holds.ask(rollout, "ann@desk")
            await store.takeUps.remove(rollout)
            let driven = try await store.attendance(of: rollout)
            #expect(driven == RolloutAttendance(.driving, isAskedToHold: true))
            withExtendedLifetime(journal) {}
        }
    }

    /// A request to a dead process means nothing to the next one.
    @Test func whatADeadProcessLeftIsNotAttended() async throws {
        try await withStore { store in
            do {
                _ = try await store.begin(
                    JournalTests.plan, with: ConfigurationMark(digest: ""), timestamp: Journal.now)
            }
            try await store.holds.ask(rollout, "ann@desk")
            await store.takeUps.lay(rollout)
            let left = try await store.attendance(of: rollout)
            #expect(left == .nobody)
            let journal = try await store.resume(rollout, timestamp: Journal.now)
            let opened = try await store.attendance(of: rollout)
            #expect(opened == RolloutAttendance(.takingUp, isAskedToHold: false))
            await store.clear(rollout)
            let cleared = try await store.attendance(of: rollout)
            #expect(cleared == .driving)
            withExtendedLifetime(journal) {}
        }
    }

    /// A journal that cannot be gone on with leaves nothing beside it.
    @Test func aDamagedJournalLeavesNoMark() async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "attended-\(UUID())")
        defer { try? FileManager.default.removeItem(at: directory) }
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let store = JournalDirectory(path: directory.path).store
        try Data("no journal\n".utf8).write(to: directory.appending(path: "\(rollout).jsonl"))
        await #expect(throws: JournalError.self) {
            try await store.resume(rollout, timestamp: Journal.now)
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
        #expect(names == ["\(rollout).jsonl"])
    }
}
