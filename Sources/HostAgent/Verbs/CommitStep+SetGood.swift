import AgentProtocol
import HostFiles
import Logging

extension CommitStep {
    /// The line comes 45 s after the start (facts 0.28), the work takes milliseconds from there, and `journalctl -f`
    /// is up to half a second late (facts 0.27): so the table itself is watched. To see that it was not written costs no
    /// process.
    private static let glance = Duration.milliseconds(10)
    /// Between two readings of a table whose changes cannot be seen.
    private static let pollBeforeLine = Duration.milliseconds(100)
    private static let pollAfterLine = Duration.milliseconds(20)
    private static let pollForEnd = Duration.milliseconds(5)
    /// The time between two checks that the engine runs, and the longest between two readings of the table.
    private static let lookApart = Duration.seconds(1)
    /// Where a host does not list a unit's processes: much longer than set-good takes (facts 0.28).
    private static let graceWithoutProcessList = Duration.seconds(5)

    /// Starts the engine and waits until the partition is committed. The attributes decide, never the line (facts 0.1).
    func setGoodByEngine() async throws -> CommitSighting {
        var watch = BootFlagWatch()
        let cursor = try await step.journal.cursor()
        // Before the start: from there on the table may be in the middle of being written.
        let booted = try await step.reader.partitionTable().booted
        var table = try TableWatch(of: PartitionDevice(path: booted.device).disk, files: step.effects.files)
        var proof: PartitionTable?
        try await step.effects.attend(step.journal.command(since: cursor, follow: true)) { journald in
            step.say(StepProgress(message: "starting update-engine, which marks the boot good after 45 s"))
            try await step.engine.start()
            var look = step.effects.now() + Self.lookApart
            while true {
                // Before it is read: what is written while cgpt reads is seen by the next look.
                _ = table.look()
                proof = await committedTable(booted)
                guard proof == nil else { return }
                try step.check(doing: "waiting for update-engine to mark \(request.version) good")
                if step.effects.now() >= look {
                    look = step.effects.now() + Self.lookApart
                    try await requireEngine(booted, since: cursor)
                }
                try await waitForWrite(of: &table, hearing: journald, watch: &watch)
            }
        }
        return CommitSighting(line: watch.line, cursor: cursor, table: table, proof: proof)
    }

    /// A crashed engine marks nothing any more, and masked as it is nobody starts it again.
    private func requireEngine(_ booted: PartitionTable.Partition, since cursor: String) async throws {
        guard await !step.engineRuns(), await committedTable(booted) == nil else { return }
        let digest = try await step.journal.digest(since: cursor)
        throw StepStop.failed(
            .notCommitted,
            "update-engine stopped by itself before it marked \(request.version) good: \(digest.cause)")
    }

    /// Returns once the table was written, and soon where that cannot be seen.
    private func waitForWrite(
        of table: inout TableWatch, hearing journald: RunningCommand, watch: inout BootFlagWatch
    ) async throws {
        let poll = watch.line == nil ? Self.pollBeforeLine : Self.pollAfterLine
        let end = step.effects.now() + (table.seesChanges ? Self.lookApart : poll)
        repeat {
            try await wait(Self.glance, hearing: journald, watch: &watch)
            if table.look(), table.seesChanges { return }
        } while step.effects.now() < end
    }

    private func wait(
        _ interval: Duration, hearing journald: RunningCommand, watch: inout BootFlagWatch
    ) async throws {
        switch try await journald.next(interval) {
        case .lines(let lines):
            for line in lines { try watch.take(line) }
            // Every line of the log ends the wait at once; only the boot-flag line is a reason to hurry.
            if watch.line == nil { await step.effects.sleep(interval) }
        case .quiet: break
        // Without journald the proof is still to be had.
        case .ended: await step.effects.sleep(interval)
        }
    }

    /// The table; nil where the partition that runs is not committed. A table in the middle of being written is no answer, and
    /// no failure either.
    private func committedTable(_ booted: PartitionTable.Partition) async -> PartitionTable? {
        do {
            let table = try await step.reader.partitionTable(running: booted)
            return table.isCommitted ? table : nil
        } catch {
            step.logger.warning("the partition table could not be read", metadata: ["reason": "\(error)"])
            return nil
        }
    }

    /// Stopping the unit would kill a set-good that still writes the second copy of the table (facts 0.27).
    func waitForSetGoodToEnd() async throws {
        while let children = try await step.engine.childProcesses() {
            if children == 0 { return }
            try step.check(doing: "waiting for set-good to end")
            await step.effects.sleep(Self.pollForEnd)
        }
        guard try await step.engine.state().isActive else { return }
        await step.effects.sleep(Self.graceWithoutProcessList)
    }
}

/// A commit by the engine, as it was seen.
struct CommitSighting: Sendable {
    /// The boot-flag line; nil where the proof came without it.
    var line: String?
    /// Of the journal before the engine was started.
    var cursor: String
    /// Looked last before the proof was read.
    private var table: TableWatch
    private let proof: PartitionTable?

    init(line: String?, cursor: String, table: TableWatch, proof: PartitionTable?) {
        (self.line, self.cursor, self.table, self.proof) = (line, cursor, table, proof)
    }

    /// The table that was proved, if its bytes are the same now; nil where it is to be read again.
    mutating func provedTable() -> PartitionTable? { table.look() ? nil : proof }

    /// Looks once more for a line that came after the proof: it is worth having, not worth failing for.
    func lineAtLast(_ journal: EngineJournal) async -> String? {
        guard line == nil else { return line }
        var watch = BootFlagWatch()
        await watch.hear(journal, since: cursor)
        return watch.line
    }
}

/// The boot-flag lines of the engine's log (facts 1.5).
struct BootFlagWatch: Hashable, Sendable {
    /// The first one seen, whole.
    private(set) var line: String?

    init() {}

    /// Looks for the line in what journald has by now.
    mutating func hear(_ journal: EngineJournal, since cursor: String) async {
        var lines: [String] = []
        try? await journal.effects.attend(journal.command(since: cursor, follow: false)) { journalctl in
            while case .lines(let more) = try await journalctl.next(.seconds(10)) { lines += more }
        }
        for entry in lines { try? take(entry) }
    }

    /// - Parameter entry: a line of `journalctl -o json`.
    /// - Throws: `StepStop` where set-good failed; the engine says no more about that than this (facts 0.1).
    mutating func take(_ entry: String) throws(StepStop) {
        guard let message = (try? JournalEntry(line: entry))?.message else { return }
        switch EngineLogEvent(message: message) {
        case .bootFlagsUpdating, .bootFlagsAlready, .bootFlagsRunning:
            line = line ?? message
        case .subprocessStatus(let status):
            throw .failed(.notCommitted, "set-good ended with status \(status)")
        case .spawnFailed(let reason):
            throw .failed(.notCommitted, "update-engine could not start set-good: \(reason)")
        default: break
        }
    }
}
