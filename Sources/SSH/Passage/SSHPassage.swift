/// The way that the bytes of a connection take to its host.
public enum SSHPassage: Sendable {
    /// A TCP connection from this machine.
    case direct
    /// The standard input and output of a command on this machine (`ProxyCommand` of ssh_config).
    case command(ProxyCommand)
    /// A channel of a connection to another host (`ProxyJump` of ssh_config).
    case through(SSHBastion)
}
