import Foundation
import Testing

/// A cluster whose set-up is broken and mended, as an operator does it: by what doctor prints.
struct Patient: Sendable {
    let cluster: PracticeCluster
    /// The directory with `turnstile`, for commands that are pasted.
    private let programs: String

    init(_ cluster: PracticeCluster) throws {
        self.cluster = cluster
        programs = (PracticeCluster.turnstilePath as NSString).deletingLastPathComponent
    }

    /// The result of doctor.
    struct Diagnosis: CustomStringConvertible {
        var outcome: PracticeCluster.Outcome
        fileprivate var document: Document

        fileprivate struct Document: Decodable {
            var findings: [Finding]
        }

        struct Finding: Decodable {
            var check: String
            var verdict: String
            var hosts: [String]
            var said: String
            var fix: [Step]
        }

        struct Step: Decodable {
            var text: String
            var acts: [Act]
        }

        struct Act: Decodable {
            var kind: String
            var line: String?
            var place: String?
            var host: String?
            var key: String?
            var value: String?
        }

        var description: String { outcome.description }
        var text: String { outcome.output }
        var faults: [String] { checks("fault") }
        var warnings: [String] { checks("warning") }
        fileprivate var acts: [Act] { document.findings.flatMap(\.fix).flatMap(\.acts) }

        /// Each once, whichever hosts have it.
        private func checks(_ verdict: String) -> [String] {
            document.findings.filter { $0.verdict == verdict }.map(\.check).reduce(into: []) {
                checks, check in
                if checks.last != check { checks.append(check) }
            }
        }
    }

    func doctor(_ arguments: [String] = [], environment: [String: String] = [:]) async throws -> Diagnosis {
        let variables = environment.map { "\($0.key)=\($0.value)" }
        let outcome = try await cluster.run(
            "/usr/bin/env",
            variables + [
                PracticeCluster.turnstilePath, "--config", cluster.configPath, "doctor", "--output", "json",
            ] + arguments)
        guard outcome.status == 0 || outcome.status == 1 else {
            throw PracticeCluster.Failure(what: "doctor: \(outcome)")
        }
        let document = try JSONDecoder().decode(Diagnosis.Document.self, from: Data(outcome.output.utf8))
        let found = Diagnosis(outcome: outcome, document: document)
        #expect((outcome.status == 1) == !found.faults.isEmpty, "\(outcome)")
        return found
    }

    /// Waits for what needs its time to be whole again, such as fleet's entry of a host that was away.
    func expectSound() async throws {
        try await cluster.until("doctor to find nothing") {
            let found = try await doctor()
            return found.faults.isEmpty && found.warnings.isEmpty ? () : nil
        }
    }

    /// Waits for what needs its time to be seen, and until what follows from it has passed.
    func expect(_ checks: [String], says: String, fix: String) async throws {
        try await cluster.until("doctor to say: \(says)") {
            let found = try await doctor()
            return found.faults == checks && found.text.contains(says) && found.text.contains(fix) ? () : nil
        }
    }

    /// The fault is named, its fix is done as it is printed, and nothing is left to mend.
    func expectHealed(_ checks: [String], says: String, by fix: String) async throws {
        let found = try await doctor()
        #expect(
            found.faults == checks && found.text.contains(says) && found.text.contains(fix),
            "\(says): \(found)")
        try await heal(found)
        try await expectSound()
    }

    /// Types every command of the fixes, and writes every setting.
    ///
    /// - Parameter typed: a command for this machine, as the person types it who may.
    func heal(_ found: Diagnosis, typed: (String) -> String = { $0 }) async throws {
        for act in found.acts {
            switch (act.kind, act.line, act.place) {
            case ("command", let line?, "host"): try await cluster.onHost(act.host ?? "", line)
            case ("command", let line?, "here"):
                // The other way to let a key in.
                if !line.hasPrefix("ssh-copy-id") { try await here(typed(line)) }
            case ("choice", let line?, _):
                let agent =
                    line.contains(" install ")
                    ? " --agent \(PracticeCluster.root)/.build/agent/turnstile-agent" : ""
                try await here(line + agent)
            case ("setting", _, _): try write(act.key ?? "", act.value)
            default: break
            }
        }
    }

    @discardableResult
    func here(_ text: String) async throws -> String {
        let outcome = try await cluster.run(
            "/usr/bin/env", ["PATH=\(programs):/usr/sbin:/usr/bin:/sbin:/bin", "sh", "-e", "-c", text])
        guard outcome.status == 0 else { throw PracticeCluster.Failure(what: "\(text): \(outcome)") }
        return outcome.output.trimmingCharacters(in: .newlines)
    }

    // MARK: The configuration

    /// With something else in the configuration while `body` runs.
    func with(_ text: String, _ other: String, _ body: () async throws -> Void) async throws {
        let kept = try String(contentsOfFile: cluster.configPath, encoding: .utf8)
        #expect(kept.contains(text), "\(kept)")
        try kept.replacing(text, with: other).write(
            toFile: cluster.configPath, atomically: true, encoding: .utf8)
        try await body()
        try kept.write(toFile: cluster.configPath, atomically: true, encoding: .utf8)
    }

    /// In the form that practice clusters' files have.
    private func write(_ key: String, _ value: String?) throws {
        guard let value else { return }
        let text = try String(contentsOfFile: cluster.configPath, encoding: .utf8)
        let changed =
            switch key {
            case "ssh.user": text.replacing(/user: \w+/, with: "user: \(value)")
            case "gates.etcd.endpoint": text.replacing(/etcd: \{.*\}/, with: "etcd: {endpoint: \(value)}")
            case "gates.fleet.ttl": text.replacing(/fleet: \{ttl: \w+\}/, with: "fleet: {ttl: \(value)}")
            default: throw PracticeCluster.Failure(what: "no way to write \(key)")
            }
        try changed.write(toFile: cluster.configPath, atomically: true, encoding: .utf8)
    }
}
