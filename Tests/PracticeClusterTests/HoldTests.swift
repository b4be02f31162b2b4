import Foundation
import Testing

extension PracticeClusterTests {
    /// A fault is present before the start: no host may be touched, and the message gives the reason and the remedy.
    @Test func aFaultBeforehandHoldsWithNothingTouched() async throws {
        try await PracticeCluster.with { cluster in
            let before = try await HostEvidence.readAll(cluster)
            let faults = [
                ("ssh-down", ["'practice-2' could not be read", " audit practice-2'"]),
                ("etcd-down", ["etcd on 'practice-2' is not healthy", "back to health first"]),
                (
                    "fleet-missing",
                    ["'practice-2'", "missing from fleetctl list-machines", "systemctl status fleet"]
                ),
            ]
            for (kind, words) in faults {
                try await cluster.fault("practice-2", kind)
                let upgrade = try await cluster.turnstile(["upgrade", "--yes"])
                #expect(upgrade.status == 2, "\(kind): \(upgrade)")
                #expect(
                    upgrade.errors.contains("held, with nothing touched on any host"), "\(kind): \(upgrade)")
                for word in words { #expect(upgrade.errors.contains(word), "\(kind): \(upgrade)") }
                // The single cause has one remedy.
                #expect(
                    upgrade.errors.components(separatedBy: "What to do:").count == 2, "\(kind): \(upgrade)")
                try await cluster.fault("practice-2", kind, off: true)
            }
            #expect(try await HostEvidence.readAll(cluster) == before)
            for name in cluster.names {
                #expect(try await cluster.onHost(name, "ls -A /var/lib/turnstile 2>/dev/null || true") == "")
            }
        }
    }

    @Test func anotherOfferThanTheTargetHoldsAfterTheFirstHost() async throws {
        try await PracticeCluster.with { cluster in
            let before = try await HostEvidence.readAll(cluster)
            try await cluster.offer("1465.8.0", to: "practice-2")
            let upgrade = try await cluster.turnstile(["upgrade", "--yes"])
            #expect(upgrade.status == 2, "\(upgrade)")
            #expect(upgrade.errors.contains("'practice-2' was offered 1465.8.0, and the target is 1409.7.0"))
            #expect(upgrade.errors.contains("turnstile --config \(cluster.configPath) resume r-"))

            let after = try await HostEvidence.readAll(cluster)
            #expect(after["practice-1"]?.version == "1409.7.0")
            #expect(
                after["practice-2"] == before["practice-2"] && after["practice-3"] == before["practice-3"])
            // The downloaded update is disarmed: the next boot takes the running partition.
            #expect(
                try await cluster.onHost(
                    "practice-2", "d=$(rootdev -s /usr); cgpt show -i 4 -T ${d%p3}; cgpt show -i 4 -S ${d%p3}"
                )
                    == "0\n0")

            try await cluster.offer("1409.7.0", to: "practice-2")
            let resume = try await cluster.turnstile(["resume"])
            #expect(resume.status == 0, "\(resume)")
            #expect(try await HostEvidence.readAll(cluster).values.allSatisfy { $0.version == "1409.7.0" })
        }
    }

    @Test func nothingOfferedAnywhereIsSaidAndTouchesNothing() async throws {
        try await PracticeCluster.with { cluster in
            let before = try await HostEvidence.readAll(cluster)
            try await cluster.offer("none")
            let upgrade = try await cluster.turnstile(["upgrade", "--yes"])
            #expect(upgrade.status == 0, "\(upgrade)")
            #expect(upgrade.output.contains("nothing-offered"))
            #expect(try await HostEvidence.readAll(cluster) == before)
        }
    }
}
