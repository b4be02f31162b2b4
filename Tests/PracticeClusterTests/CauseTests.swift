import Foundation
import Subprocess
import SystemPackage
import Testing

/// The output while a rollout is held: the cause, its host and one remedy, in few lines.
extension PracticeClusterTests {
    /// ssh is refused on one host in the middle of a rollout. Fleet, units and etcd cannot be asked there either. All
    /// faults are one hold, and the wait before it prints few lines.
    @Test func aRefusedLoginIsOneHoldAndAFewLines() async throws {
        try await PracticeCluster.with { cluster in
            let config = cluster.directory + "/patient.yaml"
            try cluster.withGateTimeout(seconds: 75, at: config)
            let first = try await cluster.turnstile(["upgrade", "--yes", "--stop-after", "1"])
            #expect(first.status == 0, "\(first)")

            try await cluster.fault("practice-3", "ssh-down")
            let held = try await cluster.run(PracticeCluster.turnstilePath, ["--config", config, "resume"])
            #expect(held.status == 2, "\(held)")
            let lines = held.errors.split(separator: "\n").map(String.init)
            let causes = lines.drop { !$0.contains(" is held since ") }.filter { $0.hasPrefix("  - ") }
            #expect(causes.count == 1, "\(held)")
            #expect(
                causes.first?.hasPrefix("  - host: host 'practice-3' could not be read") == true, "\(held)")
            #expect(lines.count { $0.hasPrefix("    Also: ") } == 1, "\(held)")
            let remedies = lines.filter { $0.contains("What to do:") }
            #expect(
                remedies.count == 1
                    && remedies[0].contains("'practice-3' is up, and nothing there takes ssh"), "\(held)")
            #expect(!held.errors.contains("--override"), "\(held)")
            #expect(
                held.errors.contains(#/Settings differ from the start: timeouts\.gate \(was \d[^)]*\)\. /#),
                "\(held)")

            // In 75 s there are lines at the beginning, after a minute, and where a reason was new.
            let waits = lines.filter { $0.contains("waiting for the gates to open") }
            #expect((2...4).contains(waits.count), "\(held)")
            for wait in waits {
                #expect(wait.contains("'practice-3'") && wait.count <= 220, "\(wait)")
            }
            try await cluster.fault("practice-3", "ssh-down", off: true)
            // The difference has been reported before.
            let again = try await cluster.run(
                PracticeCluster.turnstilePath, ["--config", config, "resume", "--yes"])
            #expect(again.status == 0 && !again.errors.contains("Settings differ"), "\(again)")
        }
    }

    /// A closed terminal sends SIGHUP more than once, which is one request: the host at work is finished, and the next
    /// is not begun.
    @Test func aLostTerminalIsOneRequest() async throws {
        try await PracticeCluster.with { cluster in
            let result = try await Subprocess.run(
                .path(FilePath(PracticeCluster.turnstilePath)),
                arguments: Arguments(["--config", cluster.configPath, "upgrade", "--yes"]), input: .none,
                output: .string(limit: 1 << 20), error: .string(limit: 1 << 20)
            ) { execution in
                while try !cluster.journalled(#""intent":{"commit""#) {
                    try await Task.sleep(for: .milliseconds(20))
                }
                // The signals of bash, the kernel, and a session manager.
                for number: Subprocess.Signal in [
                    .terminalClosed, .terminalClosed, .terminate, .terminalClosed,
                ] {
                    try execution.send(signal: number)
                    try await Task.sleep(for: .milliseconds(100))
                }
            }
            #expect(result.terminationStatus == .exited(2), "\(result.standardError)")
            #expect(!result.standardError.contains("in the middle of a step"))
            let evidence = try await HostEvidence.readAll(cluster)
            #expect(evidence["practice-1"]?.version == "1409.7.0")
            #expect(evidence["practice-2"]?.version != "1409.7.0")
        }
    }

    /// The terminal itself is gone: what is written there fails, and the kernel sends SIGHUP. The host at work is finished, and
    /// the next is not begun.
    @Test func aTerminalThatIsGoneIsOneRequest() async throws {
        try await PracticeCluster.with { cluster in
            // The paths are this checkout's, and have no blanks.
            let words = [PracticeCluster.turnstilePath, "--config", cluster.configPath, "upgrade", "--yes"]
            _ = try await Subprocess.run(
                .path("/usr/bin/script"), arguments: ["-qec", words.joined(separator: " "), "/dev/null"],
                input: .none, output: .discarded, error: .discarded
            ) { execution in
                while try !cluster.journalled(#""intent":{"commit""#) {
                    try await Task.sleep(for: .milliseconds(20))
                }
                try execution.send(signal: .kill)
            }
            try await cluster.until("the rollout holds", every: .milliseconds(50)) {
                try cluster.journalled("holdRequested") ? () : nil
            }
            let evidence = try await HostEvidence.readAll(cluster)
            #expect(evidence["practice-1"]?.version == "1409.7.0")
            #expect(evidence["practice-2"]?.version != "1409.7.0")
            try await cluster.until("nobody drives it any more", every: .milliseconds(200)) {
                let hold = try await cluster.turnstile(["hold"])
                return hold.status == 2 ? () : nil
            }
            let resume = try await cluster.turnstile(["resume", "--yes"])
            #expect(resume.status == 0, "\(resume)")
        }
    }
}

extension PracticeCluster {
    /// Writes the cluster's configuration with another timeout for gates. The cluster's own one grows with the
    /// slowness of the machine.
    fileprivate func withGateTimeout(seconds: Int, at path: String) throws {
        let plain = try String(contentsOfFile: configPath, encoding: .utf8)
        let changed = plain.replacing(/gate: \d+s/, with: "gate: \(seconds)s")
        guard changed != plain else { throw Failure(what: "no timeouts.gate in \(configPath)") }
        try changed.write(toFile: path, atomically: true, encoding: .utf8)
    }

    fileprivate func journalled(_ words: String) throws -> Bool {
        guard let path = try? journalPath() else { return false }
        return try String(contentsOfFile: path, encoding: .utf8).contains(words)
    }
}
