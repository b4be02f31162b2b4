import AgentProtocol
import HostFiles

/// The rule about the versions that may be staged.
enum OfferRule {
    /// The ending of a stage whose offer may not be taken; nil for an offer that may be.
    ///
    /// An offer of the running version counts as no offer, although the engine takes it for an update like any other
    /// (facts 0.54).
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

    /// True if a version is lower than the running one, against which only the server protects (facts 0.38). False for
    /// texts that are no versions.
    static func isLower(_ version: String, than running: String) -> Bool {
        guard let version = ReleaseVersion(version), let running = ReleaseVersion(running) else {
            return false
        }
        return version < running
    }
}
