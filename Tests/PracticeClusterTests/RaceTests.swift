import AgentProtocol
import Foundation
import Testing

extension PracticeClusterTests {
    /// Two operators start at the same moment: one rolls the cluster, the other is told who.
    @Test func twoCoordinatorsAtOnceAreOneRollout() async throws {
        try await PracticeCluster.with { cluster in
            let before = try await HostEvidence.readAll(cluster)
            let operators = ["laptop", "bastion"].map { Operator(cluster: cluster, machine: $0) }
            async let first = operators[0].turnstile(["upgrade", "--yes"])
            async let second = operators[1].turnstile(["upgrade", "--yes"])
            let outcomes = [try await first, try await second]

            let statuses = outcomes.map(\.status)
            #expect(statuses.sorted() == [0, 2], "\(outcomes)")
            let winner = operators[statuses[0] == 0 ? 0 : 1]
            let loser = outcomes[statuses[0] == 0 ? 1 : 0]
            let rollout = try #require(winner.rollouts.first)
            #expect(winner.rollouts == [rollout])
            expectRefused(loser, by: rollout, of: winner)
            // What was refused the cluster has recorded nothing, so that there is nothing of it to resume.
            #expect(operators.first { $0.machine != winner.machine }?.rollouts == [])

            try await expectUpgradedOnce(cluster, since: before)
            try await expectFree(cluster)
        }
    }

    /// The same where no etcd is looked at, and the agents alone carry the lock.
    @Test func twoCoordinatorsAtOnceAreOneRolloutByTheAgentsAlone() async throws {
        try await PracticeCluster.with { cluster in
            try withoutEtcd(cluster)
            let before = try await HostEvidence.readAll(cluster)
            let operators = ["laptop", "bastion"].map { Operator(cluster: cluster, machine: $0) }
            async let first = operators[0].turnstile(["upgrade", "--yes", "--stop-after", "1"])
            async let second = operators[1].turnstile(["upgrade", "--yes", "--stop-after", "1"])
            let outcomes = [try await first, try await second]

            let statuses = outcomes.map(\.status)
            try #require(statuses.sorted() == [0, 2], "\(outcomes)")
            let (winner, loser) = (operators[statuses[0] == 0 ? 0 : 1], operators[statuses[0] == 0 ? 1 : 0])
            let rollout = try #require(winner.rollouts.first)
            expectRefused(outcomes[statuses[0] == 0 ? 1 : 0], by: rollout, of: winner)
            #expect(loser.rollouts == [])
            // It was stopped, and has the cluster still; only practice-1 was touched.
            let evidence = try await LockEvidence.read(cluster)
            #expect(evidence.kept == nil)
            #expect(evidence.claims.values.count { $0.rollout == rollout && $0.holder == winner.name } >= 2)
            expectRefused(try await loser.turnstile(["upgrade", "--yes"]), by: rollout, of: winner)
            let after = try await HostEvidence.readAll(cluster)
            #expect(after["practice-1"]?.version == "1409.7.0")
            #expect(
                after["practice-2"] == before["practice-2"] && after["practice-3"] == before["practice-3"])

            let abandon = try await winner.turnstile(["abandon", "--yes"])
            #expect(abandon.status == 0, "\(abandon)")
            #expect(try await LockEvidence.read(cluster).claims == [:])
        }
    }

    private func withoutEtcd(_ cluster: PracticeCluster) throws {
        let yaml = try String(contentsOfFile: cluster.configPath, encoding: .utf8)
        let changed = yaml.replacingOccurrences(
            of: "etcd: {endpoint:", with: "etcd: {enabled: false, endpoint:")
        try #require(changed != yaml)
        try changed.write(toFile: cluster.configPath, atomically: true, encoding: .utf8)
    }

    /// Held, with the holder's rollout, person and machine, since when, and how to free it by its exact id.
    func expectRefused(_ outcome: PracticeCluster.Outcome, by rollout: String, of holder: Operator) {
        #expect(outcome.status == 2, "\(outcome)")
        let named = "rollout \(rollout) of \(holder.name) has this cluster, since "
        let line = outcome.errors.split(separator: "\n").first { $0.contains(named) }
        #expect(line?.contains(/since [0-9T:-]+Z \([0-9a-z ]+ ago\)/) == true, "\(outcome)")
        #expect(outcome.errors.contains("'turnstile unlock \(rollout)' frees the cluster"), "\(outcome)")
    }
}
