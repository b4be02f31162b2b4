import Foundation
import Testing

extension PracticeClusterTests {
    /// What fleet ran before must run again, anywhere, before the next host goes. Whoever plays fleet's engine here moves
    /// the unit, late.
    @Test func theNextHostWaitsForFleetsUnits() async throws {
        try await PracticeCluster.with { cluster in
            let engine = FleetEngine(cluster: cluster)
            try await engine.launch("web.service", on: "practice-1")
            try await engine.launch("ill.service", on: nil)

            let first = try await cluster.turnstile(["upgrade", "--yes", "--stop-after", "1"])
            #expect(first.status == 0, "\(first)")
            #expect(first.errors.contains("fleet runs 1 units, which are waited for"), "\(first)")
            #expect(first.errors.contains("not waited for: ill.service"), "\(first)")

            try await engine.lose("web.service")
            let held = try await cluster.turnstile(["resume", "--yes"])
            #expect(held.status == 2, "\(held)")
            #expect(held.errors.contains("does not run as many of them now: web.service"), "\(held)")
            #expect(try await HostEvidence.readAll(cluster)["practice-2"]?.version == "1353.8.0")

            try await engine.launch("web.service", on: "practice-3")
            let done = try await cluster.turnstile(["resume", "--yes"])
            #expect(done.status == 0, "\(done)")
            #expect(try await HostEvidence.readAll(cluster).values.allSatisfy { $0.version == "1409.7.0" })
        }
    }
}

/// Writes what fleet's engine and agents would, in fleet's own keys.
private struct FleetEngine {
    let cluster: PracticeCluster

    func launch(_ unit: String, on host: String?) async throws {
        try await set("job/\(unit)/target-state", "launched")
        guard let host else { return }
        let machine = try await cluster.onHost(host, "cat /etc/machine-id")
        try await set(
            "states/\(unit)/\(machine)",
            #"{"loadState":"loaded","activeState":"active","subState":"running","machineState":{"ID":"\#(machine)"}}"#
        )
    }

    /// Its machine went, and nothing has started it elsewhere yet.
    func lose(_ unit: String) async throws {
        try await etcdctl("rm --recursive /_coreos.com/fleet/states/\(unit)")
    }

    private func set(_ key: String, _ value: String) async throws {
        try await etcdctl("set /_coreos.com/fleet/\(key) '\(value)'")
    }

    private func etcdctl(_ words: String) async throws {
        _ = try await cluster.onHost("practice-2", "ETCDCTL_API=2 etcdctl \(words) >/dev/null")
    }
}
