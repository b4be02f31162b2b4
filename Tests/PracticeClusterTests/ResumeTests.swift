import Foundation
import Subprocess
import SystemPackage
import Testing

extension PracticeClusterTests {
    /// `kill -9` at three steps of one rollout, and each time `turnstile resume`.
    @Test func killedAtThreeStepsARolloutEndsTheSame() async throws {
        try await PracticeCluster.with { cluster in
            let before = try await HostEvidence.readAll(cluster)
            try await killWhenJournalled(
                cluster, ["upgrade", "--yes"], [#""intent":{"stage":"#, "practice-1"])
            try await killWhenJournalled(
                cluster, ["resume"], [#""intent":{"reboot":"#, "practice-2"])
            try await killWhenJournalled(
                cluster, ["resume"], [#""intent":{"commit":"#, "practice-3"])
            let resume = try await cluster.turnstile(["resume"])
            #expect(resume.status == 0, "\(resume)")
            try await expectUpgradedOnce(cluster, since: before)
            try await expectFree(cluster)
        }
    }

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
