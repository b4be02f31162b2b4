import RolloutModel

/// The input of a hook.
public struct HookCall: Codable, Hashable, Sendable {
    public var hook: Hook
    public var rollout: RolloutID
    /// The host that the hook is about; nil where it is about the whole rollout.
    public var host: HostID?
    /// The checkpoint; nil where no gate is asked.
    public var checkpoint: Checkpoint?
    /// The version that hosts are upgraded to; nil until that is known.
    public var target: Version?
    /// The version that the platform is upgraded to; nil where hosts are upgraded.
    public var platform: PlatformVersion?

    public init(
        hook: Hook, rollout: RolloutID, host: HostID? = nil, checkpoint: Checkpoint? = nil,
        target: Version? = nil, platform: PlatformVersion? = nil
    ) {
        self.hook = hook
        self.rollout = rollout
        self.host = host
        self.checkpoint = checkpoint
        self.target = target
        self.platform = platform
    }
}
