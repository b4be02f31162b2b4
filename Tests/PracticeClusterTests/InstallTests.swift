import Foundation
import Subprocess
import SystemPackage
import Testing

extension PracticeClusterTests {
    /// Installing and removing agents on real hosts, over SFTP as the login user and with real sudo.
    @Suite(.serialized) struct InstallTests {
        static let agentPath = "\(PracticeCluster.root)/.build/agent/turnstile-agent"

        private func install(_ cluster: PracticeCluster, _ more: String...) async throws
            -> PracticeCluster.Outcome
        {
            try await cluster.turnstile(["install", "--agent", Self.agentPath] + more)
        }

        @Test func agentsComeAndGo() async throws {
            try await PracticeCluster.with(["--agent", "none"]) { cluster in
                let before = try await Footprint.readAll(cluster)
                let plan = try await cluster.turnstile(["plan"])
                #expect(plan.status == 2, "\(plan)")
                #expect(
                    plan.errors.contains(
                        "turnstile --config \(cluster.configPath) install practice-1 practice-2 practice-3")
                )
                #expect(
                    plan.errors.components(separatedBy: "no /opt/bin/turnstile-agent on it").count == 4,
                    "\(plan)")

                let installed = try await install(cluster)
                #expect(installed.status == 0, "\(installed)")
                let after = try await Footprint.readAll(cluster)
                for name in cluster.names {
                    #expect(installed.output.contains(try Regex("\(name) +installed +- +0\\.")))
                    #expect(after[name]?.agent.hasPrefix("755:0:0 ") == true)
                    #expect(after[name]?.unit.hasPrefix("644:0:0 ") == true)
                    #expect(after[name]?.enabled == "enabled" && after[name]?.rest == [])
                }
                let open = try await cluster.turnstile(["plan"])
                #expect(open.status == 0 && open.errors.contains("Every gate is open"), "\(open)")

                let again = try await install(cluster, "--output", "json")
                #expect(again.status == 0, "\(again)")
                #expect(again.output.components(separatedBy: "up to date").count == 4)
                #expect(try await Footprint.readAll(cluster) == after)

