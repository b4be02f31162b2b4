import RolloutModel

/// The longest time for each wait of a rollout.
public struct RolloutTimeouts: Codable, Hashable, Sendable {
    /// For gates to open before a host is touched, and after it is done.
    public var gate: Duration
    public var stage: Duration
    /// From the request to reboot until SSH answers from another boot.
    public var reboot: Duration
    /// From then until the host is whole again in fleet and etcd.
    public var rejoin: Duration
    public var commit: Duration
    /// Waited after a commit, before the cluster is looked at once more.
    public var settle: Duration

    public init(
        gate: Duration, stage: Duration, reboot: Duration, rejoin: Duration, commit: Duration,
        settle: Duration
    ) {
        self.gate = gate
        self.stage = stage
        self.reboot = reboot
        self.rejoin = rejoin
        self.commit = commit
        self.settle = settle
    }
}
