/// Whom to talk to.
public struct SSHTarget: Hashable, Sendable, CustomStringConvertible {
    /// The user's name for the host: used in messages and, unless there is an alias, looked up in
    /// known_hosts.
    public var name: String
    /// The name or address to connect to (`HostName` of ssh_config); often the same as `name`.
    public var host: String
    public var port: UInt16
    public var user: String
    /// `HostKeyAlias` of ssh_config: looked up in known_hosts as it is, whatever the port.
    public var hostKeyAlias: String?

    public init(
        name: String, host: String? = nil, port: UInt16 = 22, user: String, hostKeyAlias: String? = nil
    ) {
        self.name = name
        self.host = host ?? name
        self.port = port
        self.user = user
        self.hostKeyAlias = hostKeyAlias
    }

    public var description: String {
        port == 22 ? "\(user)@\(name)" : "\(user)@\(name):\(port)"
    }
}
