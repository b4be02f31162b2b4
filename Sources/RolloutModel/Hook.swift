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
    /// When every host is done. Nothing waits for it.
    case afterRollout = "after-rollout"

    public var description: String { rawValue }

    /// The hooks of a checkpoint, in order. A way back asks none: it is for a cluster that is in trouble already.
    public static func due(at checkpoint: Checkpoint, of host: HostID, in plan: Plan) -> [Hook] {
        switch checkpoint {
        case .beforeStage: (plan.hosts.first?.id == host ? [.beforeRollout] : []) + [.beforeHost, .gate]
        case .beforeReboot, .beforeCommit: [.gate]
        case .afterCommit: [.afterHost, .gate]
        case .beforeRollback, .afterRollback: []
        }
    }
}

/// What a hook came to.
public enum HookAnswer: Hashable, Sendable {
    /// `output` is its last line; empty where it said nothing.
    case proceed(output: String)
    /// Not now: it is asked again until the time for the gates is up.
    case hold(output: String)
    /// `why` says how it ended.
    case failed(why: String, output: String)
}
