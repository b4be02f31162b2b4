import Testing

extension PracticeClusterTests {
    /// etcd 2.3 to 3.0: no host's member can go back, from the first one on. The question comes at the first host. Past
    /// that point a rollback is refused with the true reason, and the rollout goes on with the next host.
    @Test func theFirstHostHasAPointOfNoReturnOfItsOwn() async throws {
        try await PracticeCluster.with(Self.from2To3) { cluster in
            let before = try await HostEvidence.readAll(cluster)
            let words =
                "once etcd 3.0 has started on host 'practice-1', etcd 2.3 does not start on its data any more"
            let upgrade = try await atTerminal(
                cluster, ["upgrade", "--to", "1409.7.0", "--stop-after", "1"], typing: "y\nn\n")
            #expect(upgrade.status == 2 && upgrade.output.contains(words), "\(upgrade)")
            for (name, evidence) in try await HostEvidence.readAll(cluster) {
                #expect(evidence.bootID == before[name]?.bootID, "\(name)")
            }

            let first = try await cluster.turnstile(["resume", "--yes"])
            #expect(first.status == 0, "\(first)")
            let past = try await HostEvidence.readAll(cluster)
            #expect(past["practice-1"]?.version == "1409.7.0" && past["practice-2"] == before["practice-2"])

            let rollback = try await cluster.turnstile(["rollback", "practice-1", "--yes"])
            #expect(rollback.status == 2, "\(rollback)")
            #expect(
                rollback.errors.contains(
                    "host 'practice-1' cannot go back: etcd 3.0 has run there, and 2.3 of USR-A does not start on its data"
                ),
                "\(rollback)")
            #expect(rollback.errors.contains(" resume"), "\(rollback)")
            #expect(try await HostEvidence.readAll(cluster) == past)
            try await expectOldEtcdEndsItself(cluster, "practice-1")

            // As the refusal says, the next host is begun, without another question.
            try await killWhenJournalled(cluster, ["resume"], [#""intent":{"stage":"#, "practice-2"])
        }
    }

    /// Shows the fault that the refusal prevents: the host's unit fails, with the old program of the other partition in
    /// the new one's place.
    private func expectOldEtcdEndsItself(_ cluster: PracticeCluster, _ host: String) async throws {
        let said = try await cluster.onHost(
            host,
            """
            set -e
            mkdir -p /run/other; mount -o ro "$(rootdev -s /usr | sed 's/4$/3/')" /run/other
            mount --bind /run/other/bin/etcd /usr/bin/etcd
            systemctl restart etcd-member.service 2>/dev/null || true
            systemctl show -p Result etcd-member.service
            journalctl -b -u etcd-member.service -o cat -q --no-pager -n 20
            systemctl stop etcd-member.service; umount /usr/bin/etcd /run/other
            systemctl reset-failed etcd-member.service; systemctl start etcd-member.service
            """)
        #expect(said.contains("Result=exit-code"), "\(said)")
        #expect(said.contains("experimental-v3demo cannot be disabled once it is enabled"), "\(said)")
    }

    private static let from2To3 = [
        "--from-etcd", "2.3.8", "--offer-etcd", "3.0.9", "--time-scale", "0.02",
    ]
}
