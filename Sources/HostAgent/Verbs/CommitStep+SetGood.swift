import AgentProtocol
import HostFiles
import Logging

extension CommitStep {
    /// The line comes 45 s after the start (facts 0.28), the work takes milliseconds from there, and `journalctl -f`
    /// is up to half a second late (facts 0.27).
    private static let pollBeforeLine = Duration.milliseconds(100)
    private static let pollAfterLine = Duration.milliseconds(20)
    /// The time between two checks that the engine runs.
    private static let lookApart = Duration.seconds(1)
    /// Where a host does not list a unit's processes: much longer than set-good takes (facts 0.28).
    private static let graceWithoutProcessList = Duration.seconds(5)

    /// Starts the engine and waits until the partition is committed. The attributes decide, never the line (facts 0.1).
    ///
    /// - Returns: the boot-flag line that was seen; nil where the proof came without it.
    func setGoodByEngine() async throws -> String? {
        var watch = BootFlagWatch()
        let cursor = try await step.journal.cursor()
        // Before the start: from there on the table may be in the middle of being written.
        let booted = try await step.reader.partitionTable().booted
        try await step.effects.attend(step.journal.command(since: cursor, follow: true)) { journald in
            step.say(StepProgress(message: "starting update-engine, which marks the boot good after 45 s"))
            try await step.engine.start()
            var look = step.effects.now() + Self.lookApart
            while try await !isMarkedGood(booted) {
                try step.check(doing: "waiting for update-engine to mark \(request.version) good")
                if step.effects.now() >= look {
                    look = step.effects.now() + Self.lookApart
                    try await requireEngine(booted, since: cursor)
                }
                let interval = watch.line == nil ? Self.pollBeforeLine : Self.pollAfterLine
                try await wait(interval, hearing: journald, watch: &watch)
            }
        }
        if watch.line == nil { await watch.hear(step.journal, since: cursor) }
        return watch.line
    }

    /// A crashed engine marks nothing any more, and masked as it is nobody starts it again.
    private func requireEngine(_ booted: PartitionTable.Partition, since cursor: String) async throws {
        guard await !step.engineRuns(), try await !isMarkedGood(booted) else { return }
        let digest = try await step.journal.digest(since: cursor)
        throw StepStop.failed(
            .notCommitted,
            "update-engine stopped by itself before it marked \(request.version) good: \(digest.cause)")
    }

    private func wait(
        _ interval: Duration, hearing journald: RunningCommand, watch: inout BootFlagWatch
    ) async throws {
        switch try await journald.next(interval) {
        case .lines(let lines):
            for line in lines { try watch.take(line) }
            // Every line of the log ends the wait at once; only the boot-flag line is a reason to hurry.
            if watch.line == nil { await step.effects.sleep(Self.pollAfterLine) }
        case .quiet: break
        // Without journald the proof is still to be had.
        case .ended: await step.effects.sleep(interval)
        }
    }

    /// Looks often, so at no more than it must; and proves the rest once that is there.
    ///
    /// A table in the middle of being written is no answer, and no failure either.
    private func isMarkedGood(_ booted: PartitionTable.Partition) async throws -> Bool {
        do {
            guard try await step.reader.isSuccessful(booted) else { return false }
            return try await step.reader.partitionTable().isCommitted
        } catch {
            step.logger.warning("the partition table could not be read", metadata: ["reason": "\(error)"])
            return false
        }
    }

    /// Stopping the unit would kill a set-good that still writes the second copy of the table (facts 0.27).
    func waitForSetGoodToEnd() async throws {
        while let children = try await step.engine.childProcesses() {
            if children == 0 { return }
            try step.check(doing: "waiting for set-good to end")
            await step.effects.sleep(Self.pollAfterLine)
        }
        guard try await step.engine.state().isActive else { return }
        await step.effects.sleep(Self.graceWithoutProcessList)
    }
}

/// The boot-flag lines of the engine's log (facts 1.5).
struct BootFlagWatch: Hashable, Sendable {
    /// The first one seen, whole.
    private(set) var line: String?

    init() {}

    /// Looks once more for the line, where the proof was there before it: it is worth having, not worth failing for.
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
