extension HostTrouble {
    /// The remedy, with a way to see that the trouble is over.
    public func remedy(on host: HostID) -> Remedy { Remedy(steps(on: host)) }

    func steps(on host: HostID) -> [Remedy.Step] {
        switch self {
        case .unreachable:
            ["bring '\(host)' up, or the network to it: \(look: .audit(host)) answers once it is there"]
        case .refused:
            [
                """
                '\(host)' is up, and nothing there takes ssh's call: on its console, see \
                \(run: "systemctl status sshd.socket sshd", on: host), and start what is not active; or name the port that \
                it listens on
                """,
                "\(look: .audit(host)) answers once it is there",
            ]
        case .throttled:
            [
                """
                \(.wait) until fewer log in to '\(host)' at once, or raise MaxStartups in its sshd_config: \
                \(look: .audit(host)) answers once there is room
                """
            ]
        case .bastion:
            ["mend the way to '\(host)', which is shut before it: \(look: .audit(host)) takes the same way"]
        case .loginRefused:
            [
                """
                put your public key into the login user's authorized_keys on '\(host)', or name another user or key \
                (\(set: "ssh.user"), \(set: "ssh.identity-files")): \(look: .audit(host)) logs in the same way
                """
            ]
        case .hostKey:
            [
                """
                compare the fingerprint with that on the console of '\(host)', then put its key into known_hosts as said; \
                \(look: .audit(host)) checks it the same way
                """
            ]
        case .sshSettings:
            ["mend what is said there on this machine; \(look: .audit(host)) reads the same settings"]
        case .interrupted:
            ["look at '\(host)' itself: its disk, its shell or its network may hang; then ask again"]
        case .sudo:
            [
                """
                let the login user of '\(host)' run \(run: "sudo -n true", on: host) there without a password and without a \
                terminal: these lines in its sudoers do it (core is the usual user): 'core ALL=(ALL) NOPASSWD: ALL', and \
                where sudo wants a terminal, 'Defaults:core !requiretty'
                """,
                "where there is no sudo, log in as root",
            ]
        case .shell:
            [
                """
                let the login shell of '\(host)' print nothing by itself, and run commands: see the login user's shell in \
                /etc/passwd, its .bashrc and .profile, and a ForceCommand in sshd_config
                """
            ]
        case .commandFailed, .answerUnreadable, .agentMissing, .agentDiffers, .agentFailed, .recordUnreadable,
            .recordSpoilt, .osReleaseUnreadable, .curlMissing:
            stepsOnHost(host)
        }
    }

    /// Where the host was reached.
    private func stepsOnHost(_ host: HostID) -> [Remedy.Step] {
        switch self {
        case .commandFailed, .answerUnreadable:
            ["run \(step: Self.report(on: host)) on '\(host)', and mend what it complains of"]
        case .agentMissing, .agentDiffers:
            ["put the agent of this turnstile there: \(or: .install(host))"]
        case .agentFailed:
            [
                "see what \(step: Self.report(on: host)) says on '\(host)'",
                "a damaged agent is replaced by \(or: .install(host))",
            ]
        case .recordUnreadable:
            [
                "look at /var/lib/turnstile/state.json on '\(host)', and at its disk",
                """
                where \(look: .audit(host)) shows a committed partition and nothing staged, move a damaged file away, and \
                its agent begins with a new one
                """,
            ]
        case .recordSpoilt:
            [
                "find out who wrote /var/lib/turnstile/state.json on '\(host)'; then set that record right, as said"
            ]
        case .osReleaseUnreadable:
            ["look at /usr/lib/os-release on '\(host)': it must name VERSION_ID"]
        case .curlMissing:
            ["put curl on '\(host)': etcd and Consul are asked with it"]
        case .unreachable, .refused, .throttled, .bastion, .loginRefused, .hostKey, .sshSettings,
            .interrupted,
            .sudo, .shell:
            steps(on: host)
        }
    }

    /// The steps if the journal does not tell the kind of trouble.
    static func unsorted(on host: HostID) -> [Remedy.Step] {
        [
            "see that \(look: .audit(host)) answers",
            "where it does, run \(step: report(on: host)) on '\(host)', and mend what it complains of",
        ]
    }

    private static func report(on host: HostID) -> Remedy.Step {
        "\(run: "sudo -n /opt/bin/turnstile-agent report", on: host, asRoot: true)"
    }
}
