import RolloutModel
import SSH

extension HostTrouble {
    /// The trouble to mend after an SSH session could not be opened, or was lost.
    init(_ error: SSHError) {
        switch error.reason {
        case .hostKeyUnknown, .hostKeyChanged, .hostKeyReplaced, .hostKeyRevoked, .hostKeyTooShort,
            .hostCertificateMissing, .hostCertificateRefused:
            self = .hostKey
        case .knownHostsMissing(_, offered: .some): self = .hostKey
        case .knownHostsMissing, .knownHostsUnreadable, .hostKeyNotRecorded,
            .localFault, .proxyCommandAsks, .pathNotUsable:
            self = .sshSettings
        case .noCommonAlgorithm, .algorithmsUnsupported, .revokedKeysUnreadable,
            .knownHostsCommandFailed:
            self = .sshSettings
        case .authenticationRefused: self = .loginRefused
        case .notSSH where error.namesMaxStartups: self = .throttled
        case .refused, .notSSH: self = .refused
        case .bastion, .tunnelForbidden: self = .bastion
        case .channelRefused, .outputLimitPassed: self = .shell
        case .channelsTaken: self = .commandFailed
        case .nameNotResolved, .unreachable: self = .unreachable
        case .deadlinePassed, .cancelled, .connectionLost, .uploadFailed, .protocolFailure:
            self = error.operation.isBeforeSession ? .unreachable : .interrupted
        }
    }
}

extension ShutBastion {
    /// Nil where the way to the host itself is open.
    init?(_ error: SSHError) {
        guard let (name, why) = error.shutBastion else { return nil }
        self.init(name: name, why: why)
    }
}

extension SSHError.Operation {
    fileprivate var isBeforeSession: Bool {
        switch self {
        case .startLoop, .loadKnownHosts, .loadRevokedKeys, .lookUpHostKey, .resolveName, .connect,
            .exchangeKeys, .fetchCertificate, .verifyHostKey, .authenticate:
            true
        case .openChannel, .runCommand, .upload: false
        }
    }
}
