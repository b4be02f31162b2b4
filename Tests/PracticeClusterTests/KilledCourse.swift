import Foundation

/// A command of turnstile's that is killed right after entries of its journal, each time before anything follows from the
/// entry, and resumed. No entry kills twice.
struct KilledCourse: Sendable {
    let cluster: PracticeCluster
    private let library: String
    private let seen: String
    private let seed: UInt64

    struct End: CustomStringConvertible {
        var kills = 0

        var description: String { "\(kills) kills" }
    }

    /// With TURNSTILE_EVERY_ENTRY=1, every entry kills.
    private static let isWhole = ProcessInfo.processInfo.environment["TURNSTILE_EVERY_ENTRY"] == "1"
    /// The time after the announcement of an act, at most, in which turnstile is killed.
    private static let actMilliseconds = 1500

    init(_ cluster: PracticeCluster) async throws {
        self.cluster = cluster
        (library, seen) = ("\(cluster.directory)/entrykill.so", "\(cluster.directory)/killed")
        seed =
            ProcessInfo.processInfo.environment["TURNSTILE_SEED"].flatMap { UInt64($0) }
            ?? .random(in: 1...(.max))
        print("KilledCourse: TURNSTILE_SEED=\(seed)")
        let built = try await cluster.run(
            "/usr/bin/cc",
            [
                "-shared", "-fPIC", "-O1", "-Wall", "-o", library,
                "\(PracticeCluster.root)/Scripts/practice.d/entrykill.c",
            ])
        guard built.status == 0 else { throw PracticeCluster.Failure(what: "entrykill: \(built)") }
    }

    /// Goes on until the command, or the one that resumes it, ends well. A kill leaves no hold behind.
    ///
    /// - Parameters:
    ///   - every: one entry of so many kills, by the seed.
    ///   - resume: gives the command that goes on; nil where nothing is left to do.
    /// - Throws: `Failure` where it ends otherwise.
    func run(
        _ first: [String], every: Int, resume: () async throws -> [String]?
    ) async throws -> End {
        try? FileManager.default.removeItem(atPath: seen)
        var (end, command) = (End(), first)
        while true {
            let outcome = try await run(command, every)
            switch outcome.status {
            case 0: return end
            case -9: end.kills += 1
            default:
                throw PracticeCluster.Failure(what: "\(command), seed \(seed), after \(end): \(outcome)")
            }
            guard let next = try await resume() else { return end }
            command = next
        }
    }

    /// The command that goes on with a rollout, as `status` prints it; nil where it prints none.
    func printed() async throws -> [String]? {
        let status = try await cluster.turnstile(["status"])
        let line = status.output.firstMatch(of: /Go on with: turnstile .* (resume .*)/)
        return line.map { $0.1.split(separator: " ").map(String.init) + ["--yes"] }
    }

    private func run(_ arguments: [String], _ every: Int) async throws -> PracticeCluster.Outcome {
        try await cluster.run(
            "/usr/bin/env",
            [
                "LD_PRELOAD=\(library)", "ENTRYKILL_SEEN=\(seen)", "ENTRYKILL_SEED=\(seed)",
                "ENTRYKILL_EVERY=\(Self.isWhole ? 1 : every)", "ENTRYKILL_ACT_MS=\(Self.actMilliseconds)",
                PracticeCluster.turnstilePath, "--config", cluster.configPath,
            ] + arguments)
    }
}
