import Foundation
import Testing

extension PracticeClusterTests {
    /// An operator's turnstile dies for good with one host upgraded, and no other operator has its journal. Another
    /// operator frees the cluster by the exact id and finishes the upgrade; requests of the dead turnstile are refused.
    @Test(.timeLimit(.minutes(20))) func aDeadHolderIsFreedByItsExactIdAndActsNoMore() async throws {
        try await PracticeCluster.with { cluster in
            let before = try await HostEvidence.readAll(cluster)
            let dead = Operator(cluster: cluster, machine: "laptop")
            let second = Operator(cluster: cluster, machine: "bastion")
            #expect(try await cluster.locksmithHolders("practice-3").isEmpty)
            let rollout = try await dieBetweenTwoHosts(dead)
            try await expectHeld(cluster, by: rollout, of: dead, against: second)
            #expect(try await cluster.locksmithHolders("practice-3") == [rollout])

            let unlock = try await second.turnstile(["unlock", rollout, "--yes"])
            #expect(unlock.status == 0, "\(unlock)")
            try await expectFree(cluster)
            #expect(try await cluster.locksmithHolders("practice-3").isEmpty)
            try await finish(second, against: dead)
            try await expectUpgradedOnce(cluster, since: before)
            try await expectFree(cluster)

            // The cluster is free: the former holder may look, and finds everything done.
            let late = try await dead.turnstile(["resume"])
            #expect(late.status == 0, "\(late)")
            for name in ["practice-2", "practice-3"] {
                #expect(late.output.contains("\(name)  1353.8.0  already there"), "\(late)")
            }
            try await expectUpgradedOnce(cluster, since: before)
            try await expectFree(cluster)
        }
    }

    /// The holder is not dead, but asleep: a closed laptop. When it wakes it has lost the cluster, and stops by itself.
    @Test(.timeLimit(.minutes(20))) func aHolderThatWasAsleepActsNoMoreWhenItWakes() async throws {
        try await PracticeCluster.with { cluster in
            let before = try await HostEvidence.readAll(cluster)
            let laptop = Operator(cluster: cluster, machine: "laptop")
            let second = Operator(cluster: cluster, machine: "bastion")
            let first = try await laptop.turnstile(["upgrade", "--yes", "--stop-after", "1"])
            #expect(first.status == 0, "\(first)")
            let rollout = try #require(laptop.rollouts.first)
            let (woken, upgrade) = try await laptop.asleep(["resume"], from: .attached(times: 2)) {
                // On the holder's own machine turnstile can tell that the holder is not dead.
                let early = try await laptop.turnstile(["unlock", rollout, "--yes"])
                #expect(early.status == 2, "\(early)")
                #expect(early.errors.contains("is being driven on this machine"), "\(early)")

                let unlock = try await second.turnstile(["unlock", rollout, "--yes"])
                #expect(unlock.status == 0, "\(unlock)")
                let upgrade = Task { try await second.turnstile(["upgrade", "--yes"]) }
                try await second.awaitJournalled(.intent("stage", "practice-2"))
                return upgrade
            }
            let winner = try #require(second.rollouts.first)
            #expect(woken.status == 2, "\(woken)")
            #expect(woken.errors.contains("rollout \(winner) of \(second.name) has this cluster"), "\(woken)")
            let outcome = try await upgrade.value
            #expect(outcome.status == 0, "\(outcome)")
            try await expectUpgradedOnce(cluster, since: before)
            try await expectFree(cluster)
        }
    }

    /// The rollout is resumed for its second host, and killed while the gates of that host are asked: no host is out,
    /// and none is staged.
    private func dieBetweenTwoHosts(_ dead: Operator) async throws -> String {
        let upgrade = try await dead.turnstile(["upgrade", "--yes", "--stop-after", "1"])
        #expect(upgrade.status == 0, "\(upgrade)")
        try await dead.kill(["resume"], when: .attached(times: 2))
        #expect(!JournalMark.intent("stage", "practice-2").isReached(in: dead.journal))
        return try #require(dead.rollouts.first)
    }

    /// Checks that other operators are refused, and cannot free the cluster by another id, shorter or longer.
    private func expectHeld(
        _ cluster: PracticeCluster, by rollout: String, of holder: Operator, against other: Operator
    ) async throws {
        let held = try await LockEvidence.read(cluster)
        #expect(held.isHeld(by: rollout, of: holder.name, hosts: cluster.names), "\(held)")
        expectRefused(try await other.turnstile(["upgrade", "--yes"]), by: rollout, of: holder)
        for wrong in [String(rollout.dropLast()), rollout + "0", rollout.uppercased()] {
            let unlock = try await other.turnstile(["unlock", wrong, "--yes"])
            #expect(unlock.status == 2, "\(unlock)")
            for words in [
                "\(wrong) does not hold this cluster", "rollout  \(rollout)", "of       \(holder.name)",
                " ago",
            ] {
                #expect(unlock.errors.contains(words), "\(words): \(unlock)")
            }
        }
        #expect(try await LockEvidence.read(cluster) == held)
        #expect(other.rollouts == [])
    }

    /// Upgrades the remaining hosts. In the middle of that the dead turnstile is woken, and is told the holder.
    private func finish(_ second: Operator, against dead: Operator) async throws {
        let journal = dead.journal
        async let upgrade = second.turnstile(["upgrade", "--yes"])
        try await second.awaitJournalled(.intent("stage", "practice-2"))
        let rollout = try #require(second.rollouts.first)
        expectRefused(try await dead.turnstile(["resume"]), by: rollout, of: second)
        #expect(dead.journal == journal)
        let outcome = try await upgrade
        #expect(outcome.status == 0, "\(outcome)")
    }
}
