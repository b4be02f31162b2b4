import Foundation
import Testing

extension PracticeClusterTests {
    /// A unit runs on the old release and not on the new one: its host is held on its single try, where a plain reboot
    /// takes it back. Units that had failed before hold no host. The host is rolled back, and then upgraded with a
    /// person's consent.
    @Test(.timeLimit(.minutes(20))) func aHostWithAUnitThatBreaksIsNotCommitted() async throws {
        try await PracticeCluster.with(["--distro", "flatcar"]) { cluster in
            for name in cluster.names {
                try await cluster.onHost(
                    name,
                    """
                    printf '%s' '\(Self.appUnit)' >/etc/systemd/system/app.service
                    printf '[Service]\\nType=oneshot\\nExecStart=/bin/false\\n[Install]\\nWantedBy=multi-user.target\\n' \
                      >/etc/systemd/system/old.service
                    systemctl daemon-reload; systemctl --quiet enable --now app.service
                    systemctl --quiet enable old.service; systemctl start old.service 2>/dev/null || true
                    """)
            }
            let held = try await cluster.turnstile(["upgrade", "--yes"])
            #expect(held.status == 2, "\(held)")
            for words in [
                "Failed already, and not waited for: old.service on practice-1",
                "units-failed: units of host 'practice-1' fail on 3510.2.0 that did not before the rollout: app.service.",
                "'journalctl -b -u app.service' on 'practice-1'", "rollback practice-1",
                "--override units-failed='why'",
            ] {
                #expect(held.errors.contains(words), "\(words): \(held)")
            }
            let hosts = try await HostEvidence.readAll(cluster)
            #expect(hosts["practice-1"]?.attributes == "2/0/0", "on its single try")
            #expect(hosts["practice-2"]?.version == "3033.2.0" && hosts["practice-3"]?.version == "3033.2.0")
            let audit = try await cluster.turnstile(["audit"])
            #expect(
                audit.output.contains("practice-1: degraded, by failed units: app.service, old.service"),
                "\(audit)")

            let back = try await cluster.turnstile(["rollback", "practice-1", "--yes"])
            #expect(try await HostEvidence.readAll(cluster)["practice-1"]?.version == "3033.2.0", "\(back)")
            #expect(try await cluster.onHost("practice-1", "systemctl is-active app.service") == "active")

            let done = try await cluster.turnstile([
                "resume", "--yes", "--retry-reverted", "--override", "units-failed=app is mended afterwards",
            ])
            #expect(done.status == 0, "\(done)")
            #expect(try await HostEvidence.readAll(cluster).values.allSatisfy { $0.version == "3510.2.0" })
        }
    }

    private static let appUnit = """
        [Unit]
        Description=app runtime
        [Service]
        ExecStart=/bin/sh -c "grep -q 3033 /etc/os-release && exec sleep infinity; echo unknown option overlay2.override_kernel_check; exit 1"
        [Install]
        WantedBy=multi-user.target

        """
}
