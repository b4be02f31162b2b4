public import RolloutModel

/// Hosts know of a rollout by its id alone, and nothing of a platform's steps: the id says that it upgrades a platform.
extension RolloutID {
    private static let platformMark = "-platform"

    /// The same id as one of a platform's upgrade.
    public var ofPlatform: RolloutID { isOfPlatform ? self : RolloutID(rawValue + Self.platformMark) }

    /// True for the id of a platform's upgrade. Ids of turnstiles before that mark do not say so.
    public var isOfPlatform: Bool { rawValue.hasSuffix(Self.platformMark) }
}
