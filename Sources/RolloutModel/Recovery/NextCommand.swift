/// The command that goes on from a hold, by the remedies of its reasons.
public enum NextCommand: Hashable, Sendable {
    case resume(ResumeWords)
    case rollback(HostID)
    case abandon

    public init(after reasons: [HoldReason]) {
        let ways = reasons.map(\.hold.remedy.then)
        // A host that is out comes home first, unless a person is asked about another that went back.
        if let stray = ways.lazy.compactMap(\.stray).first,
            !reasons.contains(where: { $0.revertedHost != nil })
        {
            self = .rollback(stray)
        } else if ways.contains(.abandon) {
            self = .abandon
        } else {
            self = .resume(ResumeWords(reasons))
        }
    }

    /// The command as it is typed.
    public func command(of rollout: RolloutID?) -> OperatorCommand {
        switch self {
        case .resume(let words): .resume(rollout, words)
        case .rollback(let host): .rollback(host)
        case .abandon: .abandon(rollout)
        }
    }
}

extension Remedy.Way {
    /// The host that goes back first.
    fileprivate var stray: HostID? {
        guard case .rollback(let host) = self else { return nil }
        return host
    }
}
