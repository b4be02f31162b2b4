extension SSHError: CustomStringConvertible {
    /// What could not be done, to what, why, and what to do next.
    public var description: String {
        let host = target.map { " '\($0)'" } ?? ""
        var text = "cannot \(action)\(target == nil ? "" : operation.preposition + host): \(why)"
        if let library { text += " (libssh2 \(library.code): \(library.message))" }
        if let leftover { text += "; the temporary file '\(leftover)' may still be there" }
        if let advice { text += ". \(advice)" }
        return text
    }

    private var action: String {
        switch operation {
        case .startLoop: "start the SSH event loop"
        case .loadKnownHosts: "read known_hosts"
        case .resolveName: "resolve the name"
        case .connect: "connect"
        case .exchangeKeys: "exchange keys"
        case .verifyHostKey: "trust the host key"
        case .authenticate: "log in"
        case .openChannel: "open a channel"
        case .runCommand: "run a command"
        case .upload(let path): "upload '\(path)'"
        }
    }

    private var why: String {
        switch reason {
        case .localFault(let said), .nameNotResolved(let said), .unreachable(let said), .refused(let said):
            said
        case .hostKeyUnknown(let offered, let known, let files):
            "no line of \(Self.list(files)) vouches for its key \(offered)"
                + (known.isEmpty ? "" : ", only for keys of type \(known.joined(separator: ", "))")
        case .hostKeyChanged(let offered, let lines):
            "it offers \(offered), but \(Self.list(lines.map(\.description))) has another key for it;"
                + " someone may be listening in, or the host was reinstalled"
        case .hostKeyRevoked(let offered, let line): "its key \(offered) is revoked in '\(line)'"
        case .knownHostsMissing(let files): "none of \(Self.list(files)) exists"
        case .knownHostsUnreadable(let file, let said): "'\(file)': \(said)"
        case .knownHostsMalformed(let line): "the marked line '\(line)' cannot be read"
        case .noCommonAlgorithm(let types):
            "no algorithm in common"
                + (types.isEmpty ? "" : "; host key types asked for: \(types.joined(separator: ", "))")
        case .authenticationRefused(let record): record.description
        case .deadlinePassed(let duration): "no answer within \(duration)"
        case .cancelled: "cancelled"
        case .connectionLost(let said): "the connection was lost: \(said)"
        case .channelRefused: "the server refused"
        case .outputLimitPassed(let limit): "more than \(limit) bytes of output"
        case .pathNotUsable: "the path is empty or holds a newline or a NUL"
        case .uploadFailed(let step, let said): "\(step): \(said)"
        case .protocolFailure: "the SSH protocol broke down"
        }
    }

    private var advice: String? {
        let scan = target.map { "ssh-keyscan -p \($0.port) \($0.host)" } ?? "ssh-keyscan HOST"
        let entry = target.map { KnownHosts.lookupNames(for: $0)[0] } ?? "HOST"
        switch reason {
        case .hostKeyUnknown(_, _, let files):
            return
                "Compare the fingerprint with the host's own, then: \(scan) >> \(files.first ?? "known_hosts")"
        case .hostKeyChanged(_, let lines):
            return "If the change is meant: ssh-keygen -R '\(entry)'"
                + (lines.first.map { " -f \($0.file)" } ?? "") + ", then: \(scan)"
        case .hostKeyRevoked: return "Do not connect; give the host a new key"
        case .knownHostsMissing(let files): return "Make one: \(scan) >> \(files.first ?? "known_hosts")"
        case .knownHostsMalformed: return "Mend or remove the line"
        case .nameNotResolved: return "Check the name, or give the address"
        case .refused: return "Check the port, and that sshd runs"
        case .authenticationRefused(let record): return record.advice
        case .noCommonAlgorithm(let types):
            // libssh2 1.10 verifies RSA host keys with SHA-1 only, which OpenSSH 8.8 and later no longer
            // offer.
            return types.first == "ssh-rsa"
                ? "known_hosts has an RSA key for it, and sshd no longer signs with SHA-1; add another type: ssh-keyscan -t ed25519,ecdsa \(target?.host ?? "HOST")"
                : nil
        default: return nil
        }
    }

    private static func list(_ items: [String]) -> String { items.map { "'\($0)'" }.joined(separator: ", ") }
}

extension SSHError.Operation {
    fileprivate var preposition: String {
        switch self {
        case .connect, .upload: " to"
        case .exchangeKeys: " with"
        case .verifyHostKey, .resolveName: " of"
        default: " on"
        }
    }
}

extension AuthenticationRecord: CustomStringConvertible {
    public var description: String {
        let tried =
            attempts.isEmpty
            ? "no key to try"
            : "tried "
                + attempts.map { "\($0.key)\($0.type.map { " (\($0))" } ?? ""): \($0.outcome)" }.joined(
                    separator: "; ")
        return tried + "; the server allows "
            + (allowed.isEmpty ? "nothing it names" : allowed.joined(separator: ", "))
    }

    var advice: String? {
        if attempts.contains(where: { $0.type == "ssh-rsa" }) {
            return
                "RSA keys are signed with SHA-1 here (libssh2 1.10), which OpenSSH 8.8 and later refuse: use an Ed25519 or ECDSA key"
        }
        return attempts.isEmpty ? "Name an identity file or start ssh-agent and ssh-add a key" : nil
    }
}
