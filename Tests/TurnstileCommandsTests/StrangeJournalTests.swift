import Foundation
import KeptFormats
import RolloutModel
import Testing

/// A file that is no journal, or an unreadable one, is reported, and blocks no other rollout.
extension ProgramTests {
    /// Runs turnstile beside a held rollout r-1, with a strange file in the place of a newer rollout's journal.
    private func turnstile(_ arguments: [String], beside strange: StrangeFile?) async throws -> Outcome {
        try await turnstile(arguments, beside: strange, among: files(Self.held))
    }

    private func turnstile(
        _ arguments: [String], beside strange: StrangeFile?, among files: [String: String]
    ) async throws -> Outcome {
        let journal = Data((files["journals/r-1.jsonl"] ?? "").utf8)
        return try await turnstile(arguments, files: files) { directory in
            try strange?.put(
                at: directory.appending(path: "journals/r-2.jsonl").path, insteadOf: journal)
        }
    }

    @Test(arguments: StrangeFile.makeable) func historyNamesItAndListsTheOthers(strange: StrangeFile)
        async throws
    {
        let outcome = try await turnstile(["history"], beside: strange)
        #expect(outcome.status == 1, "\(outcome)")
        #expect(outcome.output.contains("r-1      held   0 of 2  2.0.0"), "\(outcome)")
        #expect(
            outcome.errors.contains("journals/r-2.jsonl'") && outcome.errors.contains(strange.words),
            "\(outcome)")
    }

    @Test(arguments: StrangeFile.makeable) func statusNamesItAndShowsTheNewestThatCanBeRead(
        strange: StrangeFile
    ) async throws {
        let outcome = try await turnstile(["status"], beside: strange)
        #expect(outcome.status == 0, "\(outcome)")
        #expect(outcome.output.contains("r-1"), "\(outcome)")
        #expect(
            outcome.errors.contains("Left out: ") && outcome.errors.contains(strange.words), "\(outcome)")
    }

    /// Commands on another rollout work as they do without the file. Commands that choose among rollouts report the
    /// file.
    @Test(arguments: StrangeFile.makeable) func aRollbackIsNotHeldUp(strange: StrangeFile) async throws {
        try await expectNoDifference(["rollback", "127.0.0.1:2", "--yes"], strange)
    }

    @Test(arguments: [
        ["resume"], ["resume", "r-1"], ["abandon", "--yes"], ["abandon", "r-1", "--yes"],
        ["abandon", "--yes", "--host", "127.0.0.1:1"], ["upgrade", "--yes"], ["hold"],
        ["unlock", "r-1", "--yes"],
        ["unlock", "--reset-tokens", "--yes"],
        ["lose", "127.0.0.1:1", "--because", "x", "--yes-it-is-lost", "127.0.0.1:1"], ["plan"],
    ]) func noCommandOnAnotherRolloutIsHeldUp(arguments: [String]) async throws {
        for strange in [StrangeFile.noise, .linkInCircles] {
            try await expectNoDifference(arguments, strange)
        }
    }

    private func expectNoDifference(_ arguments: [String], _ strange: StrangeFile) async throws {
        // The journal of both has the same times, which a refusal tells.
        let files = try await files(Self.held)
        let without = try await turnstile(arguments, beside: nil, among: files)
        let outcome = try await turnstile(arguments, beside: strange, among: files)
        #expect(outcome.status == without.status, "\(outcome)")
        #expect(outcome.output == without.output)
        let others = outcome.errors.split(separator: "\n").filter { !$0.contains("r-2") }
        #expect(others == without.errors.split(separator: "\n"), "\(arguments)")
    }

    /// A command on the rollout of the unreadable journal is refused, with a remedy.
    @Test(arguments: [StrangeFile.noise, .empty, .firstLineCut, .directory, .linkToNothing, .linkInCircles])
    func itsOwnRolloutIsRefusedWithTheWayOn(strange: StrangeFile) async throws {
        for arguments in [
            ["resume", "r-2"], ["abandon", "r-2", "--yes"], ["status", "r-2"], ["history", "r-2"],
        ] {
            let outcome = try await turnstile(arguments, beside: strange)
            #expect(outcome.status == 1, "\(outcome)")
            #expect(outcome.errors.contains("'turnstile resume --from-hosts'"), "\(outcome)")
        }
    }

    /// A strange file that is alone in the directory is reported all the same.
    @Test(arguments: StrangeFile.makeable) func aloneItIsNamed(strange: StrangeFile) async throws {
        var files = try await files(Self.held)
        let journal = Data((files.removeValue(forKey: "journals/r-1.jsonl") ?? "").utf8)
        files["journals/notes.txt"] = ""
        let outcome = try await turnstile(["status"], files: files) { directory in
            try strange.put(at: directory.appending(path: "journals/r-2.jsonl").path, insteadOf: journal)
        }
        #expect(outcome.status == 1 && outcome.output.isEmpty, "\(outcome)")
        #expect(outcome.errors.contains(strange.words), "\(outcome)")
    }
}
