import Foundation
import Subprocess
import SystemPackage
import Testing

extension PracticeClusterTests {
    /// Starts turnstile and kills it as soon as its journal holds such an entry.
    func killWhenJournalled(
        _ cluster: PracticeCluster, _ arguments: [String], _ marks: [String]
    ) async throws {
        let result = try await Subprocess.run(
            .path(FilePath(PracticeCluster.turnstilePath)),
            arguments: Arguments(["--config", cluster.configPath] + arguments), input: .none,
            output: .discarded, error: .discarded
        ) { execution in
            for _ in 0..<3000 {
                let lines = Self.journal(of: cluster).split(separator: "\n")
                if lines.contains(where: { line in marks.allSatisfy { line.contains($0) } }) {
                    return try execution.send(signal: .kill)
                }
                try await Task.sleep(for: .milliseconds(100))
            }
            try execution.send(signal: .kill)
            throw PracticeCluster.Failure(what: "\(marks) was never journalled")
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
