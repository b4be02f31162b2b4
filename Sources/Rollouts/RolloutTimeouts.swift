/// How long each wait of a rollout may take, in seconds.
public struct RolloutTimeouts: Codable, Hashable, Sendable {
    /// For gates to open before a host is touched, and after it is done.
    public var gate: Double
    public var stage: Double
    /// From the request to reboot until SSH answers from another boot.
    public var reboot: Double
    /// From then until the host is whole again in fleet and etcd.
    public var rejoin: Double
    public var commit: Double
    /// Waited after a commit, before the cluster is looked at once more.
    public var settle: Double

    public init(gate: Double, stage: Double, reboot: Double, rejoin: Double, commit: Double, settle: Double) {
        self.gate = gate
        self.stage = stage
        self.reboot = reboot
        self.rejoin = rejoin
        self.commit = commit
        self.settle = settle
    }
}
