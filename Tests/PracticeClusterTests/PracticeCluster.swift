import Foundation
import ProcessInput
import Subprocess
import SystemPackage

/// Three real hosts on this machine, booted for one test and gone after it.
struct PracticeCluster: Sendable {
    /// The checkout.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    let directory: String
    let names = ["practice-1", "practice-2", "practice-3"]

    struct Outcome: Sendable, CustomStringConvertible {
        /// -N for signal N.
        var status: Int32
        var output: String
        var errors: String

        var description: String { "status \(status)\n--- stdout\n\(output)\n--- stderr\n\(errors)" }
    }

    /// Boots a cluster, runs `body`, and takes the cluster down whatever happened.
    static func with(_ options: [String] = [], _ body: (PracticeCluster) async throws -> Void) async throws {
        let cluster = PracticeCluster(
            directory: "\(root)/.practice/test-\(String(UInt32.random(in: 0...(.max)), radix: 16))")
        let up = try await cluster.practice(["up"] + options)
        guard up.status == 0 else {
            try await cluster.takeDown()
            throw Failure(what: "practice up: \(up)")
        }
        do {
            try await body(cluster)
        } catch {
            try await cluster.takeDown()
            throw error
        }
        try await cluster.takeDown()
    }

    /// The cluster itself, and the journals of rollouts on it; also for a test that was cancelled.
    private func takeDown() async throws {
        // A task of its own: a cancelled one cannot run a command to its end.
        try await Task { try await removeEverything() }.value
    }

    private func removeEverything() async throws {
        let down = try await practice(["down"])
        guard down.status == 0 else { throw Failure(what: "practice down: \(down)") }
        try? FileManager.default.removeItem(atPath: directory)
    }

    struct Failure: Error, CustomStringConvertible {
        var what: String
        var description: String { what }
    }

    func practice(_ arguments: [String], input: String = "") async throws -> Outcome {
        try await run("\(Self.root)/Scripts/practice", arguments, input: input)
    }

    func turnstile(_ arguments: [String]) async throws -> Outcome {
        try await run(Self.turnstilePath, ["--config", configPath] + arguments)
    }

    /// Runs a shell text on a host, as root, by its console. A login costs far more, and few tests are about logins.
    ///
    /// - Throws: `Failure` unless it exits 0.
    @discardableResult
    func onHost(_ host: String, _ text: String) async throws -> String {
        let outcome = try await practice(Self.console(host) + ["sh", "-c", text])
        guard outcome.status == 0 else { throw Failure(what: "\(text) on \(host): \(outcome)") }
        return outcome.output.trimmingCharacters(in: .newlines)
    }

    /// The words that run a command on a host as root, in the environment that sudo gives.
    static func console(_ host: String) -> [String] {
        let path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/bin"
        return ["console", host, "env", "-i", "-C", "/root", "HOME=/root", "PATH=\(path)"]
    }

    /// True if a login works.
    func isReached(_ host: String) async throws -> Bool {
        try await practice(["ssh", host, "true"]).status == 0
    }

    /// - Parameter value: what the kind takes, where it takes something.
    func fault(_ host: String, _ kind: String, _ value: String? = nil, off: Bool = false) async throws {
        let outcome = try await practice(
            ["fault", host, kind] + (value.map { [$0] } ?? []) + (off ? ["off"] : []))
        guard outcome.status == 0 else { throw Failure(what: "fault \(host) \(kind): \(outcome)") }
    }

    func offer(_ version: String, to host: String? = nil) async throws {
        let outcome = try await practice(["offer", version] + (host.map { [$0] } ?? []))
        guard outcome.status == 0 else { throw Failure(what: "offer \(version): \(outcome)") }
    }

    var configPath: String { "\(directory)/turnstile.yaml" }

    /// Beside the test bundle: the same build.
    static let turnstilePath = "\(root)/.build/debug/turnstile"

    func run(_ path: String, _ arguments: [String], input: String = "") async throws -> Outcome {
        let result = try await Subprocess.run(
            .path(FilePath(path)), arguments: Arguments(arguments),
            environment: .inherit.updating(["TURNSTILE_PRACTICE_DIR": directory]),
            workingDirectory: FilePath(Self.root),
            input: .fileDescriptor(try FilledPipe.readEnd(of: input), closeAfterSpawningProcess: true),
            output: .string(limit: 1 << 22),
            error: .string(limit: 1 << 22))
        let status: Int32 =
            switch result.terminationStatus {
            case .exited(let code): code
            case .signaled(let number): -number
            }
        return Outcome(
            status: status, output: result.standardOutput, errors: result.standardError)
    }
}
