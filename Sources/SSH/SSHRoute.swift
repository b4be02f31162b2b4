/// How one host is reached and logged in to.
public struct SSHRoute: Sendable {
    public var target: SSHTarget
    public var credentials: SSHCredentials
    public var knownHosts: KnownHosts
    public var restrictions: SSHRestrictions
    public var timeouts: SSHTimeouts
    public var passage: SSHPassage
    /// Counts where the passage is direct.
    public var origin: SSHOrigin

    public init(
        target: SSHTarget, credentials: SSHCredentials, knownHosts: KnownHosts,
        restrictions: SSHRestrictions = .init(), timeouts: SSHTimeouts = .init(),
        passage: SSHPassage = .direct,
        origin: SSHOrigin = .init()
    ) {
        self.target = target
        self.credentials = credentials
        self.knownHosts = knownHosts
        self.restrictions = restrictions
        self.timeouts = timeouts
        self.passage = passage
        self.origin = origin
    }
}
