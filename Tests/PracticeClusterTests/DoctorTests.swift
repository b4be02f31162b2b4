import Foundation
import Testing

extension PracticeClusterTests {
    /// Set-ups broken in one thing each, on one cluster: doctor names the fault, the fix is done as it is printed, and
    /// doctor passes again.
    @Test(.timeLimit(.minutes(15))) func whatDoctorNamesIsMendedByWhatItPrints() async throws {
        try await PracticeCluster.with { cluster in
            let patient = try Patient(cluster)
            try await patient.expectSound()
            try await breakKeys(patient)
            try await breakHosts(patient)
            try await breakAgents(patient)
            try await breakCluster(patient)
            try await breakSettings(patient)
            try await tellOfWhatPassesByItself(patient)
        }
    }

    /// Login keys and host keys.
    private func breakKeys(_ patient: Patient) async throws {
        let folder = patient.cluster.directory
        try await patient.here("cp \(folder)/id_ed25519 \(folder)/open; chmod 644 \(folder)/open")
        try await patient.with("id_ed25519]", "open]") {
            try await patient.expectHealed(
                ["keys", "login"], says: "mode 0644", by: "chmod 600 \(folder)/open")
        }
        try await patient.with("user: core", "user: nobody") {
            let wrong = try await patient.doctor()
            // The hosts have it in common, and it is told once.
            #expect(wrong.text.ranges(of: "cannot log in as 'nobody': ").count == 1, "\(wrong)")
            try await patient.expectHealed(["login"], says: "refused by the server", by: "ssh.user")
        }

        let others = "grep -v practice-2 \(folder)/known_hosts >\(folder)/few"
        try await patient.here(others)
        try await patient.with("known_hosts]", "few]") {
            try await patient.expectHealed(
                ["host-key"], says: "vouches for its key", by: "audit --accept-new practice-2")
            // Another host answers there by now, or so it seems.
            try await patient.here(
                """
                \(others); ssh-keygen -q -t ed25519 -N '' -f \(folder)/other
                echo "$(grep practice-2 \(folder)/known_hosts | cut -d' ' -f1) $(cut -d' ' -f1,2 \(folder)/other.pub)" \
                  >>\(folder)/few
                """)
            try await patient.expectHealed(
                ["host-key"], says: "has another key for it", by: "ssh-keygen -R 10.")
        }
    }

    /// sudo, the clock, and a host that is away.
    private func breakHosts(_ patient: Patient) async throws {
        let cluster = patient.cluster
        let sudoers = "/etc/sudoers.d/core"
        try await cluster.onHost("practice-1", "cp \(sudoers) /root/sudoers")
        for (rule, says) in [
            ("core ALL=(ALL) ALL", "a password is required"),
            ("core ALL=(ALL) NOPASSWD: /bin/false", "sudo"), ("Defaults:core requiretty", "requiretty"),
        ] {
            let more = rule.hasPrefix("Defaults") ? "core ALL=(ALL) NOPASSWD: ALL" : ""
            try await cluster.onHost(
                "practice-1", "printf '%s\\n' '\(rule)' '\(more)' | grep . >\(sudoers)")
            try await patient.expectHealed(["sudo"], says: says, by: ">/etc/sudoers.d/zz-turnstile")
            try await cluster.onHost(
                "practice-1", "cp /root/sudoers \(sudoers) && rm -f /etc/sudoers.d/zz-turnstile*")
        }
        try await cluster.fault("practice-3", "clock-skew", "-3600")
        try await patient.expect(
            ["clock"], says: "'practice-3' is at least 59 min behind", fix: "timedatectl")
        try await cluster.fault("practice-3", "clock-skew", off: true)
        try await patient.expectSound()
        // The reports of others about a missing host are not told beside it.
        try await cluster.fault("practice-2", "network-down")
        try await patient.expect(["connection"], says: "no answer within", fix: "audit practice-2")
        try await cluster.fault("practice-2", "network-down", off: true)
        try await patient.expectSound()
    }

