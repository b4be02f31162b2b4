import Foundation
import Testing

extension PracticeClusterTests {
    /// The whole way, judged from the hosts' own evidence and not from what we print.
    @Test func threeHostsOneAfterAnother() async throws {
        try await PracticeCluster.with { cluster in
            let before = try await HostEvidence.readAll(cluster)
            let writer = try await EtcdWriter.start(cluster)
            let versions = ClusterVersionLog(cluster: cluster)

            let upgrade = try await versions.recording {
                try await cluster.turnstile(["upgrade", "--yes", "--output", "json"])
            }
            #expect(upgrade.status == 0, "\(upgrade)")
            let lost = try await writer.stopAndCountLost()
            #expect(lost.acknowledged > 10)
            #expect(lost.missing == 0)

            try await expectUpgradedOnce(cluster, since: before)
            for (name, host) in try await HostEvidence.readAll(cluster) {
                #expect(host.systemState == "running", "\(name)")
            }
            try await expectFree(cluster)
            #expect(try await cluster.onHost("practice-1", "etcdctl get before --print-value-only") == "kept")
            try await versions.expectRaisedOnlyAtTheEnd()
            try KeptJournal.keep(of: cluster)
            try KeptJournal.expectSameEndWhereverItIsCut()
        }
    }

    /// GROUP, and nothing else of update.conf, where another group is asked for.
    @Test func anotherGroupChangesOneLine() async throws {
        try await PracticeCluster.with { cluster in
            let before = try await HostEvidence.readAll(cluster)
            let upgrade = try await cluster.turnstile([
                "upgrade", "--yes", "--group", "beta", "--stop-after", "1",
            ])
            #expect(upgrade.status == 0, "\(upgrade)")
            let after = try await HostEvidence.readAll(cluster)
            let old = try #require(before["practice-1"]).updateConfiguration
            #expect(old.contains("GROUP=stable\n"))
            #expect(
                after["practice-1"]?.updateConfiguration
                    == old.replacingOccurrences(of: "GROUP=stable\n", with: "GROUP=beta\n"))
            #expect(after["practice-1"]?.version == "1409.7.0")
            #expect(
                after["practice-2"] == before["practice-2"] && after["practice-3"] == before["practice-3"])
        }
    }

    /// Committed by the image's own program: update-engine is not started in the new boot at all.
    @Test func aDirectCommitNeedsNoEngine() async throws {
        try await PracticeCluster.with { cluster in
            let upgrade = try await cluster.turnstile([
                "upgrade", "--yes", "--commit", "direct", "--stop-after", "1",
            ])
            #expect(upgrade.status == 0, "\(upgrade)")
            let evidence = try await HostEvidence.read(cluster, "practice-1")
            #expect(evidence.version == "1409.7.0" && evidence.attributes == "2/0/1")
            #expect(evidence.engineEnabled == "masked" && evidence.engineActive == "inactive")
            #expect(
                try await cluster.onHost(
                    "practice-1", "journalctl -b 0 -u update-engine.service -o cat -q --no-pager") == "")
        }
    }

    /// An engine of 2015 never fills NEW_VERSION, and logs in the old way: the target is known all the same.
    @Test func anEngineThatNeverNamesItsVersionIsRead() async throws {
        try await PracticeCluster.with(["--from", "766.4.0", "--offer", "899.17.0"]) { cluster in
            let upgrade = try await cluster.turnstile([
                "upgrade", "--yes", "--stop-after", "1", "--output", "json",
            ])
            #expect(upgrade.status == 0, "\(upgrade)")
            #expect(upgrade.output.contains(#""target" : "899.17.0""#), "\(upgrade)")
            let evidence = try await HostEvidence.read(cluster, "practice-1")
            #expect(evidence.version == "899.17.0" && evidence.attributes == "2/0/1")
            #expect(evidence.engineEnabled == "masked" && evidence.systemState == "running")
            let log = try await cluster.onHost(
                "practice-1", "journalctl -u update-engine.service -o cat -q --no-pager")
            #expect(log.contains(":INFO:update_attempter.cc("))
        }
    }
}
