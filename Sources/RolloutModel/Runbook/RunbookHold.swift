/// The reason why a runbook holds. The holds of a stage's rollout are the rollout's own.
public enum RunbookHold: Codable, Hashable, Sendable {
    // MARK: Before it begins

    /// Hosts would run another release of CoreOS than the one that the platform's release was made for.
    case otherCoreOS(stage: StageName, to: Version, platform: StageName, version: PlatformVersion)
    /// The table of releases does not have the platform's release.
    case coreOSUnknown(stage: StageName, platform: StageName, version: PlatformVersion)
    case olderRelease(stage: StageName, to: Version, after: StageName, than: Version)
    case platformNotLater(stage: StageName, to: PlatformVersion, after: StageName, than: PlatformVersion)

    // MARK: Once it was begun

    /// The file has another stage than the one that has ended, or is under way.
    case stageChanged(StageName, hasEnded: Bool)
    /// The runbook is to be begun anew, and the rollout of a stage is under way.
    case stageUnderWay(StageName, RolloutID)
    /// The rollout of a stage has ended, and the stage is not done.
    case endedOtherwise(StageName, RolloutID, StageEnd)
    /// The journal of a stage's rollout does not have the entry that the runbook's record saw at its end.
    case otherJournal(StageName, RolloutID, entry: Int)
}

extension RunbookHold {
    /// The gate that a person can pass over; nil where none can be.
    public var gate: RunbookGate? {
        switch self {
        case .otherCoreOS, .coreOSUnknown: .coreOS
        case .olderRelease, .platformNotLater, .stageChanged, .stageUnderWay, .endedOtherwise,
            .otherJournal:
            nil
        }
    }
}

/// The gates of a runbook that a person can pass over.
public enum RunbookGate: String, Codable, Hashable, Sendable, CaseIterable {
    /// The release of CoreOS that the platform's release was made for.
    case coreOS = "coreos"
}
