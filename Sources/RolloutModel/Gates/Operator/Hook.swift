/// A point of a rollout at which a command of the operator's is asked.
public enum Hook: String, Codable, CodingKeyRepresentable, Hashable, Sendable, CaseIterable,
    CustomStringConvertible
{
    /// Before the first host is staged.
    case beforeRollout = "before-rollout"
    /// Before each host is staged.
    case beforeHost = "before-host"
    /// At every checkpoint of an upgrade, after all other gates are open.
    case gate
    /// When a host is committed, and before the next one begins.
    case afterHost = "after-host"
    /// When every host is done. The rollout does not wait for it.
    case afterRollout = "after-rollout"

    public var description: String { rawValue }

    /// True if the hook is asked about one host, and its command may run there.
    public var concernsHost: Bool {
        switch self {
        case .beforeHost, .gate, .afterHost: true
        case .beforeRollout, .afterRollout: false
        }
    }

    /// The hooks of a checkpoint, in order. A way back asks none: it is for a cluster that is in trouble already.
    public static func due(at checkpoint: Checkpoint, of host: HostID, in plan: Plan) -> [Hook] {
        switch checkpoint {
        case .beforeStage:
            (plan.hostsInTurn.first?.id == host ? [.beforeRollout] : []) + [.beforeHost, .gate]
        case .beforeReboot, .beforeCommit: [.gate]
        case .afterCommit: [.afterHost, .gate]
        case .beforeRollback, .afterRollback: []
        }
    }
}

/// Where a hook's command runs.
public enum HookPlace: Codable, Hashable, Sendable {
    case operatorsMachine
    /// On the host that is asked about.
    case hostConcerned
    /// On this host, whichever is asked about.
    case host(HostID)

    /// The host it runs on, when asked about `concerned`; nil for the operator's machine.
    public func host(concerned: HostID?) -> HostID? {
        switch self {
        case .operatorsMachine: nil
        case .hostConcerned: concerned
        case .host(let host): host
        }
    }
}
