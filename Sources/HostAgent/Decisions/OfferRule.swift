import AgentProtocol
import HostFiles

/// Which versions may be taken.
enum OfferRule {
    /// nil for a version that may.
    ///
    /// The engine takes an offer of the version that runs for an update like any other (facts 0.54): for whoever asks, it
    /// is none.
    static func objection(to offered: String, target: String?, running: String, group: String? = nil)
        -> VerbEnding<StageAnswer>?
    {
        if offered == running {
            return .answered(
                .nothingOffered(NothingOffered(runningVersion: running, group: group, offered: offered)))
        }
        if let target, target != offered {
            return .answered(.offerDiffers(OfferDiffers(offered: offered, target: target)))
        }
        guard isLower(offered, than: running) else { return nil }
        return .failed(
            StepFailure(
                reason: .offeredOlder,
                message:
                    "\(offered) is offered, which is lower than \(running) that runs; the client would have "
                    + "installed it. Look at GROUP and SERVER of update.conf, and at what the server offers to that "
                    + "group"))
    }

    /// Only the server stands against a downgrade (facts 0.38). Versions that are none are not compared.
    static func isLower(_ version: String, than running: String) -> Bool {
        guard let version = ReleaseVersion(version), let running = ReleaseVersion(running) else {
            return false
        }
        return version < running
    }
}
