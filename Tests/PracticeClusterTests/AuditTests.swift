import Coordinator
import Foundation
import Testing

extension PracticeClusterTests {
    /// Audits of real hosts: at rest, on a partition's single try, and back from it; and the hosts that fleet and etcd
    /// name.
    @Test func anAuditTellsWhatBecameOfHosts() async throws {
        try await PracticeCluster.with(["--hosts", "2"]) { cluster in
            let atRest = try await AuditOfCluster.read(cluster)
            #expect(atRest.kinds == ["end-of-life"])
            for audit in atRest.audits {
                #expect(audit.partitions?.booted == "USR-A" && audit.partitions?.isCommitted == true)
                #expect(audit.engine?.isMasked == true && audit.updatePending == false)
                #expect(audit.etcdServer != nil && audit.fleet != nil && audit.agent != nil)
                #expect(audit.kernel != nil && audit.hostKey != nil && audit.rebootStrategy == "off")
            }
            let names = atRest.audits.map(\.host)
            for source in ["--from-fleet", "--from-etcd"] {
                #expect(
                    try await AuditOfCluster.read(cluster, [source, "practice-2"]).audits.map(\.host).sorted()
                        == names)
            }

            try await cluster.fault("practice-1", "staged-already")
            #expect(try await AuditOfCluster.read(cluster).kinds == ["update-pending", "end-of-life"])
            let tried = try await AuditOfCluster.afterReboot(of: "practice-1", cluster)
            #expect(tried.kinds == ["uncommitted", "disagreement", "disagreement", "end-of-life"])
            let back = try await AuditOfCluster.afterReboot(of: "practice-1", cluster)
            #expect(back.kinds == ["reverted", "end-of-life"])
        }
    }
}

/// An audit of a practice cluster, read from the JSON that `turnstile` prints.
private struct AuditOfCluster {
    var audits: [HostAudit]
    /// The kinds of findings about the cluster's first host.
    var kinds: [String]

    private struct Row: Decodable {
        var findings: [Finding]
        struct Finding: Decodable { var kind: String }
    }

    static func read(_ cluster: PracticeCluster, _ arguments: [String] = []) async throws -> AuditOfCluster {
        let outcome = try await cluster.turnstile(["audit", "--output", "json"] + arguments)
        let data = Data(outcome.output.utf8)
        do {
            let rows = try JSONDecoder().decode([Row].self, from: data)
            return AuditOfCluster(
                audits: try JSONDecoder().decode([HostAudit].self, from: data),
                kinds: rows.first?.findings.map(\.kind) ?? [])
        } catch {
            throw PracticeCluster.Failure(what: "audit: \(outcome)")
        }
    }

    /// Reboots a host, and audits the cluster when it is healthy again: etcd answers last.
    static func afterReboot(of host: String, _ cluster: PracticeCluster) async throws -> AuditOfCluster {
        try await cluster.reboot(host)
        return try await cluster.until("etcd of every host, after the reboot of \(host)", on: host) {
            let audit = try await read(cluster)
            return audit.audits.allSatisfy { $0.etcdServer != nil } ? audit : nil
        }
    }
}
