import HostFiles

/// The messages that the engine wrote to journald.
struct EngineJournal: Sendable {
    var effects: HostEffects

    /// Where journald stands now; empty for an empty journal.
    ///
    /// Taken before a start, so that no line of an earlier run is mistaken for one of this (facts 0.29).
    func cursor() async throws(HostFault) -> String {
        let command = HostCommand("journalctl", ["-n", "1", "-o", "json", "--no-pager"])
        // A journald that keeps nothing fails here: it is as good as empty.
        let outcome = try await effects.run(command)
        guard outcome.succeeded, let line = outcome.output.split(separator: "\n").last else { return "" }
        return try understood(command.description) { () throws(MalformedText) in
            try JournalEntry(line: line).cursor
        }
    }

    /// A digest of all messages since `cursor`; without one, since this boot began.
    func digest(since cursor: String?, ofThisBoot: Bool = true) async throws -> EngineDigest {
        var digest = EngineDigest()
        let command = command(since: cursor, follow: false, ofThisBoot: ofThisBoot)
        try await effects.attend(command) { journalctl in
            while true {
                switch try await journalctl.next(.seconds(60)) {
                case .lines(let lines): for line in lines { digest.take(line) }
                case .ended(let ending):
                    digest.isWhole = ending == .exited(0)
                    return
                case .quiet: return
                }
            }
        }
        return digest
    }

    /// True if journald still has the entry at `cursor`, and so all that came after it.
    func holds(_ cursor: String) async throws -> Bool {
        let command = HostCommand("journalctl", ["-o", "json", "--no-pager", "--cursor=\(cursor)"])
        var first: JournalEntry?
        try await effects.attend(command) { journalctl in
            guard case .lines(let lines) = try await journalctl.next(.seconds(60)) else { return }
            first = lines.first.flatMap { try? JournalEntry(line: $0) }
        }
        return first?.cursor == cursor
    }

    /// The command that prints what was logged, and goes on printing where it is to follow.
    func command(since cursor: String?, follow: Bool, ofThisBoot: Bool = true) -> HostCommand {
        var arguments = (ofThisBoot ? ["-b"] : []) + ["-o", "json", "--no-pager", "-u", EngineControl.unit]
        if follow { arguments += ["-f", "--no-tail"] }
        if let cursor, !cursor.isEmpty { arguments.append("--after-cursor=\(cursor)") }
        return HostCommand("journalctl", arguments, allowed: .seconds(120))
    }
}
