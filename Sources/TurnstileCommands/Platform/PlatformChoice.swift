import RolloutModel

/// The choices for an upgrade of the platform, by options or by a stage of a runbook.
struct PlatformChoice {
    /// The version wanted; nil for that of the new deisctl.
    var to: PlatformVersion?
    /// The deisctl of the version that runs.
    var old: PlatformStage.Tool
    /// The deisctl of the version wanted.
    var new: PlatformStage.Tool
    var keptImages: [PlatformComponent]
    var proxyProtocol: Bool?
    var isBackedUp: Bool

    func tool(_ side: DeisctlSide) -> PlatformStage.Tool {
        switch side {
        case .old: old
        case .new: new
        }
    }
}

extension PlatformStage {
    /// The choices, as the preflight takes them.
    var choice: PlatformChoice {
        PlatformChoice(
            to: to, old: old, new: new, keptImages: keptImages, proxyProtocol: proxyProtocol,
            isBackedUp: isBackedUp)
    }
}
