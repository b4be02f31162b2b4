import Foundation
import RolloutModel
import Testing

@testable import RolloutJournal

/// Records of runbooks: chained lines, one writer, and nothing that is mended by guessing.
@Suite struct RunbookRecordTests {
    private static func withDirectory<Value>(_ body: (JournalDirectory) async throws -> Value) async throws
        -> Value
    {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("record-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try await body(JournalDirectory(path: path))
    }

    private static let kept = JournalDirectory(
        path: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/runbook-1").path)
    private static let name = RunbookName("spring")

    /// A record as format 1 has it stays readable, and would be written so again.
    @Test func aKeptRecordReadsAsItWasWritten() throws {
        let path = Self.kept.runbookPath(of: Self.name)
        let kept = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        var written: [UInt8] = []
        var last = JournalLine.origin
        let reading = try RecordReading<RunbookState>(JournalBlocks(kept), path: path) { entry in
            guard let line = try? JournalLine(entry, after: last) else { return }
            written += line.bytes
            last = line.digest
        }
        #expect(String(decoding: written, as: UTF8.self) == String(decoding: kept, as: UTF8.self))
        let state = reading.state
        #expect(state.endedStages.map(\.rawValue) == ["hosts"] && state.current == 1)
        #expect(state.currentRollout == RolloutID("r-2-platform") && state.passed.count == 2)
        #expect(state.file == "/home/core/spring.yaml" && state.operatorName == "core@bastion")
    }

    @Test func oneProcessHasARecordAndNobodyElseReadsIt() async throws {
        try await Self.withDirectory { directory in
            let none = try await directory.openRunbook(named: Self.name)
            let unread = try directory.runbook(named: Self.name)
            #expect(none == nil && unread == nil)
            let record = try await directory.beginRunbook(named: Self.name, Runbook(stages: []))
            let path = directory.runbookPath(of: Self.name)
            await #expect(throws: JournalError.inUse(path: path)) {
                _ = try await directory.openRunbook(named: Self.name)
            }
            await #expect(throws: JournalError.exists(path: path)) {
                _ = try await directory.beginRunbook(named: Self.name, Runbook(stages: []))
            }
            try await record.append(.attached(by: "core@bastion", file: "/x"))
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            let (runbooks, rollouts) = (try directory.runbooks(), try directory.rollouts())
            #expect(runbooks == [Self.name] && rollouts == [])
        }
    }

    /// An entry that cannot follow leaves the file as it was.
    @Test func anEntryThatCannotFollowIsNotWritten() async throws {
        try await Self.withDirectory { directory in
            let record = try await directory.beginRunbook(named: Self.name, Runbook(stages: []))
            await #expect(throws: JournalError.self) {
                try await record.append(.began(stage: 1, rollout: RolloutID("r-1")))
            }
            try await record.append(.attached(by: "core@bastion", file: "/x"))
            let state = try directory.runbook(named: Self.name)
            #expect(state?.operatorName == "core@bastion" && state?.places == [:])
        }
    }

    /// A line that was being written when the power went is dropped; any other damage is named.
    @Test func aTornLineIsDroppedAndAChangedOneRefused() async throws {
        try await Self.withDirectory { directory in
            try await directory.beginRunbook(named: Self.name, Runbook(stages: []))
                .append(.attached(by: "core@bastion", file: "/x"))
            let path = directory.runbookPath(of: Self.name)
            let whole = try Data(contentsOf: URL(fileURLWithPath: path))
            try (whole + Data(#"{"at":"20"#.utf8)).write(to: URL(fileURLWithPath: path))
            try await directory.openRunbook(named: Self.name)?
                .append(.attached(by: "eve@bastion", file: "/x"))
            let read = try directory.runbook(named: Self.name)
            #expect(read?.operatorName == "eve@bastion")

            try String(decoding: whole, as: UTF8.self).replacing("core@bastion", with: "eve@bastion")
                .write(toFile: path, atomically: true, encoding: .utf8)
            let error = #expect(throws: JournalError.self) { try directory.runbook(named: Self.name) }
            guard case .damaged(path, 2, _)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    /// A record under another name is none of that runbook, and hides no other one.
    @Test func aCopyUnderAnotherNameIsRefused() async throws {
        try await Self.withDirectory { directory in
            _ = try await directory.beginRunbook(named: Self.name, Runbook(stages: []))
            try FileManager.default.copyItem(
                atPath: directory.runbookPath(of: Self.name),
                toPath: directory.runbookPath(of: RunbookName("autumn")))
            let error = #expect(throws: JournalError.self) {
                try directory.runbook(named: RunbookName("autumn"))
            }
            guard case .foreign? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            var left: [JournalError] = []
            #expect(directory.runbookPlaces { left.append($0) } == [:])
            #expect(left.count == 1)
        }
    }
}
