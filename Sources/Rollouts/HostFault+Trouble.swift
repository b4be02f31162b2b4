import RolloutModel

extension HostFault {
    /// The trouble to mend: the detail if there is one, or else the trouble of the fault's kind.
    public var trouble: HostTrouble { detail ?? HostTrouble(kind) }
}

extension HostTrouble {
    /// The trouble to mend for each kind of fault.
    fileprivate init(_ kind: HostFault.Kind) {
        switch kind {
        case .unreachable: self = .unreachable
        case .interrupted: self = .interrupted
        case .commandFailed: self = .commandFailed
        case .answerUnreadable: self = .answerUnreadable
        case .agentMissing: self = .agentMissing
        case .agentDiffers: self = .agentDiffers
        case .sudoNeedsPassword, .sudoNeedsTTY, .sudoForbidden, .sudoMissing: self = .sudo
        case .shellUnusable: self = .shell
        }
    }
}
