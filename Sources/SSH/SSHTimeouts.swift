/// How long each wait of a connection may last.
public struct SSHTimeouts: Hashable, Sendable {
    /// Name resolution and TCP connect, over all addresses together.
    public var connect: Duration
    /// Banner and key exchange.
    public var handshake: Duration
    /// All keys together, without the time a person takes to type a passphrase.
    public var authentication: Duration
    /// The ssh-agent's answer to "which keys do you hold". A signature may take as long as `authentication`:
    /// the agent may have to ask for a touch or a confirmation.
    public var agent: Duration
    /// A keepalive goes out this often; a host that says nothing for `keepaliveCountMax` of them while
    /// something waits for it counts as lost.
    public var keepaliveInterval: Duration
    public var keepaliveCountMax: Int
    /// Opening the connection is given up then, whatever else is allowed.
    public var deadline: ContinuousClock.Instant?

    public init(
        connect: Duration = .seconds(15), handshake: Duration = .seconds(15),
        authentication: Duration = .seconds(30), agent: Duration = .seconds(5),
        keepaliveInterval: Duration = .seconds(15), keepaliveCountMax: Int = 4
    ) {
        self.connect = connect
        self.handshake = handshake
        self.authentication = authentication
        self.agent = agent
        self.keepaliveInterval = keepaliveInterval
        self.keepaliveCountMax = keepaliveCountMax
    }
}
