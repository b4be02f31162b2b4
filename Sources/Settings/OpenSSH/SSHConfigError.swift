import RolloutModel

/// Why it cannot be said how a host is reached.
package enum SSHConfigError: Error, Hashable, Sendable {
    /// The name could be taken for an option, or is no name at all.
    case nameUnsuitable(host: String)
    /// The file named by `ssh.config`.
    case fileUnreadable(path: String)
    /// The file that an inventory names by ssh's `-F`.
    case inventorysFileUnreadable(host: String, path: String)
    /// `ssh` could not be started.
    case notStarted(host: String, reason: String)
    case failed(host: String, reason: String)
    case tooSlow(host: String, after: Duration)
    case malformed(host: String, key: String, found: String, expected: String)
    /// The inventory says how the host is reached in a value that only ansible-vault can read.
    case vaulted(host: String, variable: String)
    /// The inventory says how the host is reached in a value that Ansible fills in.
    case templated(host: String, variable: String, value: String)
    /// The host's ProxyJump cannot be read.
    case jumpUnreadable(host: String, value: String)
    /// The way to the host leads through one host twice.
    case jumpLoop(host: String, through: [String])
    /// The way to the host leads through more than `max` others.
    case jumpsTooMany(host: String, max: Int)
    /// A value that ProxyCommand is to be filled in with is more than a word to a shell.
    case proxyCommandUnsafe(host: String, value: String)
    case variableUnset(host: String, key: String, variable: String)
    /// The ssh configuration demands something of the host, or of the login, that Turnstile cannot see to.
    case restrictionUnsupported(host: String, SSHKeyword.Setting)
}

extension SSHConfigError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .nameUnsuitable(let host):
            "cannot look up \(host.debugDescription) in the ssh configuration: it is not a host's name"
        case .fileUnreadable(let path):
            "cannot read the ssh configuration '\(path)'. Name another under ssh.config, or say 'config: none'"
        case .inventorysFileUnreadable(let host, let path):
            "cannot reach '\(host)': its inventory names the ssh configuration '\(path)' (-F), which cannot be read. "
                + "Put the file there, or name another"
        case .notStarted(let host, let reason):
            "cannot look up '\(host)' in the ssh configuration: ssh did not start: \(reason). "
                + "Install it, or say 'config: none' under ssh"
        case .failed(let host, let reason):
            "cannot look up '\(host)' in the ssh configuration: \(reason). Try: ssh -G \(host)"
        case .tooSlow(let host, let deadline):
            "cannot look up '\(host)' in the ssh configuration: ssh -G did not end within \(deadline.wholeSeconds) s"
        case .malformed(let host, let key, let found, let expected):
            "cannot use the ssh configuration of '\(host)': \(key) is \(found.quotedForError), expected \(expected)"
        case .vaulted(let host, let variable):
            "cannot reach '\(host)': its \(variable) is encrypted by ansible-vault, which turnstile does not read. "
                + "Name the host under 'hosts' in turnstile.yaml, or give the variable in the clear"
        case .templated(let host, let variable, let value):
            "cannot reach '\(host)': its \(variable) is the template \(value.quotedForError), which turnstile does not "
                + "fill in. Name the host under 'hosts' in turnstile.yaml, or give the variable as it is"
        case .jumpUnreadable(let host, let value):
            "cannot reach '\(host)': its ProxyJump is \(value.quotedForError), expected [user@]host[:port], "
                + "more of them after commas"
        case .jumpLoop(let host, let through):
            "cannot reach '\(host)': the way there never ends: it leads through \(through.joined(separator: ", then ")). "
                + "Say 'ProxyJump none' for the first of them in the ssh configuration"
        case .jumpsTooMany(let host, let max):
            "cannot reach '\(host)': its ProxyJump leads through more than \(max) hosts. "
                + "Say 'ProxyJump none' for the first of them in the ssh configuration"
        case .proxyCommandUnsafe(let host, let value):
            "cannot reach '\(host)': its ProxyCommand would be filled in with \(value.quotedForError), "
                + "which a shell takes for more than a name. Give the host a plain HostName and User"
        case .variableUnset(let host, let key, let variable):
            "cannot use the ssh configuration of '\(host)': \(key) names the variable '\(variable)', which is not set"
        case .restrictionUnsupported(let host, let setting):
            "cannot reach '\(host)': its ssh configuration says '\(setting.keyword) \(setting.value)', and \(setting.why). "
                + "Say '\(setting.keyword) \(setting.harmless)' for it there, or 'config: none' under ssh"
        }
    }
}
