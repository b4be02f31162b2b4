import Foundation
import Subprocess
import SystemPackage
import Testing

/// Hosts that the operator reaches through a bastion alone, and that allow two, three and four sessions a connection.
extension PracticeClusterTests {
    @Test func aWholeUpgradeGoesThroughABastionThatDiesInItsMiddle() async throws {
        try await PracticeCluster.with { cluster in
            for (host, sessions) in zip(cluster.names, 2...) {
                try await allow(sessions, on: host, of: cluster)
            }
            let operatorsSide = try await BastionSide(cluster)
            // The way without the bastion is shut.
            let direct = try await operatorsSide.turnstile(["audit"], config: cluster.configPath)
            #expect(direct.status != 0 && direct.errors.contains("Network is unreachable"), "\(direct)")
            let audit = try await operatorsSide.turnstile(["audit"])
            #expect(audit.status == 0, "\(audit)")

            let held = try await operatorsSide.upgradeUntilBastionIsLost(when: [#""event":{"staged":"#])
            #expect(held.status == 2, "\(held)")
            #expect(held.errors.contains("root@\(operatorsSide.bastionAddress)"), "\(held)")
            #expect(held.errors.contains(" resume "), "\(held)")

            try await operatorsSide.bastion("on")
            let resume = try await operatorsSide.turnstile(["resume"])
            #expect(resume.status == 0, "\(resume)")
            let after = try await HostEvidence.readAll(cluster)
            #expect(after.values.allSatisfy { $0.version == "1409.7.0" && $0.attributes == "2/0/1" })
        }
    }

    /// Sets how many sessions a connection to this host may have at once; 10 unless set.
    private func allow(_ sessions: Int, on host: String, of cluster: PracticeCluster) async throws {
        try await cluster.onHost(
            host,
            "echo 'MaxSessions \(sessions)' >/etc/ssh/sshd_config.d/few-sessions.conf && systemctl reload ssh"
        )
    }
}

/// The operator's side of a cluster whose hosts are reached through a bastion alone.
private struct BastionSide {
    let cluster: PracticeCluster
    let bastionAddress: String
    private let network: String

    init(_ cluster: PracticeCluster) async throws {
        self.cluster = cluster
        let number = try String(contentsOfFile: "\(cluster.directory)/number", encoding: .utf8)
            .trimmingCharacters(in: .newlines)
        network = "tp-operator-\(number)"
        bastionAddress = "10.214.\(number).1"
        try await bastion("on")
    }

    func bastion(_ state: String) async throws {
        let outcome = try await cluster.practice(["bastion", state])
        guard outcome.status == 0 else {
            throw PracticeCluster.Failure(what: "bastion \(state): \(outcome)")
        }
    }

    private var configPath: String { "\(cluster.directory)/bastion/turnstile.yaml" }

    func turnstile(_ arguments: [String], config: String? = nil) async throws -> PracticeCluster.Outcome {
        try await cluster.run(
            "/usr/bin/env",
            ["ip", "netns", "exec", network, PracticeCluster.turnstilePath, "--config", config ?? configPath]
                + arguments)
    }

    /// An upgrade whose bastion goes as soon as an entry with these marks is in the journal.
    func upgradeUntilBastionIsLost(when marks: [String]) async throws -> PracticeCluster.Outcome {
        try await withThrowingTaskGroup(of: PracticeCluster.Outcome?.self) { group in
            group.addTask { try await turnstile(["upgrade", "--yes"]) }
            group.addTask {
                try await cluster.until("\(marks) in the journal", every: .milliseconds(100)) {
                    PracticeClusterTests.isJournalled(marks, in: cluster) ? () : nil
                }
                try await bastion("off")
                return nil
            }
            var end: PracticeCluster.Outcome?
            for try await outcome in group { end = outcome ?? end }
            return try #require(end)
        }
    }
}
