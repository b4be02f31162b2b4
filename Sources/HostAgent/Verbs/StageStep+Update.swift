import AgentProtocol
import HostFiles
import Logging

extension StageStep {
    /// The time between two questions to the engine about its progress.
    private static let pollInterval = Duration.seconds(1)
    /// The same while the engine finishes: postinst arms the partition then, and a partition that is downloaded ahead is
    /// not to stay armed.
    private static let pollIntervalAtEnd = Duration.milliseconds(200)

    /// Asks the engine for an update and follows it to its end.
    mutating func update(_ host: HostSituation, ours: Bool) async throws -> Outcome {
        if host.engine.isRunning, !ours { try await settleForeignEngine() }
        try await takeCursor(keeping: ours && host.engine.isRunning)
        step.say(StepProgress(message: "starting update-engine"))
        try await step.engine.start()
        let before = try await step.engine.status()
        switch try await watchUpdate() {
        case .wrongOffer(let end):
            return .notStaged(end)
        case .over:
            return try await conclude(before: before)
        }
    }

    /// An engine found at work by itself is stopped first: its download is not the one that was asked for.
    private mutating func settleForeignEngine() async throws {
        let status = try await step.engine.status()
        guard status.operation != .idle else { return }
        step.logger.notice(
            "stopping an update-engine that was at work",
            metadata: ["operation": "\(status.operation.rawValue)"])
        if status.operation.mayWrite { try await markContentTouched() }
        try await step.engine.stop()
    }

    /// Takes journald's cursor before the start, so that no line of an earlier run is taken for one of this run.
    private mutating func takeCursor(keeping: Bool) async throws {
        if keeping, record.staging?.journaldCursor != nil { return }
        record.staging?.journaldCursor = try await step.journal.cursor()
        try await step.save(record)
    }

    private mutating func markContentTouched() async throws {
        guard record.staging?.isContentTouched == false else { return }
        record.staging?.isContentTouched = true
        try await step.save(record)
    }

    private enum Watched {
        case wrongOffer(VerbEnding<StageAnswer>)
        /// The update was applied, or the engine is idle again.
        case over
    }

    /// Runs `-update` and polls the status meanwhile. The command's exit code says nothing (facts 0.4) and is not read.
    private mutating func watchUpdate() async throws -> Watched {
        let command = HostCommand("update_engine_client", ["-update"], allowed: step.remaining)
        var watched = Watched.over
        var teller = ProgressTeller()
        var operation = EngineOperation.idle
        try await step.effects.attend(command) { client in
            while true {
                try step.check(doing: "waiting for the update, with update-engine at \(operation.rawValue)")
                if case .ended = try await client.next(Self.interval(at: operation)) { return }
                // The client notices a dead engine only after 90 s of its own retries (facts 0.55), and so would a
                // question.
                guard await step.engineRuns() else { return }
                guard let status = try await passingStatus() else { continue }
                operation = status.operation
                let isNews = teller.news(of: status).map { step.say($0) } != nil
                if status.operation.mayWrite { try await markContentTouched() }
                if isNews || status.newVersion != nil, let end = try await wrongOffer(status) {
                    watched = .wrongOffer(end)
                    return
                }
                guard status.operation == .updatedNeedReboot else { continue }
                if isAhead { _ = try await takeOut() }
                return try takeBackRebootRequest()
            }
        }
        return watched
    }

    private static func interval(at operation: EngineOperation) -> Duration {
        switch operation {
        case .verifying, .finalizing: pollIntervalAtEnd
        case .idle, .checkingForUpdate, .updateAvailable, .downloading, .updatedNeedReboot,
            .reportingErrorEvent:
            pollInterval
        }
    }

    /// Removes postinst's request to reboot as soon as it can be there: kured may look at any time.
    private func takeBackRebootRequest() throws {
        guard try record.owesRebootRequest(in: step.reader.bootID()) else { return }
        try step.effects.files.remove(HostReader.rebootRequestPath)
    }

    /// The status; nil while the engine does not answer. The client keeps trying then, and so does the watch until the
    /// deadline.
    private func passingStatus() async throws -> EngineStatus? {
        do {
            return try await step.engine.status()
        } catch {
            step.logger.warning("update-engine gave no status", metadata: ["reason": "\(error)"])
            return nil
        }
    }

    /// The ending, where the version on offer is known and may not be taken; nil otherwise.
    private func wrongOffer(_ status: EngineStatus) async throws -> VerbEnding<StageAnswer>? {
        guard status.operation.hasOffer else { return nil }
        // Builds that leave NEW_VERSION empty still log it (facts 0.15).
        let offered =
            if let version = status.newVersion { version } else {
                try await step.journal.digest(since: record.staging?.journaldCursor).attempt.offered
            }
        guard let offered else { return nil }
        return try objection(to: offered)
    }

    private mutating func conclude(before: EngineStatus) async throws -> Outcome {
        guard try await step.engine.state().isActive else {
            let digest = try await step.journal.digest(since: record.staging?.journaldCursor)
            throw StepStop.failed(.updateFailed, "update-engine stopped by itself: \(digest.cause)")
        }
        let after = try await step.engine.status()
        switch after.operation {
        case .updatedNeedReboot:
            return try await proveApplied()
        case .idle:
            return try await concludeIdle(before: before, after: after)
        case .checkingForUpdate, .updateAvailable, .downloading, .verifying, .finalizing,
            .reportingErrorEvent:
            throw StepStop.failed(
                .updateFailed, "update_engine_client left while the engine was at \(after.operation.rawValue)"
            )
        }
    }

    private mutating func concludeIdle(before: EngineStatus, after: EngineStatus) async throws -> Outcome {
        let digest = try await step.journal.digest(since: record.staging?.journaldCursor)
        if digest.sawOffer { try await markContentTouched() }
        switch IdleOutcome(lastCheckedBefore: before.lastCheckedTime, after: after, digest: digest) {
        case .failed(let failure):
            return .notStaged(.failed(failure))
        case .nothingOffered:
            return .notStaged(.answered(.nothingOffered(try nothingOffered())))
        }
    }
}

extension EngineOperation {
    /// True if a version is on offer.
    fileprivate var hasOffer: Bool {
        switch self {
        case .updateAvailable, .downloading, .verifying, .finalizing, .updatedNeedReboot: true
        case .idle, .checkingForUpdate, .reportingErrorEvent: false
        }
    }

    /// True if the engine may have begun to overwrite the other partition.
    fileprivate var mayWrite: Bool { hasOffer }
}
