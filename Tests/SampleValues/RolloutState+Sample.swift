import RolloutModel

/// States in which one host's upgrade is all there is.
extension RolloutMachine.State {
    package static func gating(_ host: HostID) -> Self { upgrade(host, .precheck) }

    package static func upgrade(_ host: HostID, _ stage: HostUpgrade.Stage) -> Self {
        Self(.upgrade(HostUpgrade(host: host, stage: stage)))
    }

    package static func finished(_ outcome: RolloutMachine.Outcome) -> Self { Self(.finished(outcome)) }

    /// The upgrade at the top; nil where it is none.
    package var upgrade: HostUpgrade? {
        guard case .upgrade(let upgrade) = top else { return nil }
        return upgrade
    }
}
