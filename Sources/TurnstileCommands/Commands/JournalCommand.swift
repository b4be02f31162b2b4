import ArgumentParser
import Reports
import RolloutJournal
import RolloutModel
import Rollouts
import Settings

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
                found. A last line that was being written when the power went announces nothing, and is no damage. \
                Lines that are gone from the end leave no trace in the file: with --hosts those are asked that saw it \
                last.
                """)

        @Argument(
            help: "The rollout's id, or a journal's path. (default: the newest rollout)",
            completion: .rollouts)
        var rollout: String?

        @Flag(help: "Also ask the rollout's hosts, and etcd, which entry they saw last.")
        var hosts = false

        @ParentCommand var journal: JournalCommand
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await journal.turnstile.files.reportingFailure {
                let path = try await path()
                // Hosts are asked before the journal is read, since a turnstile may be writing it.
                let seen = hosts ? try await sightings(of: path) : nil
                let found = try VerifiedJournal(path: path).check(seen)
                try output.output.show(found) { _ in found.lines }
                try found.requireUndoubted(journal.turnstile.files.invocation)
            }
        }

        private func path() async throws -> String {
            if let rollout, rollout.contains("/") { return rollout }
            let journals = try journal.turnstile.files.load().journals
            let choice = RolloutChoice(journals, journal.turnstile.files.invocation)
            return journals.name(try await choice.kept(named: rollout))
        }

        private func sightings(of path: String) async throws -> [RolloutLock.Sighting] {
            let plan = try Journal.read(path: path).machine.remaining
            let session = try RolloutSession.open(
                journal.turnstile.files.load(), hosts: plan.hosts.map(\.id))
            return await session.asking("which entry they saw last") { session in
                let reports = await session.cluster.access.reports(of: session.hosts)
                return await session.cluster.lock.sightings(in: reports)
            }
        }
    }
}

/// A journal whose entries are all to be checked.
private struct VerifiedJournal {
    var path: String

    /// The facts about a whole journal.
    struct Findings: Encodable {
        var journal: String
        var rollout: String
        var entries: Int
        /// The SHA-256 of the last line, in hexadecimal; it covers all lines.
        var digest: String
        var tornBytes: Int
        /// The number of entries with evidence that cannot be read.
        var unreadableEvidence: Int
        var isBeingWritten: Bool
        /// The comparison with the ends that hosts and etcd saw; nil if they were not asked.
        var seen: JournalProof?

        var lines: [String] {
            var lines = [
                "\(journal): rollout \(rollout), \(entries) entries, each of them whole",
                "sha256 \(digest)",
            ]
            if tornBytes > 0, !isBeingWritten {
                lines.append(
                    "A last line of \(tornBytes) bytes was never finished: it announced nothing, and a resume drops it."
                )
            }
            if unreadableEvidence > 0 {
                lines.append(
                    "The evidence of gates cannot be read in \(unreadableEvidence) of them; nothing follows from evidence."
                )
            }
            if isBeingWritten { lines.append("A turnstile is writing it now.") }
            guard let seen else {
                return lines + [
                    "Lines that are gone from its end leave no trace in it: --hosts asks who saw it last."
                ]
            }
            return lines + (seen.doubts.isEmpty ? seen.lines : [])
        }

        /// - Throws: `CommandFailure` that names the hosts or the store that saw another journal.
        func requireUndoubted(_ invocation: Invocation) throws {
            guard let doubts = seen?.doubts, !doubts.isEmpty else { return }
            let lines =
                ["journal '\(journal)' is not the one that others saw:"] + doubts.map { "  - \($0)" }
                + JournalProof.wayOn(RolloutID(rollout), path: journal, invocation)
            throw CommandFailure(.failed, lines.joined(separator: "\n"))
        }
    }

    /// - Parameter seen: the journal ends that others saw; nil where none was asked.
    func check(_ seen: [RolloutLock.Sighting]?) throws(JournalError) -> Findings {
        var unreadable = 0
        let reading = try Journal.reading(path: path) { if $0.hasUnreadableEvidence { unreadable += 1 } }
        var proof: JournalProof?
        if let seen { proof = try JournalProof(path, reading.record, seen: seen) }
        return Findings(
            journal: path, rollout: reading.record.machine.plan.rollout.rawValue,
            entries: reading.record.entryCount, digest: reading.digest, tornBytes: reading.tornBytes,
            unreadableEvidence: unreadable, isBeingWritten: try Journal.isBeingWritten(path: path),
            seen: proof)
    }
}
