/// The check that a host is reached, known by its key and logged in to.
public struct ConnectionCheck: Hashable, Sendable {
    public var host: HostID
    /// nil where the ssh configuration does not tell it.
    public var login: Login?
    /// nil for a session that came about.
    public var failure: Failure?

    /// How a host is called.
    public struct Login: Hashable, Sendable {
        public var user: String
        public var address: String
        public var port: UInt16

        public init(user: String, address: String, port: UInt16) {
            self.user = user
            self.address = address
            self.port = port
        }

        /// The user of every CoreOS and Flatcar image.
        static let usualUser = "core"
    }

    public struct Failure: Hashable, Sendable {
        public var trouble: HostTrouble
        public var words: ConnectionFailure
        public var bastion: ShutBastion?

        public init(_ trouble: HostTrouble, _ words: ConnectionFailure, bastion: ShutBastion? = nil) {
            self.trouble = trouble
            self.words = words
            self.bastion = bastion
        }
    }

    public init(host: HostID, login: Login?, failure: Failure?) {
        self.host = host
        self.login = login
        self.failure = failure
    }

    public var finding: Checkup.Finding {
        guard let failure else {
            let user = login.map { " as \($0.user)" } ?? ""
            return .ok(.connection, .host(host), "reached, known by its key, logged in to\(user)")
        }
        guard let bastion = failure.bastion else {
            return .fault(failure.check, .host(host), failure.words.said, fix: fix(failure))
        }
        // In words about no single host behind it, so that it is told once.
        return .fault(
            .connection, .host(host), "the way ends at '\(bastion.name)': \(bastion.why)",
            fix: [
                "mend '\(bastion.name)', or the way to it, until this answers:",
                "\(run: "ssh \("ssh://\(bastion.name)") true", .here)",
            ])
    }

    private func fix(_ failure: Failure) -> Remedy {
        switch failure.words.key {
        case .unknown?:
            return [
                "compare the fingerprint with the one on the console of '\(host)'; where they agree:",
                "\(or: .acceptKey(host))",
            ]
        case .other(let entries)?: return replacing(entries)
        case nil: break
        }
        let advice = Self.advice(failure.words.advice)
        switch failure.trouble {
        case .loginRefused: return Remedy(advice + Self.otherLogin([login].compactMap(\.self)))
        case .unreachable, .refused, .throttled: return Remedy(advice + failure.trouble.steps(on: host))
        default: return Remedy(advice.isEmpty ? failure.trouble.steps(on: host) : advice)
        }
    }

    private func replacing(_ entries: [ConnectionFailure.KnownHostEntry]) -> Remedy {
        let compare: Remedy.Step = """
            compare the fingerprint with the one on the console of '\(host)'; where they differ, somebody else \
            answers; where they agree:
            """
        return Remedy(
            [compare] + entries.map { "\(run: "ssh-keygen -R \($0.name) -f \($0.file)", .here)" }
                + ["\(or: .acceptKey(host))"])
    }

    /// - Parameter logins: those of one user.
    static func otherLogin(_ logins: [Login]) -> [Remedy.Step] {
        guard let user = logins.first?.user else { return [] }
        let usual: [Remedy.Step] =
            user == Login.usualUser
            ? [] : ["the user of CoreOS and Flatcar is core:", "\(set: "ssh.user", to: Login.usualUser)"]
        return usual + ["this puts a key there, where another way to log in is open:"]
            + logins.map { "\(run: "ssh-copy-id -p \($0.port) \("\($0.user)@\($0.address)")", .here)" }
    }

    static func advice(_ text: String?) -> [Remedy.Step] { text.map { ["\(uncapitalized($0))"] } ?? [] }

    /// Without a capital at its beginning, unless that is a name's.
    private static func uncapitalized(_ text: String) -> String {
        guard let first = text.first, text.dropFirst().first?.isUppercase != true else { return text }
        return first.lowercased() + text.dropFirst()
    }
}

extension ConnectionCheck.Failure {
    fileprivate var check: Checkup.Check {
        guard words.key == nil else { return .hostKey }
        return switch trouble {
        case .hostKey: .hostKey
        case .loginRefused: .login
        case .shell: .shell
        default: .connection
        }
    }
}
