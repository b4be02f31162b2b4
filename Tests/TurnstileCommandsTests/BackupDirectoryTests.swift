import Coordinator
import Foundation
import Reports
import Testing

@testable import TurnstileCommands

@Suite struct BackupDirectoryTests {
    private static func written() throws -> BackupDirectory {
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID())").path
        let directory = BackupDirectory(path: path)
        try directory.write(
            PlatformBackup(files: ["etcd-deis.json": Array("{}".utf8), "fleet-job.json": Array("[]\n".utf8)]))
        return directory
    }

    @Test func onlyItsOwnerReadsIt() throws {
        let directory = try Self.written()
        defer { try? FileManager.default.removeItem(atPath: directory.path) }
        #expect(directory.isWhole)
        func mode(_ path: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
        #expect(try mode(directory.path) == 0o700)
        #expect(try mode("\(directory.path)/etcd-deis.json") == 0o600)
    }

    @Test func nothingIsReplaced() throws {
        let directory = try Self.written()
        defer { try? FileManager.default.removeItem(atPath: directory.path) }
        let other = PlatformBackup(files: ["etcd-deis.json": Array("[]".utf8)])
        let failure = #expect(throws: CommandFailure.self) { try directory.write(other) }
        #expect(failure.map { "\($0)".contains("name another directory") } == true)
        #expect(directory.isWhole)
        #expect(try String(contentsOfFile: "\(directory.path)/etcd-deis.json", encoding: .utf8) == "{}")

        // A file of somebody's, under any name.
        let mine = BackupDirectory(path: directory.path + "-mine")
        defer { try? FileManager.default.removeItem(atPath: mine.path) }
        try FileManager.default.createDirectory(atPath: mine.path, withIntermediateDirectories: true)
        try "mine".write(toFile: "\(mine.path)/notes", atomically: true, encoding: .utf8)
        #expect(throws: CommandFailure.self) { try mine.write(other) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: mine.path) == ["notes"])
        try FileManager.default.removeItem(atPath: "\(mine.path)/notes")
        try mine.write(other)
        #expect(mine.isWhole)
        let place = URL(fileURLWithPath: mine.path).deletingLastPathComponent().path
        let names = try FileManager.default.contentsOfDirectory(atPath: place)
        #expect(!names.contains { $0.contains(".writing-") })
    }

    enum Damage: CaseIterable {
        case changed, missing, noList
    }

    @Test(arguments: Damage.allCases) func whatIsDamagedIsNoBackup(damage: Damage) throws {
        let directory = try Self.written()
        defer { try? FileManager.default.removeItem(atPath: directory.path) }
        switch damage {
        case .changed:
            try "{ }".write(toFile: "\(directory.path)/etcd-deis.json", atomically: true, encoding: .utf8)
        case .missing: try FileManager.default.removeItem(atPath: "\(directory.path)/fleet-job.json")
        case .noList: try FileManager.default.removeItem(atPath: "\(directory.path)/SHA256SUMS")
        }
        #expect(!directory.isWhole)
    }
}
