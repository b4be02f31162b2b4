import Foundation
import RolloutJournal
import Testing

@Suite struct HoldRequestTests {
    @Test func laidSeenAndTakenAway() throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("hold-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let request = HoldRequest(beside: directory.appendingPathComponent("r-1.jsonl").path)
        #expect(!request.isThere)
        try request.lay(by: "core@bastion")
        try request.lay(by: "core@laptop")
        #expect(request.isThere && request.by == "core@bastion")
        #expect(try String(contentsOfFile: request.path, encoding: .utf8) == "core@bastion\n")
        let attributes = try FileManager.default.attributesOfItem(atPath: request.path)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["r-1.hold"])
        request.remove()
        request.remove()
        #expect(!request.isThere && request.by == nil)
        try Data([0xff, 0xfe]).write(to: URL(fileURLWithPath: request.path))
        #expect(request.by == "somebody")
        try Data("\u{1b}[2J".utf8 + Array(repeating: 0x61, count: 5000)).write(
            to: URL(fileURLWithPath: request.path))
        let by = try #require(request.by)
        #expect(by.count <= 1100 && !by.contains("\u{1b}"), "\(by)")
    }

    @Test func aDirectoryThatIsNotThereIsNamed() {
        let request = HoldRequest(beside: "/nowhere/r-1.jsonl")
        #expect(throws: JournalError.self) { try request.lay(by: "core@bastion") }
    }
}
