import Foundation
import Testing

/// Commands that are given beside a rollout, from another terminal or after its journal is gone.
extension PracticeClusterTests {
    @Test(.timeLimit(.minutes(20))) func heldFromBesideAndGoneOnWithoutItsJournal() async throws {
        try await PracticeCluster.with { cluster in
            let before = try await HostEvidence.readAll(cluster)
            let laptop = Operator(cluster: cluster, machine: "laptop")
            try await expectLeaderLast(cluster, laptop)

            async let upgrade = laptop.turnstile(["upgrade", "--yes"])
            try await laptop.awaitJournalled(.intent("stage", "practice-1"))
            try await expectReadableWhileWritten(laptop)
            let hold = try await laptop.turnstile(["hold"])
            #expect(hold.status == 0, "\(hold)")
            let held = try await upgrade
            #expect(held.status == 2 && held.errors.contains("@laptop asked to hold"), "\(held)")
            let after = try await HostEvidence.readAll(cluster)
            #expect(after["practice-1"]?.version == "1409.7.0")
            for name in ["practice-2", "practice-3"] { #expect(after[name] == before[name]) }
            let history = try await laptop.turnstile(["history"])
            #expect(history.status == 0 && history.output.contains("held"), "\(history)")

            let rollout = try #require(laptop.rollouts.first)
            let path = "\(laptop.journalDirectory)/\(rollout).jsonl"
            try await expectCutJournalIsNamed(laptop, path)
            try FileManager.default.removeItem(atPath: path)
            let nothing = try await laptop.turnstile(["resume"])
            #expect(nothing.status == 64, "\(nothing)")
            let resume = try await laptop.turnstile(["resume", "--from-hosts", "--yes"])
            #expect(resume.status == 0, "\(resume)")
            #expect(resume.errors.contains("the hosts tell: upgraded practice-1"), "\(resume)")
            #expect(resume.errors.contains("what runs now is what is waited for"), "\(resume)")
            #expect(laptop.rollouts == [rollout])
            // Marks of the lost journal prove nothing about the new one.
            let verify = try await laptop.turnstile(["journal", "verify", "--hosts"])
            #expect(
                verify.status == 0 && verify.output.contains("Its end is proved up to entry"), "\(verify)")
            try await expectUpgradedOnce(cluster, since: before)
            try await expectFree(cluster)
        }
    }

    private func expectReadableWhileWritten(_ laptop: Operator) async throws {
        let status = try await laptop.turnstile(["status", "--output", "json"])
        #expect(status.status == 0 && status.output.contains(#""state" : "running""#), "\(status)")
        let verify = try await laptop.turnstile(["journal", "verify"])
        #expect(verify.status == 0 && verify.output.contains("A turnstile is writing it now."), "\(verify)")
        let history = try await laptop.turnstile(["history", laptop.rollouts.first ?? ""])
        #expect(history.status == 0 && history.output.contains("to be staged"), "\(history)")
    }

    /// Whole as what is left of it is: etcd saw its end, and hosts what was asked of them. Put back, it proves itself.
    private func expectCutJournalIsNamed(_ laptop: Operator, _ path: String) async throws {
        let whole = try String(contentsOfFile: path, encoding: .utf8)
        let lines = whole.split(separator: "\n")
        for (left, witness) in [(lines.count - 1, "the cluster's etcd"), (6, "host 'practice-1'")] {
            try (lines.prefix(left).joined(separator: "\n") + "\n").write(
                toFile: path, atomically: true, encoding: .utf8)
            let alone = try await laptop.turnstile(["journal", "verify"])
            #expect(
                alone.status == 0 && alone.output.contains("\(left) entries, each of them whole"), "\(alone)")
            let asked = try await laptop.turnstile(["journal", "verify", "--hosts"])
            #expect(asked.status == 1 && asked.errors.contains("\(witness) saw entry"), "\(asked)")
            let resume = try await laptop.turnstile(["resume"])
            #expect(resume.status == 2 && resume.errors.contains("\(witness) saw entry"), "\(resume)")
            #expect(resume.errors.contains("resume --from-hosts"), "\(resume)")
        }
        try whole.write(toFile: path, atomically: true, encoding: .utf8)
        let back = try await laptop.turnstile(["journal", "verify", "--hosts"])
        #expect(
            back.status == 0 && back.output.contains("Its end is proved up to entry \(lines.count)"),
            "\(back)")
    }

    /// As etcd's own client names the leader.
    private func expectLeaderLast(_ cluster: PracticeCluster, _ laptop: Operator) async throws {
        var leaders: [String] = []
        for name in cluster.names {
            let status = try await cluster.onHost(name, "etcdctl endpoint status --write-out simple")
            let columns = status.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            if columns.count > 4, columns[4] == "true" { leaders.append(name) }
        }
        let plan = try await laptop.turnstile(["plan", "--order", "leader-last", "--output", "json"])
        #expect(plan.status == 0, "\(plan)")
        let report = try JSONDecoder().decode(Report.self, from: Data(plan.output.utf8))
        #expect(report.plan.hosts.map(\.id).sorted() == cluster.names.sorted())
        #expect([report.plan.hosts.last?.id] == leaders, "\(plan)")
    }

    private struct Report: Decodable {
        var plan: Plan

        struct Plan: Decodable { var hosts: [Host] }
        struct Host: Decodable { var id: String }
    }
}