    private func breakAgents(_ patient: Patient) async throws {
        let cluster = patient.cluster
        let agent = "/opt/bin/turnstile-agent"
        for name in ["practice-1", "practice-3"] { try await cluster.onHost(name, "rm \(agent)") }
        try await patient.expectHealed(["agent"], says: "no \(agent)", by: "install practice-1 practice-3")
        try await cluster.onHost("practice-2", "chmod g+w \(agent) && chown core /opt/bin")
        // The first faulty place is named; the agent that is put there once more has its usual mode.
        try await patient.expectHealed(
            ["agent"], says: "'/opt/bin' belongs to user 500", by: "chown root:root /opt/bin")
        try await cluster.onHost(
            "practice-2", "rm /etc/systemd/system/turnstile-agent.service && systemctl daemon-reload")
        try await patient.expectHealed(
            ["agent"], says: "turnstile-agent.service is not-found", by: "install practice-2")
        try await cluster.onHost(
            "practice-1",
            """
            printf '%s\\n' '#!/bin/sh' 'echo "{\\"hello\\":{\\"agentVersion\\":\\"0.0.1\\",\\"protocolVersion\\":1}}"' >\(agent)
            """)
        try await patient.expectHealed(
            ["agent"], says: "speaks protocol 1", by: "install practice-1")
        try await cluster.onHost("practice-3", "printf x >>\(agent)")
        try await patient.expectHealed(["agent"], says: "its agent has SHA-256", by: "install practice-3")
    }

    private func breakCluster(_ patient: Patient) async throws {
        let cluster = patient.cluster
        try await cluster.fault("practice-1", "locksmithd", "reboot")
        try await patient.expect(["reboots"], says: "REBOOT_STRATEGY=reboot", fix: "locksmithd.service")
        try await cluster.fault("practice-1", "locksmithd", off: true)
        try await cluster.fault("practice-3", "etcd-down")
        try await patient.expect(
            ["etcd-members"], says: "etcd on 'practice-3' is not healthy", fix: "etcd-member")
        try await cluster.fault("practice-3", "etcd-down", off: true)
        try await cluster.fault("practice-2", "fleet-missing")
        try await cluster.until("fleet to miss practice-2") {
            try await patient.doctor().faults == ["fleet"] ? () : nil
        }
        try await patient.expect(["fleet"], says: "practice-2", fix: "systemctl status fleet")
        try await cluster.fault("practice-2", "fleet-missing", off: true)
        try await patient.expectSound()
    }

    private func breakSettings(_ patient: Patient) async throws {
        let place = #"etcd: {endpoint: "http://127.0.0.1:2379"}"#
        try await patient.with(
            place, #"etcd: {endpoint: "https://127.0.0.1:2379", ca-file: /nowhere/ca.pem}"#
        ) {
            try await patient.expectHealed(
                ["etcd"], says: "certificate file: /nowhere/ca.pem", by: "gates.etcd.endpoint")
        }
        let address = try await patient.here(
            "sed -n 's/.*practice-3, address: \\([0-9.]*\\).*/\\1/p' \(patient.cluster.configPath)")
        try await patient.with(place, #"etcd: {endpoint: "http://\#(address):2379"}"#) {
            let found = try await patient.doctor(["practice-1"])
            #expect(
                found.faults == ["etcd"] && found.text.contains("another machine answers there"), "\(found)")
            try await patient.heal(found)
            try await patient.expectSound()
        }
        try await patient.with("fleet: {ttl: 6s}", "fleet: {ttl: 2s}") {
            try await patient.expectHealed(["fleet-ttl"], says: "6 s (agent_ttl", by: "gates.fleet.ttl")
        }
        let file = patient.cluster.configPath
        let below = try await patient.doctor(["--journal", "\(file)/below"])
        #expect(below.faults == ["journal"] && below.text.contains("'\(file)' is no directory"), "\(below)")
        let open = "\(patient.cluster.directory)/open-to-all"
        try await patient.here("mkdir \(open); chmod 777 \(open)")
        try await patient.with("\(patient.cluster.directory)/journal", open) {
            try await patient.expectHealed(["journal"], says: "open-to-all", by: "chmod 700")
        }
    }

    /// Warnings: nothing is wrong, and something is worth a word.
    private func tellOfWhatPassesByItself(_ patient: Patient) async throws {
        let cluster = patient.cluster
        try await patient.with("gates:\n", "gates:\n  http: [{url: \"http://127.0.0.1:1/\"}]\n") {
            let found = try await patient.doctor(environment: ["HTTPS_PROXY": "http://me:secret@127.0.0.1:2"])
            #expect(found.faults == [] && found.warnings == ["proxies", "pages"], "\(found)")
            #expect(found.text.contains("unset HTTPS_PROXY") && !found.text.contains("secret"), "\(found)")
        }
        try await cluster.onHost("practice-1", "systemctl --quiet unmask update-engine.service")
        let unmasked = try await patient.doctor()
        #expect(unmasked.faults == [] && unmasked.warnings == ["update-engine"], "\(unmasked)")
        try await patient.heal(unmasked)
        try await patient.expectSound()
    }
}
