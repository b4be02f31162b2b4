/// The meaning of a message of update_engine, as far as Turnstile needs it (facts 1.5).
public enum EngineLogEvent: Hashable, Sendable {
    case daemonStarting(Distribution)
    case daemonTerminating
    /// In the engine's words, for example `7m8s`.
    case nextCheckScheduled(after: String)

    /// Set-good is about to be spawned; printed before the work and whatever comes of it (facts 0.1).
    case bootFlagsUpdating
    /// Set-good has run in this process, or an update was pending when it started (facts 0.5).
    case bootFlagsAlready
    case bootFlagsRunning
    /// A child exited with a status other than 0.
    case subprocessStatus(Int32)
    /// A child wrote; what it wrote follows, mostly in messages without prefix.
    case subprocessOutput
    /// A child could not be started at all.
    case spawnFailed(reason: String)
    /// An update attempt goes on, once set-good has ended.
    case actionProcessorStart

    case updateRequested
    /// The GROUP that the engine understood.
    case groupInForce(String)
    case omahaRequestPosted(url: String)
    case httpResponse(code: Int)
    case httpFailed(reason: String)
    case omahaTransferFailed
    case omahaResponseInvalid
    /// The server has none: `No update.` or `There are no updates. Aborting.` (facts 0.53).
    case noUpdate
    case offered(version: String)
    case payloadSize(bytes: Int64)
    case downloaded(bytes: Int64, ofBytes: Int64)
    case updateApplied
    case updateFailed
    /// The server was told of a failure, and took that. Logged as an error after each one (facts 0.52), and never the
    /// cause of any.
    case failureReported
    case errorEventSent
    /// As logged, for example code 37, `kActionCodeOmahaErrorInHTTPResponse` (facts 1.6).
    case errorCode(Int, name: String)
    case httpStatusBackoff(code: Int)
    case payloadBackoff
    /// In the engine's words, for example `11/28/2026 18:04:05 GMT`.
    case backsOffUntil(String)
    case deltaFailuresTooMany
    case postinstallSucceeded

    /// The check was skipped; `operation` is usually one of `EngineOperation`.
    case skippedBecause(operation: String)
    case waitingForReboot
    case resetAttempted(from: String)
    case resetSuccessful
    case resetNotAllowed
    case periodicChecksDisabled
    /// Flatcar only; CoreOS logs nothing about it (facts 0.41).
    case rollbackDetected(running: String)

    /// A line of the postinst script: the other partition is armed.
    case slotArmed(label: String, device: String)
    /// A line of the new image's postinst script: it refused this host (facts 0.14).
    case postinstallAborted(message: String)

    /// nil for a message that means nothing to Turnstile.
    public init?(message: String) {
        let event =
            EngineLogLine(message).map { Self.classified($0.text[...]) }
            ?? Self.postinstallEvent(message[...].trimmingBlanks)
        guard let event else { return nil }
        self = event
    }

    public init?(_ line: EngineLogLine) {
        guard let event = Self.classified(line.text[...]) else { return nil }
        self = event
    }

    private static func classified(_ text: Substring) -> EngineLogEvent? {
        constants[text.trimmingBlanks] ?? withPayload(text)
    }
}
