extension SSHError {
    /// What to do next.
    var advice: String? {
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
        case .unreachable: return "Check that it is up, and that this machine has a way to it"
        case .refused, .notSSH: return "Check the port, and that sshd runs"
        case .authenticationRefused(let record): return record.advice
        case .noCommonAlgorithm(let types): return Self.advice(types, host: target?.host)
        case .deadlinePassed, .connectionLost: return silenceAdvice
        case .outputLimitPassed: return "Look at what its login shell prints"
        case .channelRefused: return "Look at sshd's log there: a forced command or a limit may forbid it"
        default: return nil
        }
    }

    /// libssh2 1.10 verifies RSA host keys with SHA-1 only, which OpenSSH 8.8 and later no longer offer.
    private static func advice(_ hostKeyTypes: [String], host: String?) -> String? {
        guard hostKeyTypes.first == "ssh-rsa" else { return nil }
        return "known_hosts has an RSA key for it, and sshd no longer signs with SHA-1; add another type: "
            + "ssh-keyscan -t ed25519,ecdsa \(host ?? "HOST")"
    }

    private var silenceAdvice: String? {
        switch operation {
        case .connect: "Check that it is up, and that no firewall swallows the call"
        case .resolveName: "Check the resolver, or give the address"
        case .exchangeKeys, .authenticate, .openChannel:
            "Something listens, but hangs or hangs up: look at the host"
        case .runCommand: "Look at the host: its disk or its shell may hang"
        default: nil
        }
    }
}

extension AuthenticationRecord {
    var advice: String? {
        if attempts.contains(where: { $0.type == "ssh-rsa" }) {
            return
                "RSA keys are signed with SHA-1 here (libssh2 1.10), which OpenSSH 8.8 and later refuse: use an Ed25519 or ECDSA key"
        }
        return attempts.isEmpty
            ? "Name an identity file or start ssh-agent and ssh-add a key"
            : "Put the public key into the user's authorized_keys there, or name another user or key"
    }
}
