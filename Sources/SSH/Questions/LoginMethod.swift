/// A way to log in, by its name in the protocol (RFC 4252, RFC 4256).
public enum LoginMethod: String, Hashable, Sendable, CaseIterable {
    case publicKey = "publickey"
    case keyboardInteractive = "keyboard-interactive"
    case password

    /// How many a server may want one after another (`AuthenticationMethods` of sshd_config).
    static let stepsMax = 8
}