                let removed = try await cluster.turnstile(["uninstall", "--purge"])
                #expect(removed.status == 0, "\(removed)")
                #expect(try await Footprint.readAll(cluster) == before)
                #expect(try await cluster.turnstile(["uninstall"]).output.contains("absent"))
            }
        }

        @Test func anUpgradedHostIsGivenBackBeforeItsAgentGoes() async throws {
            try await PracticeCluster.with { cluster in
                // The group differs from the rollout's: the file is changed, and the found file is kept.
                try await cluster.onHost(
                    "practice-1", "sed -i s/GROUP=stable/GROUP=beta/ /etc/coreos/update.conf")
                let upgrade = try await cluster.turnstile(["upgrade", "--yes", "--stop-after", "1"])
                #expect(upgrade.status == 0, "\(upgrade)")
                let record = try await cluster.onHost("practice-1", "cat /var/lib/turnstile/state.json")
                let before = try await Footprint.readAll(cluster)
                let removal = try await cluster.turnstile(["uninstall", "practice-1"])
                #expect(
                    removal.status == 2 && removal.errors.contains(" abandon r-"),
                    "\(removal)")
                // Between two hosts of a held rollout, an agent may be replaced by the operator who has the journal.
                try await cluster.onHost("practice-1", "echo older >>/opt/bin/turnstile-agent")
                let other = Operator(cluster: cluster, machine: "bastion")
                let refused = try await other.turnstile(["install", "--agent", Self.agentPath, "practice-1"])
                #expect(refused.status == 2 && refused.errors.contains(" unlock r-"), "\(refused)")
                let replaced = try await install(cluster, "practice-1")
                #expect(replaced.status == 0 && replaced.output.contains("replaced"), "\(replaced)")
                #expect(try await Footprint.readAll(cluster) == before)
                #expect(try await cluster.onHost("practice-1", "cat /var/lib/turnstile/state.json") == record)

                let abandoned = try await cluster.turnstile(["abandon", "--yes"])
                #expect(abandoned.status == 0, "\(abandoned)")
                let removed = try await cluster.turnstile(["uninstall", "practice-1"])
                #expect(removed.status == 0 && removed.output.contains("removed"), "\(removed)")
                // The highest token is kept when the agent is removed.
                #expect(
                    try await cluster.onHost("practice-1", "cat /var/lib/turnstile/state.json")
                        .contains("\"token\""))
            }
        }

        /// A failed installation leaves the older agent on its host as it was, and no file of the upload.
        @Test func whatGoesWrongLeavesTheOldAgentWhole() async throws {
            try await PracticeCluster.with { cluster in
                // The older agent is the same program with a tail.
                for name in cluster.names {
                    try await cluster.onHost(name, "echo older >>/opt/bin/turnstile-agent")
                }
                let before = try await Footprint.readAll(cluster)
                try await aRolloutUnderWay(cluster)
                try await anUploadThatIsSpoilt(cluster)
                try await anUploadThatIsCut(cluster)
                for (name, footprint) in try await Footprint.readAll(cluster) {
                    #expect(footprint == before[name], "\(name)")
                }

                let replaced = try await install(cluster)
                #expect(replaced.status == 0, "\(replaced)")
                #expect(replaced.output.components(separatedBy: "replaced").count == 4, "\(replaced)")
            }
        }

        private func aRolloutUnderWay(_ cluster: PracticeCluster) async throws {
            let records = [
                (#"{"authority":{"rollout":"r-9","token":3},"formatVersion":1,"phase":"staging"}"#, "r-9"),
                (#"{"formatVersion":9,"phase":"idle"}"#, "--despite-unreadable"),
            ]
            for (record, word) in records {
                try await cluster.onHost(
                    "practice-1",
                    "install -d -m 0700 /var/lib/turnstile; echo '\(record)' >/var/lib/turnstile/state.json")
                for command in [["install", "--agent", Self.agentPath], ["uninstall"]] {
                    let refused = try await cluster.turnstile(command + ["practice-1"])
                    #expect(refused.status == 2 && refused.errors.contains(word), "\(refused)")
                    #expect(refused.output.contains("refused"))
                }
            }
            try await cluster.onHost("practice-1", "rm -r /var/lib/turnstile")
        }

        /// Another process writes to the uploaded file before it is checked.
        private func anUploadThatIsSpoilt(_ cluster: PracticeCluster) async throws {
            try await cluster.onHost(
                "practice-2",
                """
                systemd-run --quiet --collect --unit=spoil sh -c '
                    while :; do
                        for file in /tmp/turnstile-install.*/agent; do [ ! -f "$file" ] || echo x >>"$file"; done
                    done'
                """)
            let spoilt = try await install(cluster, "practice-2")
            #expect(spoilt.status == 1 && spoilt.errors.contains("another SHA-256"), "\(spoilt)")
            try await cluster.onHost("practice-2", "systemctl stop spoil.service")
        }

        /// turnstile is killed during the upload of an agent: the host stops the receiving process as soon as bytes
        /// have come.
        private func anUploadThatIsCut(_ cluster: PracticeCluster) async throws {
            try await cluster.onHost(
                "practice-3",
                """
                cat >/run/catch <<'TEXT'
                while :; do
                    taker=$(find /proc/[0-9]*/fd -lname '/tmp/turnstile-install.*/.agent*' 2>/dev/null | cut -d / -f 3)
                    [ -z "$taker" ] || { kill -STOP "$taker" && echo "$taker" >/run/caught && exit; }
                done
                TEXT
                systemd-run --quiet --collect --unit=catch --property=RuntimeMaxSec=120 sh /run/catch
                """)
            let long = "\(cluster.directory)/long-agent"
            let cut = try await cluster.run(
                "/bin/bash",
                [
                    "-c",
                    """
                    cp "$1" "$2" && truncate -s 100M "$2"
                    "$0" --config "$3" install --agent "$2" practice-3 &
                    installer=$!
                    for try in $(seq 600); do
                        if "$4" ssh practice-3 test -s /run/caught; then kill -KILL "$installer"; echo cut; break; fi
                        kill -0 "$installer" || break
                        sleep 0.1
                    done
                    wait "$installer"
                    """, PracticeCluster.turnstilePath, Self.agentPath, long, cluster.configPath,
                    "\(PracticeCluster.root)/Scripts/practice",
                ])
            #expect(cut.status == 137 && cut.output.hasSuffix("cut\n"), "\(cut)")
            try await cluster.onHost(
                "practice-3",
                """
                kill -CONT "$(cat /run/caught)"
                for try in $(seq 200); do
                    ls -d /tmp/turnstile-install.* 2>/dev/null || exit 0
                    sleep 0.1
                done
                exit 1
                """)
        }
    }
}

/// The files of Turnstile on a host, read without any program of Turnstile's.
private struct Footprint: Hashable, Sendable {
    /// Mode, owners, digest; or `none`.
    var agent: String
    var unit: String
    var enabled: String
    /// Uploads and half-made files.
    var rest: [String]

    static func readAll(_ cluster: PracticeCluster) async throws -> [String: Footprint] {
        var all: [String: Footprint] = [:]
        for name in cluster.names { all[name] = try await read(cluster, name) }
        return all
    }

    private static func read(_ cluster: PracticeCluster, _ host: String) async throws -> Footprint {
        let text = try await cluster.onHost(
            host,
            """
            file() { [ -f "$1" ] && echo "$(stat -c %a:%u:%g "$1") $(sha256sum <"$1")" || echo none; }
            file /opt/bin/turnstile-agent
            file /etc/systemd/system/turnstile-agent.service
            systemctl is-enabled turnstile-agent.service 2>/dev/null || echo none
            ls -dA /tmp/turnstile-install.* /opt/bin/.[!.]* /etc/systemd/system/.[!.]* /run/turnstile \
                /var/lib/turnstile 2>/dev/null | grep -vx /run/turnstile || true
            """)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count >= 3 else { throw PracticeCluster.Failure(what: "footprint of \(host): \(text)") }
        return Footprint(agent: lines[0], unit: lines[1], enabled: lines[2], rest: Array(lines[3...]))
    }
}
