import RolloutModel

/// Why something asked of a host has no answer.
public struct HostFault: Error, Hashable, Sendable, CustomStringConvertible {
    public var host: HostID
    public var kind: Kind
    /// The cause in the words of the layer below.
    public var why: String
    /// The trouble to mend, if it is known more exactly than by `kind`.
    public var detail: HostTrouble?
    /// The bastion that keeps the host away; nil where none does.
    public var bastion: ShutBastion?
    /// `why` in parts, where no session came about.
    public var connection: ConnectionFailure?

    public init(
        host: HostID, kind: Kind, why: String, detail: HostTrouble? = nil, bastion: ShutBastion? = nil,
        connection: ConnectionFailure? = nil
    ) {
        self.host = host
        self.kind = kind
        self.why = ForeignText.line(why)
        self.detail = detail
        self.bastion = bastion
        self.connection = connection
    }

    public enum Kind: Hashable, Sendable {
        /// No authenticated SSH session: network, host key or login.
        case unreachable
        /// The session was lost, or the deadline passed, with the command's outcome unknown.
        case interrupted
        /// The command ran, and failed.
        case commandFailed
        /// The command answered something else than it should.
        case answerUnreadable
        /// `/opt/bin/turnstile-agent` is not there.
        case agentMissing
        /// The agent there speaks another protocol than this turnstile.
        case agentDiffers
        /// `sudo -n` would ask the login user for a password.
        case sudoNeedsPassword
        /// sudoers demands a terminal (`requiretty`).
        case sudoNeedsTTY
        /// sudoers lets the login user do nothing of what is asked.
        case sudoForbidden
        case sudoMissing
        /// The login shell does not run what it is told.
        case shellUnusable

        /// The fault in words for people; nil if only `why` tells it.
        public var plainWords: String? {
            switch self {
            case .sudoNeedsPassword: "sudo wants a password of its login user"
            case .sudoNeedsTTY: "sudo wants a terminal there (requiretty)"
            case .sudoForbidden: "sudo lets its login user do nothing there"
            case .sudoMissing: "there is no sudo on it for its login user"
            case .shellUnusable: "its login shell does not run commands"
            case .unreachable, .interrupted, .commandFailed, .answerUnreadable, .agentMissing, .agentDiffers:
                nil
            }
        }
    }

    /// The remedy, if the fault's kind alone tells it; nil if the host or its agent must be examined.
    public var remedy: String? {
        switch kind {
        case .sudoNeedsPassword, .sudoForbidden:
            "give its login user this line in sudoers (core is the usual one): core ALL=(ALL) NOPASSWD: ALL"
        case .sudoNeedsTTY:
            "take 'Defaults requiretty' out of its sudoers, or add this line for its login user (core is the usual one): "
                + "Defaults:core !requiretty"
        case .sudoMissing: "log in as root: --user root"
        case .shellUnusable: "give its login user a POSIX shell, or log in as another: --user"
        case .unreachable, .interrupted, .commandFailed, .answerUnreadable, .agentMissing, .agentDiffers: nil
        }
    }

    public var description: String { remedy.map { "\(why). To mend it: \($0)" } ?? why }
}
