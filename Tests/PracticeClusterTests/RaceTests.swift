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

    /// Held, with the holder's rollout, person and machine, since when, and how to free it by its exact id.
    func expectRefused(_ outcome: PracticeCluster.Outcome, by rollout: String, of holder: Operator) {
        #expect(outcome.status == 2, "\(outcome)")
        let named = "rollout \(rollout) of \(holder.name) has this cluster, since "
        let line = outcome.errors.split(separator: "\n").first { $0.contains(named) }
        #expect(line?.contains(/since [0-9T:-]+Z \([0-9a-z ]+ ago\)/) == true, "\(outcome)")
        #expect(outcome.errors.contains("'turnstile unlock \(rollout)' frees the cluster"), "\(outcome)")
    }
}
