import Foundation
import Subprocess
import SystemPackage
import Testing

extension PracticeClusterTests {
    /// Starts turnstile and kills it as soon as its journal has such an entry. The host may or may not have received
    /// the announced request then.
    func killWhenJournalled(
        _ cluster: PracticeCluster, _ arguments: [String], _ marks: [String]
    ) async throws {
        try await killOnce(cluster, arguments, when: "\(marks) in the journal") {
            Self.isJournalled(marks, in: cluster)
        }
    }

    static func isJournalled(_ marks: [String], in cluster: PracticeCluster) -> Bool {
        journal(of: cluster).split(separator: "\n").contains { line in
            marks.allSatisfy { line.contains($0) }
        }
    }

    /// Starts turnstile and kills it as soon as a condition is true.
    func killOnce(
        _ cluster: PracticeCluster, _ arguments: [String], when what: String,
        _ isReached: @escaping @Sendable () async throws -> Bool
    ) async throws {
        let result = try await Subprocess.run(
            .path(FilePath(PracticeCluster.turnstilePath)),
            arguments: Arguments(["--config", cluster.configPath] + arguments), input: .none,
            output: .discarded, error: .discarded
        ) { execution in
            defer { try? execution.send(signal: .kill) }
            try await cluster.until(what, every: .milliseconds(100)) { try await isReached() ? () : nil }
        }
        #expect(result.terminationStatus == .signaled(9))
    }

    static func journal(of cluster: PracticeCluster) -> String {
        let directory = "\(cluster.directory)/journal"
        let files = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return files.map { (try? String(contentsOfFile: "\(directory)/\($0)", encoding: .utf8)) ?? "" }
            .joined()
    }
}
