import Foundation
import Subprocess
import SystemPackage

/// An operator at a machine of their own, with another host name and a journal of their own. The cluster is the same
/// for all.
struct Operator: Sendable {
    let cluster: PracticeCluster
    let machine: String

    /// The operator's name, as holders of a cluster are named.
    var name: String { "root@\(machine)" }
    var journalDirectory: String { "\(cluster.directory)/journal-of-\(machine)" }

    /// The rollouts that this operator began, oldest first.
    var rollouts: [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: journalDirectory)) ?? []
        return files.filter { $0.hasSuffix(".jsonl") }.map { String($0.dropLast(".jsonl".count)) }.sorted()
    }

    /// The lines of all journals of this operator.
    var journal: [Substring] {
        rollouts.flatMap { rollout in
            let text = try? String(contentsOfFile: "\(journalDirectory)/\(rollout).jsonl", encoding: .utf8)
            return (text ?? "").split(separator: "\n")
        }
    }

    func turnstile(_ arguments: [String]) async throws -> PracticeCluster.Outcome {
        try await cluster.run(Self.unshare, command(arguments))
    }

    /// Starts turnstile and kills it, `delay` after its journal has come to a mark.
    ///
    /// - Throws: `Failure` where it ended before the mark, or the mark never came.
    func kill(_ arguments: [String], when mark: JournalMark, after delay: Duration = .zero) async throws {
        let result = try await Subprocess.run(
            .path(FilePath(Self.unshare)), arguments: Arguments(command(arguments)), input: .none,
            output: .discarded, error: .discarded
        ) { execution in
            defer { try? execution.send(signal: .kill) }
            try await awaitJournalled(mark)
            try await Task.sleep(for: delay)
        }
        guard result.terminationStatus == .signaled(9) else {
            throw PracticeCluster.Failure(
                what: "\(arguments) of \(name) ended before it could be killed: \(result.terminationStatus)")
        }
    }

    /// Starts turnstile, suspends it when its journal has come to a mark, and lets it go on after `body`.
    func asleep<Result: Sendable>(
        _ arguments: [String], from mark: JournalMark, during body: () async throws -> Result
    ) async throws -> (PracticeCluster.Outcome, Result) {
        let result = try await Subprocess.run(
            .path(FilePath(Self.unshare)), arguments: Arguments(command(arguments)), input: .none,
            output: .string(limit: 1 << 20), error: .string(limit: 1 << 20)
        ) { execution in
            defer { try? execution.send(signal: .resume) }
            try await awaitJournalled(mark)
            try execution.send(signal: .suspend)
            return try await body()
        }
        guard case .exited(let status) = result.terminationStatus else {
            throw PracticeCluster.Failure(what: "\(arguments) of \(name): \(result.terminationStatus)")
        }
        let outcome = PracticeCluster.Outcome(
            status: status, output: result.standardOutput, errors: result.standardError)
        return (outcome, result.closureResult)
    }

    /// Waits until the journal has come to a mark.
    func awaitJournalled(_ mark: JournalMark) async throws {
        try await cluster.until("\(mark) in the journal of \(name)", every: .milliseconds(50)) {
            mark.isReached(in: journal) ? () : nil
        }
    }

    private static let unshare = "/usr/bin/unshare"

    /// The command that runs turnstile. The programs replace each other by exec, so that a kill hits turnstile.
    private func command(_ arguments: [String]) -> [String] {
        [
            "--uts", "sh", "-c", #"hostname "$0" && exec "$@""#, machine, PracticeCluster.turnstilePath,
            "--config", cluster.configPath, "--journal", journalDirectory,
        ] + arguments
    }
}

/// A place in a rollout: the n-th line with all these words.
struct JournalMark: Hashable, Sendable {
    var words: [String]
    var times = 1

    /// The intent of an act on a host.
    static func intent(_ act: String, _ host: String) -> JournalMark {
        JournalMark(words: [#""intent":{"\#(act)":"#, #""\#(host)""#])
    }

    static func event(_ name: String, times: Int = 1) -> JournalMark {
        JournalMark(words: [#""event":{"\#(name)":"#], times: times)
    }

    /// A turnstile took the cluster lock, and goes on.
    static func attached(times: Int = 1) -> JournalMark {
        JournalMark(words: [#""attached":"#], times: times)
    }

    func isReached(in journal: [Substring]) -> Bool {
        journal.count { line in words.allSatisfy { line.contains($0) } } >= times
    }
}
