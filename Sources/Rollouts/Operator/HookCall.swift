import RolloutModel

/// What a hook is told.
public struct HookCall: Codable, Hashable, Sendable {
    public var hook: Hook
    public var rollout: RolloutID
    /// nil for what is about the whole rollout.
    public var host: HostID?
    /// nil where no gate is asked.
    public var checkpoint: Checkpoint?
    /// What hosts are upgraded to, once that is known.
    public var target: Version?

    public init(
        hook: Hook, rollout: RolloutID, host: HostID? = nil, checkpoint: Checkpoint? = nil,
        target: Version? = nil
    ) {
        self.hook = hook
        self.rollout = rollout
        self.host = host
        self.checkpoint = checkpoint
        self.target = target
    }
}
