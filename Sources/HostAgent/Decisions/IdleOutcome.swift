import AgentProtocol
import HostFiles

/// Why the engine is idle again after it was asked for an update.
///
/// The client's exit code and last word are the same for all of these (facts 0.4, 0.16); the time of the last
/// successful check and the engine's log tell them apart (facts 0.32).
enum IdleOutcome: Hashable, Sendable {
    case nothingOffered
    case failed(StepFailure)

    /// - Parameter lastCheckedBefore: LAST_CHECKED_TIME before the engine was asked.
    init(lastCheckedBefore: Int64, after: EngineStatus, digest: EngineDigest) {
        let serverAnswered = after.lastCheckedTime != lastCheckedBefore
        if let offered = digest.offered {
            let problem = digest.backsOff ? "the engine puts it off after earlier failures" : digest.cause
            self = Self.failed(.updateFailed, "cannot update to \(offered): \(problem)")
        } else if digest.failed, serverAnswered {
            self = Self.failed(.updateFailed, "the update failed: \(digest.cause)")
        } else if serverAnswered, digest.saidNoUpdate {
            self = .nothingOffered
        } else if serverAnswered {
            self = Self.failed(
                .checkFailed,
                "the update server was asked, and the engine's log does not say what it answered")
        } else {
            self = Self.failed(.checkFailed, "the update server gave no usable answer: \(digest.cause)")
        }
    }

    private static func failed(_ reason: StepFailure.Reason, _ message: String) -> IdleOutcome {
        .failed(StepFailure(reason: reason, message: message))
    }
}
