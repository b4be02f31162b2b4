/// The reason why a host could not be asked, or did not answer usefully. Every kind of trouble has its own remedy.
public enum HostTrouble: String, Codable, Hashable, Sendable, CaseIterable {
    /// No connection: no route, no answer, no such name.
    case unreachable
    /// The host answers, and no sshd does.
    case refused
    /// The host's sshd has as many callers as it takes.
    case throttled
    /// The host through which it is reached takes no connection, or leads nowhere. The host itself was not asked.
    case bastion
    case loginRefused
    case hostKey
    /// The coordinator's machine is at fault: its ssh configuration, its known_hosts, or its system's resources.
    case sshSettings
    /// The session was lost, or the time was up, in the middle of a command.
    case interrupted
    case sudo
    /// The login shell prints text of its own, or does not run commands.
    case shell
    case commandFailed
    case answerUnreadable
    case agentMissing
    /// The agent speaks another protocol.
    case agentDiffers
    /// The agent ended without an answer.
    case agentFailed
    case recordUnreadable
    /// The agent's record can be read, and has a token or a name that no turnstile wrote.
    case recordSpoilt
    case osReleaseUnreadable
    case curlMissing

    /// True if the host may be down. Failures that others see of it may then have this cause.
    public var mayBeDown: Bool {
        switch self {
        case .unreachable, .refused, .interrupted: true
        case .throttled, .bastion, .loginRefused, .hostKey, .sshSettings, .sudo, .shell, .commandFailed,
            .answerUnreadable, .agentMissing, .agentDiffers, .agentFailed, .recordUnreadable, .recordSpoilt,
            .osReleaseUnreadable,
            .curlMissing:
            false
        }
    }

    /// True if the host itself answered in some way, and so is up: one without a power supply says nothing. A bastion, and
    /// this machine's own settings, say nothing of it.
    public var showsHostUp: Bool {
        switch self {
        case .unreachable, .interrupted, .bastion, .sshSettings: false
        case .refused, .throttled, .loginRefused, .hostKey, .sudo, .shell, .commandFailed, .answerUnreadable,
            .agentMissing, .agentDiffers, .agentFailed, .recordUnreadable, .recordSpoilt,
            .osReleaseUnreadable, .curlMissing:
            true
        }
    }

    /// True if no command on the host is answered.
    public var silencesCommands: Bool {
        switch self {
        case .unreachable, .refused, .throttled, .bastion, .loginRefused, .hostKey, .sshSettings,
            .interrupted,
            .shell:
            true
        case .sudo, .commandFailed, .answerUnreadable, .agentMissing, .agentDiffers, .agentFailed,
            .recordUnreadable, .recordSpoilt, .osReleaseUnreadable, .curlMissing:
            false
        }
    }

    /// True if the trouble came before etcd was asked.
    var isBeforeEtcd: Bool { silencesCommands || self == .sudo || self == .curlMissing }

    /// The trouble in a few words.
    public var words: String {
        switch self {
        case .unreachable: "no connection"
        case .refused: "nothing takes ssh's call"
        case .throttled: "its sshd takes no more callers now"
        case .bastion: "the way to it is shut"
        case .loginRefused: "the login was refused"
        case .hostKey: "its host key is not trusted"
        case .sshSettings: "this machine's ssh settings"
        case .interrupted: "the connection was cut, or the time was up"
        case .sudo: "sudo"
        case .shell: "its login shell"
        case .commandFailed: "a command failed"
        case .answerUnreadable: "its answer makes no sense"
        case .agentMissing: "it has no agent"
        case .agentDiffers: "its agent is of another protocol"
        case .agentFailed: "its agent ended without an answer"
        case .recordUnreadable: "its agent cannot read its record"
        case .recordSpoilt: "its agent's record is not a turnstile's"
        case .osReleaseUnreadable: "its os-release names no version"
        case .curlMissing: "it has no curl"
        }
    }
}
