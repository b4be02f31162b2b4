/// Why a host could not be asked, or did not answer usefully. Each kind of trouble has its own remedy.
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

    /// The remedy, with a way to see that the trouble is over.
    public func remedy(on host: HostID) -> String {
        switch self {
        case .unreachable:
            "bring '\(host)' up, or the network to it: 'turnstile audit \(host.word)' answers once it is there"
        case .refused:
            """
            start sshd on '\(host)', or name the port it listens on: 'turnstile audit \(host.word)' answers once it is there
            """
        case .throttled:
            """
            wait until fewer log in to '\(host)' at once, or raise MaxStartups in its sshd_config: \
            'turnstile audit \(host.word)' answers once there is room
            """
        case .bastion:
            "mend the way to '\(host)', which is shut before it: 'turnstile audit \(host.word)' takes the same way"
        case .loginRefused:
            """
            put your public key into the login user's authorized_keys on '\(host)', or name another user or key (ssh.user, \
            ssh.identity-files): 'turnstile audit \(host.word)' logs in the same way
            """
        case .hostKey:
            """
            compare the fingerprint with that on the console of '\(host)', then put its key into known_hosts as said; \
            'turnstile audit \(host.word)' checks it the same way
            """
        case .sshSettings:
            "mend what is said there on this machine; 'turnstile audit \(host.word)' reads the same settings"
        case .interrupted:
            "look at '\(host)' itself: its disk, its shell or its network may hang; then ask again"
        case .sudo:
            """
            let the login user of '\(host)' run 'sudo -n true' there without a password and without a terminal: see its \
            sudoers, 'sudo -l'
            """
        case .shell:
            """
            let the login shell of '\(host)' print nothing by itself, and run commands: see the login user's shell in \
            /etc/passwd, its .bashrc and .profile, and a ForceCommand in sshd_config
            """
        case .commandFailed, .answerUnreadable:
            "run 'sudo /opt/bin/turnstile-agent report' on '\(host)', and mend what it complains of"
        case .agentMissing, .agentDiffers:
            "put the agent of this turnstile there: 'turnstile install \(host.word)'"
        case .agentFailed:
            """
            see what 'sudo /opt/bin/turnstile-agent report' says on '\(host)'; a damaged agent is replaced by \
            'turnstile install \(host.word)'
            """
        case .recordUnreadable:
            """
            look at /var/lib/turnstile/state.json on '\(host)', and at its disk; where 'turnstile audit \(host.word)' \
            shows a committed partition and nothing staged, move a damaged file away, and its agent begins with a new one
            """
        case .recordSpoilt:
            "find out who wrote /var/lib/turnstile/state.json on '\(host)'; then set that record right, as said"
        case .osReleaseUnreadable:
            "look at /usr/lib/os-release on '\(host)': it must name VERSION_ID"
        case .curlMissing:
            "put curl on '\(host)': etcd is asked with it"
        }
    }

    /// The remedy where the journal does not tell the kind of trouble.
    static func unsorted(on host: HostID) -> String {
        """
        see that 'turnstile audit \(host.word)' answers; where it does, run 'sudo -n /opt/bin/turnstile-agent report' \
        on '\(host)', and mend what it complains of
        """
    }
}
