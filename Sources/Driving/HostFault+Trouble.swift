import RolloutModel

extension HostFault {
    /// What is to be mended, as near as whoever failed could tell.
    public var trouble: HostTrouble { detail ?? HostTrouble(kind) }
}

extension HostTrouble {
    /// The one place where a fault's kind becomes what is to be mended.
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
