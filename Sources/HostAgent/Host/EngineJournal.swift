import HostFiles

/// What the engine wrote to journald.
struct EngineJournal: Sendable {
    var effects: HostEffects

    /// Where journald stands now; empty for an empty journal.
    ///
    /// Taken before a start, so that no line of an earlier run is mistaken for one of this (facts 0.29).
    func cursor() async throws(HostFault) -> String {
        let command = HostCommand("journalctl", ["-n", "1", "-o", "json", "--no-pager"])
        let output = try await effects.succeed(command).output
        guard let line = output.split(separator: "\n").last else { return "" }
        return try understood(command.description) { () throws(MalformedText) in
            try JournalEntry(line: line).cursor
        }
    }

    /// What was logged in this boot since `cursor`; since its beginning for none.
    func digest(since cursor: String?) async throws -> EngineDigest {
        var digest = EngineDigest()
        try await effects.attend(command(since: cursor, follow: false)) { journalctl in
            while case .lines(let lines) = try await journalctl.next(.seconds(60)) {
                for line in lines { digest.take(line) }
            }
        }
        return digest
    }

    /// The command that prints what was logged, and goes on printing where it is to follow.
    func command(since cursor: String?, follow: Bool) -> HostCommand {
        var arguments = ["-b", "-o", "json", "--no-pager", "-u", EngineControl.unit]
        if follow { arguments += ["-f", "--no-tail"] }
        if let cursor, !cursor.isEmpty { arguments.append("--after-cursor=\(cursor)") }
        return HostCommand("journalctl", arguments, allowed: .seconds(120))
    }
}
