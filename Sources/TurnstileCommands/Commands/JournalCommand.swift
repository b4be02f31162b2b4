import ArgumentParser
import RolloutJournal
import RolloutModel

/// `turnstile journal`
struct JournalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal", abstract: "Look after the journals of rollouts.", subcommands: [Verify.self])

    @ParentCommand var turnstile: TurnstileCommand

    /// `turnstile journal verify`
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check every entry of a journal: its digest, its number, and whether it can follow.",
            discussion: """
                Each line carries a digest of itself and of the line before: what was changed, lost or added later is \
                found. A last line that was being written when the power went announces nothing, and is no damage.
                """)

        @Argument(help: "The rollout's id, or a journal's path. (default: the newest rollout)")
        var rollout: String?

        @ParentCommand var journal: JournalCommand
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await journal.turnstile.files.reportingFailure {
                let verified = VerifiedJournal(path: try path())
                let found = try verified.check()
                switch output.output {
                case .table: found.lines.forEach { print($0) }
                case .json: print(try JSONText.document(found))
                }
            }
        }

        private func path() throws -> String {
            if let rollout, rollout.contains("/") { return rollout }
            return try RolloutChoice(journal.turnstile.files.load()).path(of: rollout, orEnded: true)
        }
    }
}

/// A journal whose every entry is to be checked.
private struct VerifiedJournal {
    var path: String

    /// What a whole journal is told by.
    struct Findings: Encodable {
        var journal: String
        var rollout: String
        var entries: Int
        /// SHA-256 of the last line, in hexadecimal: it stands for all of them.
        var digest: String
        var tornBytes: Int
        var isBeingWritten: Bool

        var lines: [String] {
            var lines = [
                "\(journal): rollout \(rollout), \(entries) entries, all whole",
                "sha256 \(digest)",
            ]
            if tornBytes > 0, !isBeingWritten {
                lines.append(
                    "A last line of \(tornBytes) bytes was never finished: it announced nothing, and a resume drops it."
                )
            }
            if isBeingWritten { lines.append("A turnstile is writing it now.") }
            return lines
        }
    }

    func check() throws(JournalError) -> Findings {
        let reading = try Journal.reading(path: path)
        return Findings(
            journal: path, rollout: reading.record.machine.plan.rollout.rawValue,
            entries: reading.record.entryCount, digest: reading.digest, tornBytes: reading.tornBytes,
            isBeingWritten: try Journal.isBeingWritten(path: path))
    }
}
