import RolloutModel

/// Something about a rollout that people elsewhere want to hear of.
public struct RolloutNews: Hashable, Sendable {
    public var kind: Kind
    /// The host that came to its end; nil for news about the rollout.
    public var host: HostID?
    /// The operator who has the rollout: `user@machine`.
    public var by: String
    /// The rollout once this had happened.
    public var machine: RolloutMachine

    /// The names are those of `turnstile.yaml`.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        case start
        /// The rollout waits for a person.
        case held
        case resumed
        /// A host has come to its end, whichever.
        case hostDone = "host-done"
        /// A person asked to give every host back.
        case abandoned
        /// The rollout has ended, whichever way.
        case done
    }

    public init(kind: Kind, host: HostID?, by: String, machine: RolloutMachine) {
        self.kind = kind
        self.host = host
        self.by = by
        self.machine = machine
    }
}
