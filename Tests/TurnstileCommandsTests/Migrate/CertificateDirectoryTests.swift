import Coordinator
import Foundation
import RolloutModel
import Testing

@testable import TurnstileCommands

@Suite struct CertificateDirectoryTests {
    /// A part of a certificate is none.
    @Test func aFileThatIsTooLargeIsNotCutOff() async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("certs-\(UUID())").path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        for (file, bytes) in [("a.org.crt", 24 << 10), ("a.org.key", 9), ("b.org.crt", (24 << 10) + 1)] {
            try Data(repeating: 0x61, count: bytes).write(to: URL(fileURLWithPath: "\(directory)/\(file)"))
        }
        let source = CertificateDirectory.source(directory)
        let whole = try #require(DomainName("a.org"))
        let large = try #require(DomainName("b.org"))
        _ = try await source.read(whole)
        let why = "'\(directory)/b.org.crt' has more than 24 KiB"
        await #expect(throws: MigrationHold.certificateUnreadable(large, why: why)) {
            _ = try await source.read(large)
        }
    }
}
