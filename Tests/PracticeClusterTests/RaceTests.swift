import AgentProtocol
import Foundation
import Testing

extension PracticeClusterTests {
    /// Two operators start at the same moment: one upgrades the cluster, the other is told the holder.
    @Test func twoCoordinatorsAtOnceAreOneRollout() async throws {
        try await PracticeCluster.with { cluster in
            let before = try await HostEvidence.readAll(cluster)
            _ = try await race(on: cluster, ["upgrade", "--yes"])
            try await expectUpgradedOnce(cluster, since: before)
            try await expectFree(cluster)
        }
    }

    /// The same without etcd, where the agents alone carry the lock; stopped after one host.
    @Test func twoCoordinatorsAtOnceAreOneRolloutByTheAgentsAlone() async throws {
        try await PracticeCluster.with { cluster in
            try withoutEtcd(cluster)
            let before = try await HostEvidence.readAll(cluster)
            let race = try await race(on: cluster, ["upgrade", "--yes", "--stop-after", "1"])

            // The winner still holds the cluster lock.
            let evidence = try await LockEvidence.read(cluster)
            #expect(evidence.kept == nil)
            let claims = evidence.claims.values.filter {
                $0.rollout == race.rollout && $0.holder == race.winner.name
            }
            #expect(claims.count >= 2 && claims.count == evidence.claims.count, "\(evidence)")
            let again = try await race.loser.turnstile(["upgrade", "--yes"])
            expectRefused(again, by: race.rollout, of: race.winner)
            let after = try await HostEvidence.readAll(cluster)
            #expect(after["practice-1"]?.version == "1409.7.0")
            for name in ["practice-2", "practice-3"] { #expect(after[name] == before[name]) }

            let abandon = try await race.winner.turnstile(["abandon", "--yes"])
            #expect(abandon.status == 0, "\(abandon)")
            #expect(try await LockEvidence.read(cluster).claims == [:])
        }
    }

    struct Race {
        var winner: Operator
        var loser: Operator
        var rollout: String
    }

    /// Two operators run the same command at the same moment. The winner comes to its end; the loser is refused and has
    /// recorded nothing, so that there is nothing to resume.
    private func race(on cluster: PracticeCluster, _ arguments: [String]) async throws -> Race {
        let operators = ["laptop", "bastion"].map { Operator(cluster: cluster, machine: $0) }
        async let first = operators[0].turnstile(arguments)
        async let second = operators[1].turnstile(arguments)
        let outcomes = [try await first, try await second]
        try #require(outcomes.map(\.status).sorted() == [0, 2], "\(outcomes)")

        let winning = outcomes[0].status == 0 ? 0 : 1
        let (winner, loser) = (operators[winning], operators[1 - winning])
        let rollout = try #require(winner.rollouts.first)
        #expect(winner.rollouts == [rollout] && loser.rollouts == [])
        expectRefused(outcomes[1 - winning], by: rollout, of: winner)
        return Race(winner: winner, loser: loser, rollout: rollout)
    }

    /// Checks that the command is held, and names the holder's rollout, person, machine and time, and the command that
    /// frees it by its exact id.
    func expectRefused(_ outcome: PracticeCluster.Outcome, by rollout: String, of holder: Operator) {
        #expect(outcome.status == 2, "\(outcome)")
        let named = "rollout \(rollout) of \(holder.name) has this cluster, since "
        let line = outcome.errors.split(separator: "\n").first { $0.contains(named) }
        #expect(line?.contains(/since [0-9T:-]+Z \([0-9a-z ]+ ago\)/) == true, "\(outcome)")
        #expect(outcome.errors.contains(" unlock \(rollout)' frees the cluster"), "\(outcome)")
    }

    private func withoutEtcd(_ cluster: PracticeCluster) throws {
        let yaml = try String(contentsOfFile: cluster.configPath, encoding: .utf8)
        let changed = yaml.replacingOccurrences(
            of: "etcd: {endpoint:", with: "etcd: {enabled: false, endpoint:")
        try #require(changed != yaml)
        try changed.write(toFile: cluster.configPath, atomically: true, encoding: .utf8)
    }
}
