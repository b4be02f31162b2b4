import Testing

extension PracticeClusterTests {
    /// The running etcd is not the one of its release in the table, and the next etcd would not start beside the
    /// others. The real program on the staged partition tells its version, and no host is rebooted to find out.
    @Test func anEtcdThatMustNotComeIsHeldBeforeAnyReboot() async throws {
        try await PracticeCluster.with(["--from-etcd", "3.5.1", "--offer-etcd", "3.4.23"]) { cluster in
            let before = try await HostEvidence.readAll(cluster)
            let upgrade = try await cluster.turnstile(["upgrade", "--to", "1409.7.0", "--yes"])
            #expect(upgrade.status == 2, "\(upgrade)")
            #expect(
                upgrade.errors.contains(
                    "with 1409.7.0 etcd would go from 3.5 to 3.4 on host 'practice-1', and must not"),
                "\(upgrade)")
            let now = try await HostEvidence.readAll(cluster)
            for name in cluster.names {
                #expect(now[name]?.bootID == before[name]?.bootID, "\(name)")
                #expect(now[name]?.version == "1353.8.0")
            }
            let report = try await cluster.onHost("practice-1", "/opt/bin/turnstile-agent report")
            #expect(report.contains(#""version":"3.4.23""#) && report.contains("imageProgram"), "\(report)")
            // The mount and the programs are gone.
            let left = try await cluster.onHost(
                "practice-1",
                "grep -c /run/turnstile/usr /proc/mounts; grep -ls '^Uid:.65534' /proc/[0-9]*/status; true")
            #expect(left == "0", "\(left)")
            let abandon = try await cluster.turnstile(["abandon", "--yes"])
            #expect(abandon.status == 0, "\(abandon)")
        }
    }

    /// An operator's word that the partition contradicts does not count until it is overridden with a reason.
    @Test func theOperatorsWordIsHeldAgainstThePartition() async throws {
        try await PracticeCluster.with { cluster in
            let upgrade = try await cluster.turnstile(
                ["upgrade", "--to", "1409.7.0", "--etcd-after", "3.4", "--yes"])
            #expect(upgrade.status == 2, "\(upgrade)")
            #expect(
                upgrade.errors.contains("brings etcd 3.5.1, and 3.4 was said to come"), "\(upgrade)")
            let resumed = try await cluster.turnstile(["resume", "--etcd-after", "3.5", "--yes"])
            #expect(resumed.status == 0, "\(resumed)")
        }
    }
}
