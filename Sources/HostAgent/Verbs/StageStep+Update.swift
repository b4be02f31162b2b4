import AgentProtocol
import HostFiles
import Logging

extension StageStep {
    /// How often the engine is asked how far it is.
    private static let pollInterval = Duration.seconds(1)

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

    /// An engine found at work on its own is stopped first: what it fetches is not what was asked for.
    private mutating func settleForeignEngine() async throws {
        let status = try await step.engine.status()
        guard status.operation != .idle else { return }
        step.logger.notice(
            "stopping an update-engine that was at work",
            metadata: ["operation": "\(status.operation.rawValue)"])
        if status.operation.mayWrite { try await markContentTouched() }
        try await step.engine.stop()
    }

    /// Before the start: no line of an earlier run may be taken for one of this.
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
        /// Applied, or idle again.
        case over
    }

    /// Runs `-update` and looks at the status meanwhile. Its exit code says nothing (facts 0.4) and is not read.
    private mutating func watchUpdate() async throws -> Watched {
        let command = HostCommand("update_engine_client", ["-update"], allowed: step.remaining)
        var watched = Watched.over
        var teller = ProgressTeller()
        var operation = EngineOperation.idle
        try await step.effects.attend(command) { client in
            while true {
                try step.check(doing: "waiting for the update, with update-engine at \(operation.rawValue)")
                if case .ended = try await client.next(Self.pollInterval) { return }
                // The client notices that only after 90 s of its own retries (facts 0.55), and so would a question.
                guard await step.engineRuns() else { return }
                guard let status = try await passingStatus() else { continue }
                operation = status.operation
                let isNews = teller.news(of: status).map { step.say($0) } != nil
                if status.operation.mayWrite { try await markContentTouched() }
                if isNews || status.newVersion != nil, let end = try await wrongOffer(status) {
                    watched = .wrongOffer(end)
                    return
                }
                if status.operation == .updatedNeedReboot { return try takeBackRebootRequest() }
            }
        }
        return watched
    }

    /// As soon as it can be there: kured looks at its own time.
    private func takeBackRebootRequest() throws {
        guard try record.owesRebootRequest(in: step.reader.bootID()) else { return }
        try step.effects.files.remove(HostReader.rebootRequestPath)
    }

    /// nil while the engine does not answer; its client outlives that, and so does the watch until its deadline.
    private func passingStatus() async throws -> EngineStatus? {
        do {
            return try await step.engine.status()
        } catch {
            step.logger.warning("update-engine gave no status", metadata: ["reason": "\(error)"])
            return nil
        }
    }

    /// How it ends where the version on offer is known, and not one to be had.
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
    /// A version is on offer.
    fileprivate var hasOffer: Bool {
        switch self {
        case .updateAvailable, .downloading, .verifying, .finalizing, .updatedNeedReboot: true
        case .idle, .checkingForUpdate, .reportingErrorEvent: false
        }
    }

    /// The engine may have begun to overwrite the other partition.
    fileprivate var mayWrite: Bool { hasOffer }
}
