import Foundation
import Testing

extension PracticeClusterTests {
    /// From one host's name to a plan: what init writes, doctor passes and plan loads.
    @Test(.timeLimit(.minutes(10))) func initWritesWhatDoctorPassesAndPlanLoads() async throws {
        try await PracticeCluster.with { cluster in
            let newcomer = try await Newcomer(cluster)
            let printed = try await newcomer.turnstile(["init", "--from", newcomer.address])
            #expect(printed.status == 0 && printed.output.contains("ttl: 6s"), "\(printed)")
            let file = try await newcomer.write()
            #expect(try String(contentsOfFile: file, encoding: .utf8) == printed.output)

            let doctor = try await cluster.run(PracticeCluster.turnstilePath, ["--config", file, "doctor"])
            #expect(doctor.status == 0 && doctor.output.hasSuffix("\nNo fault.\n"), "\(doctor)")
            #expect(doctor.output.contains("new.yaml loads"), "\(doctor)")
            let plan = try await cluster.run(
                PracticeCluster.turnstilePath,
                ["--config", file, "--journal", "\(cluster.directory)/journal", "plan"])
            #expect(plan.status == 0 && plan.errors.contains("Every gate is open"), "\(plan)")
            for host in try await newcomer.addresses() { #expect(plan.output.contains(host), "\(plan)") }

            let again = try await newcomer.turnstile(["init", "--from", newcomer.address, "--write", file])
            #expect(again.status == 1 && again.errors.contains("is there already"), "\(again)")
            let forced = try await newcomer.turnstile(
                ["init", "--from", newcomer.address, "--write", file, "--force"])
            #expect(forced.status == 0, "\(forced)")
        }
    }

    /// A cluster without fleet whose etcd takes TLS alone: address and files are found, and a wrong one is named with
    /// the right one.
    @Test(.timeLimit(.minutes(10))) func initFindsTheFilesOfAnEtcdOfTLSAlone() async throws {
        try await PracticeCluster.with(["--distro", "flatcar"]) { cluster in
            _ = try await cluster.turnToTLS()
            let newcomer = try await Newcomer(cluster)
            let file = try await newcomer.write()
            let text = try String(contentsOfFile: file, encoding: .utf8)
            for line in [
                "enabled: false", "endpoint: \"https://127.0.0.1:2379\"", "ca-file: /etc/etcd/ca.pem",
                "cert-file: /etc/etcd/own.pem", "key-file: /etc/etcd/own.key",
            ] { #expect(text.contains(line), "\(text)") }
            let doctor = try await cluster.run(PracticeCluster.turnstilePath, ["--config", file, "doctor"])
            #expect(doctor.status == 0 && doctor.output.contains("own etcd on all 3 hosts"), "\(doctor)")

            let wrong = "\(cluster.directory)/wrong.yaml"
            try text.replacing("/etc/etcd/ca.pem", with: "/nowhere/ca.pem").write(
                toFile: wrong, atomically: true, encoding: .utf8)
            let named = try await cluster.run(PracticeCluster.turnstilePath, ["--config", wrong, "doctor"])
            #expect(named.status == 1 && named.output.contains("/nowhere/ca.pem"), "\(named)")
            #expect(named.output.contains("gates.etcd.ca-file: /etc/etcd/ca.pem\n"), "\(named)")
        }
    }
}

/// Somebody who knows one host's address and a key, and has no turnstile.yaml but for how hosts are reached.
private struct Newcomer {
    let cluster: PracticeCluster
    let address: String
    private let config: String

    init(_ cluster: PracticeCluster) async throws {
        self.cluster = cluster
        config = "\(cluster.directory)/newcomer.yaml"
        let text = try String(contentsOfFile: cluster.configPath, encoding: .utf8)
        guard let ssh = text.firstMatch(of: /(?m)^ssh: .*$/),
            let host = text.firstMatch(of: /address: ([0-9.]+)/)
        else { throw PracticeCluster.Failure(what: "no host in \(cluster.configPath)") }
        address = String(host.1)
        try "\(ssh.0)\n".write(toFile: config, atomically: true, encoding: .utf8)
    }

    func turnstile(_ arguments: [String]) async throws -> PracticeCluster.Outcome {
        try await cluster.run(PracticeCluster.turnstilePath, ["--config", config] + arguments)
    }

    /// - Returns: the path of what init wrote.
    func write() async throws -> String {
        let file = "\(cluster.directory)/new.yaml"
        let written = try await turnstile(["init", "--from", address, "--write", file])
        guard written.status == 0, written.output.isEmpty else {
            throw PracticeCluster.Failure(what: "init: \(written)")
        }
        return file
    }

    func addresses() async throws -> [String] {
        let text = try String(contentsOfFile: cluster.configPath, encoding: .utf8)
        return text.matches(of: /address: ([0-9.]+)/).map { String($0.1) }
    }
}
