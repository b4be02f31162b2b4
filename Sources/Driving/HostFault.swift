import RolloutModel

/// Why something asked of a host has no answer.
public struct HostFault: Error, Hashable, Sendable, CustomStringConvertible {
    public var host: HostID
    public var kind: Kind
    /// As the lower layer said it.
    public var why: String
    /// What is to be mended, where that is known better than by the kind.
    public var detail: HostTrouble?

    public init(host: HostID, kind: Kind, why: String, detail: HostTrouble? = nil) {
        self.host = host
        self.kind = kind
        self.why = ForeignText.line(why)
        self.detail = detail
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
    }

    public var description: String { why }
}
