import Foundation
import Testing

extension PracticeClusterTests {
    /// At a terminal: the plan tells of etcd, the last member is asked for when its turn comes, and stays as it was without
    /// the word; where nobody can be asked, it takes a flag.
    @Test func thePointOfNoReturnIsAskedFor() async throws {
        try await PracticeCluster.with { cluster in
            let before = try await HostEvidence.readAll(cluster)
            let plan = try await cluster.turnstile(["plan", "--to", "1409.7.0", "--etcd-after", "3.5"])
            #expect(plan.status == 0, "\(plan)")
            #expect(plan.output.contains("etcd 3.4.23: 3.5 with 1409.7.0, by --etcd-after"), "\(plan)")
            #expect(
                plan.output.contains("Point of no return: 'practice-3' has the last etcd 3.4."), "\(plan)")

            let upgrade = try await atTerminal(cluster, ["upgrade", "--to", "1409.7.0"], typing: "y\nn\n")
            #expect(upgrade.status == 2, "\(upgrade)")
            #expect(
                upgrade.output.contains("what comes is read from the partition once it is staged"),
                "\(upgrade)")
            try await expectHeldBeforeTheLast(cluster, since: before, upgrade.output)

            let resume = try await cluster.turnstile(["resume"])
            #expect(resume.status == 2 && resume.errors.contains(" --yes\n"), "\(resume)")
            try await expectHeldBeforeTheLast(cluster, since: before, resume.errors)

            let last = try await cluster.turnstile(["resume", "--yes"])
            #expect(last.status == 0, "\(last)")
            #expect(
                try await HostEvidence.readAll(cluster).values.allSatisfy { $0.version == "1409.7.0" })
        }
    }

    private func expectHeldBeforeTheLast(
        _ cluster: PracticeCluster, since before: [String: HostEvidence], _ told: String
    ) async throws {
        #expect(
            told.contains(
                "host 'practice-3' has the last etcd 3.4: once it runs 3.5 the cluster version rises"),
            "\(told)")
        let now = try await HostEvidence.readAll(cluster)
        #expect(now["practice-1"]?.version == "1409.7.0" && now["practice-2"]?.version == "1409.7.0")
        #expect(now["practice-3"] == before["practice-3"])
    }

    /// Runs turnstile on a terminal of its own, where somebody types.
    func atTerminal(
        _ cluster: PracticeCluster, _ arguments: [String], typing: String
    ) async throws -> PracticeCluster.Outcome {
        let words = [PracticeCluster.turnstilePath, "--config", cluster.configPath] + arguments
        // The paths are this checkout's, and have no blanks.
        return try await cluster.run(
            "/usr/bin/script", ["-qec", words.joined(separator: " "), "/dev/null"], input: typing)
    }
}
