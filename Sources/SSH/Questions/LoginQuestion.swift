/// A question to the person who logs in.
public enum LoginQuestion: Hashable, Sendable {
    /// The passphrase of the key file at a path.
    case passphrase(path: String)
    /// The password of an account.
    case password(of: SSHTarget)
    /// A line that a server asks for (RFC 4256). The server's words are made safe to print.
    case server(SSHTarget, words: String, isSecret: Bool)

    /// The question as ssh puts it: a line.
    public var prompt: String {
        switch self {
        case .passphrase(let path): "Passphrase for '\(path)': "
        case .password(let target): "(\(target)) Password: "
        case .server(let target, let words, _): "(\(target)) \(words)"
        }
    }

    /// True if the answer must not be shown as it is typed.
    public var isSecret: Bool { if case .server(_, _, let isSecret) = self { isSecret } else { true } }

    /// True where the same answer works again, as on the next connection to a host that was rebooted. False for
    /// one-time codes.
    var hasLastingAnswer: Bool {
        guard case .server(_, let said, let isSecret) = self else { return true }
        let words = said.lowercased()
        return isSecret && words.contains("password")
            && !["one-time", "one time", "otp", "code", "token", "new", "again"].contains(
                where: words.contains)
    }
}
