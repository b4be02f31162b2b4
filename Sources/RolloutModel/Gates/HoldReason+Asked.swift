/// Questions about particular reasons, whichever gate gave them.
extension HoldReason {
    /// The host that went back to its old partition, by itself or by our hand: trying it again needs a person's word.
    public var revertedHost: HostID? {
        switch self {
        case .step(.reverted(let host, _, _)), .step(.revertedBefore(let host, _)),
            .step(.rolledBack(let host, _, _)):
            host
        default: nil
        }
    }

    /// The rollout that has the cluster instead.
    public var lockHolder: LockHolder? {
        guard case .lock(.lockHeld(let holder)) = self else { return nil }
        return holder
    }

    /// True if another rollout has the cluster or one of its agents.
    var isNotOurs: Bool {
        switch self {
        case .lock(.lockHeld), .lock(.lockLost): true
        default: false
        }
    }

    var isRevert: Bool {
        guard case .step(.reverted) = self else { return false }
        return true
    }

    /// The steps for a person to take. A gate that can be passed over says so.
    public var remedy: Remedy {
        var remedy = hold.remedy
        if let gate = overridableGate { remedy.steps.append(.passing(gate)) }
        return remedy
    }
}

extension Remedy.Step {
    fileprivate static func passing(_ gate: OverridableGate) -> Remedy.Step {
        "or pass it over, with \(override: gate)"
    }
}
