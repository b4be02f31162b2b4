import AgentProtocol
import HostFiles

/// The reason why the engine is idle again after it was asked for an update.
///
/// The client's exit code and last word are the same for all these reasons (facts 0.4, 0.16). The engine's log tells
/// them apart; the time of the last successful check helps, where it moved. An unmoved time proves nothing with engines
/// before 2017, which leave it as it is where nothing is on offer (facts 0.53).
enum IdleOutcome: Hashable, Sendable {
    case nothingOffered
    case failed(StepFailure)

    /// - Parameter lastCheckedBefore: LAST_CHECKED_TIME before the engine was asked.
    init(lastCheckedBefore: Int64, after: EngineStatus, digest: EngineDigest) {
        let checked = after.lastCheckedTime != lastCheckedBefore
        let attempt = digest.attempt
        if let offered = attempt.offered {
            self = Self.failed(.updateFailed, "cannot update to \(offered): \(Self.problem(attempt))")
        } else if attempt.backsOff {
            self = Self.failed(.updateFailed, "no update: \(Self.problem(attempt))")
        } else if attempt.failed, checked || attempt.sawOffer {
            self = Self.failed(.updateFailed, "the update failed: \(attempt.cause)")
        } else if attempt.saidNoUpdate, !attempt.failed, checked || attempt.complaint == nil {
            self = .nothingOffered
        } else if checked {
            self = Self.failed(
                .checkFailed,
                "the update server was asked, and the engine's log does not say what it answered")
        } else {
            self = Self.failed(.checkFailed, "the update server gave no usable answer: \(attempt.cause)")
        }
    }

    /// A server that does not say `DisablePayloadBackoff` makes the engine wait for hours after a download that failed,
    /// or was taken back (facts 0.58).
    private static func problem(_ attempt: EngineAttempt) -> String {
        guard attempt.backsOff else { return attempt.cause }
        let until = attempt.backsOffUntil.map { "until \($0)" } ?? "for hours that its log does not name"
        return
            "update-engine downloads nothing \(until), by its payload backoff, which the server does not switch off: "
            + "ask again then, or remove \(backoffPath) on the host and ask again at once"
    }

    private static let backoffPath = "/var/lib/update_engine/prefs/backoff-expiry-time"

    private static func failed(_ reason: StepFailure.Reason, _ message: String) -> IdleOutcome {
        .failed(StepFailure(reason: reason, message: message))
    }
}
