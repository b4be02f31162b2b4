/// The check that the login user of a host becomes root without being asked.
public struct SudoCheck: Hashable, Sendable {
    public var host: HostID
    public var user: String
    /// nil where it becomes root.
    public var denial: Denial?

    public struct Denial: Hashable, Sendable {
        public var kind: Kind
        /// In sudo's own words.
        public var said: String

        public init(_ kind: Kind, said: String) {
            self.kind = kind
            self.said = said
        }

        public enum Kind: Hashable, Sendable {
            case wantsPassword
            /// sudoers demands a terminal (`requiretty`).
            case wantsTerminal
            case forbidden
            /// There is no sudo.
            case missing
            case other
        }
    }

    public init(host: HostID, user: String, denial: Denial?) {
        self.host = host
        self.user = user
        self.denial = denial
    }

    public var finding: Checkup.Finding {
        guard let denial else { return .ok(.sudo, .host(host), "without a password") }
        return .fault(.sudo, .host(host), denial.said, fix: fix(denial.kind))
    }

    private func fix(_ kind: Denial.Kind) -> Remedy {
        switch kind {
        case .wantsPassword, .forbidden: writing("\(user) ALL=(ALL) NOPASSWD: ALL", to: "zz-turnstile")
        case .wantsTerminal: writing("Defaults:\(user) !requiretty", to: "zz-turnstile-tty")
        case .other: ["see what it complains of on '\(host)':", "\(run: "sudo -n true", on: host)"]
        case .missing: ["install sudo on '\(host)', or log in as root:", "\(set: "ssh.user", to: "root")"]
        }
    }

    /// A file of its own for each rule, so that neither fix undoes the other. Its name comes after those that images
    /// bring: of two rules the later one counts.
    private func writing(_ line: String, to file: String) -> Remedy {
        [
            "as root on '\(host)':",
            "\(run: "echo \(line) >/etc/sudoers.d/\(file)", on: host, asRoot: true)",
        ]
    }
}
