import Foundation
import Testing

@testable import PracticeHost

@Suite struct EtcdDataTests {
    /// 2.x starts until a 3.x has been there, whichever it is; 3.x always does.
    @Test(
        arguments: [
            (["2.3.8", "2.3.8"], [0, 0]), (["2.3.8", "3.0.9", "2.3.8"], [0, 0, 1]),
            (["3.0.9", "3.4.23"], [0, 0]), (["3.5.1", "3.4.23", "2.3.8", "3.5.1"], [0, 0, 1, 0]),
        ] as [([String], [Int32])])
    func whatANewerOneHasTouchedIsRefused(starts: [String], ends: [Int32]) async throws {
        let files = FileManager.default
        let directory = files.temporaryDirectory.appendingPathComponent("\(UUID())").path
        try files.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? files.removeItem(atPath: directory) }
        var found: [Int32] = []
        for version in starts {
            let program = directory + "/etcd"
            try "#!/bin/sh\necho 'etcd Version: \(version)'\n".write(
                toFile: program, atomically: false, encoding: .utf8)
            try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
            found.append(try await EtcdData.run([program, directory]))
        }
        #expect(found == ends)
    }
}
