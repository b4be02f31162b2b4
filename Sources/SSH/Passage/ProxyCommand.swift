/// A command whose standard input and output lead to a host (`ProxyCommand` of ssh_config).
public struct ProxyCommand: Hashable, Sendable {
    /// The program that reads the command, as a path: the person's own shell, as in ssh.
    public var shell: String
    /// The command with every token filled in.
    public var text: String

    public init(shell: String, text: String) {
        self.shell = shell
        self.text = text
    }
}
