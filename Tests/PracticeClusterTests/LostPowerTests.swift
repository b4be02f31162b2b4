import Foundation
import Testing

/// Power that goes between "staged" and the reboot that was to be ordered, and power that never comes back.
extension PracticeClusterTests {
    /// The host comes up uncommitted on its new partition, and nobody had told it to: every command leads to the end.
    @Test(arguments: ["resume", "rollback"])
    func powerLostWhileStagedHasAWayOn(by way: String) async throws {
        try await PracticeCluster.with { cluster in
            try await losePowerWhileStaged(cluster, "practice-1")

            let rollout = try #require(try await LockEvidence.read(cluster).kept?.holder?.rollout)
            for command in [["abandon", "--yes"], ["abandon", "--yes", "--host", "practice-1"]] {
                let outcome = try await cluster.turnstile(command)
                #expect(outcome.status == 2, "\(outcome)")
                #expect(outcome.errors.contains("runs its new system, which is not committed"), "\(outcome)")
                #expect(outcome.errors.contains(" resume \(rollout)"), "\(outcome)")
            }
            let fromHosts = try await cluster.turnstile(["resume", "--from-hosts", "--yes"])
            #expect(fromHosts.errors.contains(" resume \(rollout)"), "\(fromHosts)")
            let upgrade = try await cluster.turnstile(["upgrade", "--yes"])
            #expect(upgrade.status == 2 && upgrade.errors.contains("Resume it first: "), "\(upgrade)")

            if way == "rollback" {
                let rollback = try await cluster.turnstile(["rollback", "practice-1", "--yes"])
                #expect(rollback.status == 0, "\(rollback)")
                #expect(try await HostEvidence.read(cluster, "practice-1").version == "1353.8.0")
                let abandon = try await cluster.turnstile(["abandon", "--yes"])
                #expect(abandon.status == 0, "\(abandon)")
            } else {
                let resume = try await cluster.turnstile(["resume"])
                #expect(resume.status == 0, "\(resume)")
                let after = try await HostEvidence.readAll(cluster)
                #expect(after.values.allSatisfy { $0.version == "1409.7.0" && $0.attributes == "2/0/1" })
            }
        }
    }

    /// Declared lost, it holds nobody; when it wakes it is named, and taken in again only by a person's word.
    @Test func aHostThatNeverComesBackIsDeclaredLost() async throws {
        try await PracticeCluster.with { cluster in
            // Staged by then: it will come up on its new partition.
            try await killWhenJournalled(cluster, ["upgrade", "--yes"], [#""event":{"staged":"#])
            let rollout = try #require(try await LockEvidence.read(cluster).kept?.holder?.rollout)
            try await cluster.fault("practice-1", "power-cut")
            let rollback = try await cluster.turnstile(["rollback", "practice-1", "--yes"])
            #expect(rollback.errors.contains(" lose practice-1"), "\(rollback)")

            let lose = try await cluster.turnstile([
                "lose", "practice-1", "--because", "its board burnt", "--yes-it-is-lost", "practice-1",
            ])
            #expect(lose.status == 0, "\(lose)")
            #expect(lose.errors.contains("etcdctl member remove "), "\(lose)")

            try await cluster.fault("practice-1", "power-cut", off: true)
            try await PracticeAgent(cluster: cluster).awaitAnswer()
            let resume = try await cluster.turnstile(["resume", "--yes"])
            #expect(resume.status == 2, "\(resume)")
            #expect(
                resume.errors.contains("was declared lost in rollout \(rollout) (its board burnt)"),
                "\(resume)")
            let abandon = try await cluster.turnstile(["abandon", "--yes"])
            #expect(abandon.status == 0, "\(abandon)")
            let upgrade = try await cluster.turnstile(["upgrade", "--yes"])
            #expect(upgrade.status == 2, "\(upgrade)")
            #expect(
                upgrade.errors.contains("was declared lost in rollout \(rollout) (its board burnt)"),
                "\(upgrade)")
            let audit = try await cluster.turnstile(["audit", "practice-1"])
            #expect(audit.errors.contains("was declared lost in rollout \(rollout)"), "\(audit)")

            let unlock = try await cluster.turnstile(["unlock", rollout, "--yes"])
            #expect(unlock.status == 0, "\(unlock)")
            let tooEarly = try await cluster.turnstile(["abandon", "--yes", "--host", "practice-1"])
            #expect(tooEarly.status == 2 && tooEarly.errors.contains(" rollback practice-1"), "\(tooEarly)")
            for command in [
                ["rollback", "practice-1", "--yes"], ["abandon", "--yes", "--host", "practice-1"],
            ] {
                let outcome = try await cluster.turnstile(command)
                #expect(outcome.status == 0, "\(command): \(outcome)")
            }
            // The host went back once: a person's word is asked for before that image is tried again.
            let again = try await cluster.turnstile(["upgrade", "--yes"])
            #expect(again.status == 2 && again.errors.contains("resume --retry-reverted"), "\(again)")
            let retry = try await cluster.turnstile(["resume", "--retry-reverted"])
            #expect(retry.status == 0, "\(retry)")
        }
    }

    private func losePowerWhileStaged(_ cluster: PracticeCluster, _ host: String) async throws {
        try await killWhenJournalled(cluster, ["upgrade", "--yes"], [#""event":{"staged":"#])
        try await cluster.fault(host, "power-cut")
        try await cluster.fault(host, "power-cut", off: true)
        try await PracticeAgent(cluster: cluster).awaitAnswer()
        let evidence = try await HostEvidence.read(cluster, host)
        try #require(evidence.version == "1409.7.0" && evidence.attributes == "2/0/0", "\(evidence)")
    }
}
