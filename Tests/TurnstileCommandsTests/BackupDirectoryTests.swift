import Coordinator
import Foundation
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
