import CLibSSH2

extension SSHError {
    /// The next step for a person.
    var advice: String? {
        let entry = target.map { KnownHosts.lookupNames(for: $0)[0] } ?? "HOST"
        switch reason {
        case .hostKeyUnknown(_, _, let files): return unknown(files)
        case .hostKeyChanged(_, _, let lines):
            guard let line = lines.first(where: { $0.file != KnownHostsCommand.source }) ?? nil else {
                return
                    "If the change is meant, have KnownHostsCommand of the ssh configuration name the new key"
            }
            return "If the change is meant: ssh-keygen -R \(PastedWord(entry)) -f \(PastedWord(line.file))"
                + ", then record the new key: give the command again with --accept-new"
        case .hostKeyReplaced:
            return
                "Find out why it has another key. If that is meant, give the command again (after a hold, turnstile "
                + "resume): its certificate is trusted then"
        case .hostKeyRevoked: return "Do not connect; give the host a new key"
        case .hostKeyNotRecorded:
            return
                "Name a file that can be written in the ssh configuration (UserKnownHostsFile), or under 'known-hosts' "
                + "of 'ssh' in turnstile.yaml"
        case .hostCertificateMissing(_, authorities: []):
            return
                "Allow its key's own algorithm, too (HostKeyAlgorithms of the ssh configuration), or add the authority that "
                + "signs it to known_hosts: @cert-authority \(entry) KEY"
        case .hostCertificateMissing:
            return
                "Have its key signed by the authority, name the certificate in its sshd_config (HostCertificate) and "
                + "reload sshd; or compare the fingerprint with the host's own, then \(recording(KnownHosts.usualFile))"
        case .hostCertificateRefused(_, let flaw):
            return flaw.advice(for: target.map { $0.hostKeyAlias ?? $0.name } ?? "HOST")
        case .hostKeyTooShort: return "Give the host a new key: Ed25519, say"
        case .revokedKeysUnreadable:
            return
                "Mend it, or take RevokedHostKeys out of the ssh configuration: until then every key counts as revoked"
        case .knownHostsMissing(let files, _): return unknown(files)
        case .knownHostsCommandFailed:
            return
                "Run the program by hand as that line of the ssh configuration says, and mend it: until then no key of "
                + "the host is trusted"
        case .nameNotResolved: return "Check the name, or give the address"
        case .unreachable: return "Check that it is up, and that \(caller) has a way to it"
        case .notSSH where namesMaxStartups:
            return "Try again when fewer log in at once, or raise MaxStartups in its sshd_config"
        case .refused, .notSSH: return "Check the port, and that sshd runs"
        case .authenticationRefused(let record): return record.advice
        case .noCommonAlgorithm(let classes): return classes.first.flatMap(advice)
        case .algorithmsUnsupported(let found):
            return "Allow one of libssh2's under \(found.kind.keyword) in the ssh configuration of this host"
        case .bastion(let error): return error.advice
        case .tunnelForbidden:
            return
                "Allow it in the sshd_config of \(caller) (AllowTcpForwarding, PermitOpen), and in its authorized_keys"
        case .proxyCommandAsks:
            return "Answer there, or have it ask nothing: give the bastion's key to ssh-agent (ssh-add)"
        case .protocolFailure where library?.code == LIBSSH2_ERROR_OUT_OF_BOUNDARY:
            return "Shorten the text that Banner of its sshd_config names, if it has one"
        case .deadlinePassed, .connectionLost: return silenceAdvice
        case .protocolFailure:
            return
                "Try it by hand, ssh -v \(PastedWord(target?.name ?? "HOST")), and look at sshd's log there: something "
                + "else than OpenSSH may answer, or something on the way may change what is sent"
        case .outputLimitPassed: return "Look at what its login shell prints"
        case .channelsTaken: return "Raise MaxSessions in its sshd_config"
        case .channelRefused: return "Look at sshd's log there: a forced command or a limit may forbid it"
        default: return nil
        }
    }

    /// The machine that calls the host.
    private var caller: String {
        switch way {
        case .direct: "this machine"
        case .command: "its ProxyCommand"
        case .bastion(let name): "'\(name)'"
        }
    }

    /// How a host's key comes into a file. ssh-keyscan calls from this machine, and writes the name that it calls: no way
    /// for a host that is reached otherwise, or known by another name.
    private func recording(_ file: String) -> String {
        guard way == .direct, let target, target.hostKeyAlias == nil else {
            return "give the command again with --accept-new"
        }
        return "give the command again with --accept-new, or: "
            + "ssh-keyscan -p \(target.port) \(PastedWord(target.host)) >> \(file.hasPrefix("~/") ? file : "\(PastedWord(file))")"
    }

    /// A line of known_hosts goes into a file that keeps it.
    private func unknown(_ files: [String]) -> String {
        let line =
            "Compare the fingerprint with the host's own, then \(recording(KnownHosts.fileToWrite(files)))"
        guard !KnownHosts.canBeWritten(files) else { return line }
        return
            "The ssh configuration names no file that keeps host keys: name one there (UserKnownHostsFile), or under "
            + "'known-hosts' of 'ssh' in turnstile.yaml. " + line
    }

    private func advice(_ found: AlgorithmDisagreement) -> String? {
        let host = target?.host ?? "HOST"
        // libssh2 1.10 verifies RSA host keys with SHA-1 only, which OpenSSH 8.8 and later no longer offer.
        let ownKey =
            !SSHLibrary.isModern && found.kind == .hostKey
                && found.offered.contains { $0.hasPrefix("rsa-sha2-") }
            ? "Give it an Ed25519 or ECDSA host key, as RSA keys are checked with SHA-1 here (libssh2 \(SSHLibrary.version)): ssh-keyscan -t ed25519,ecdsa \(host); or build turnstile with Scripts/libssh2"
            : nil
        guard let weak = found.leftOut else {
            return ownKey
                ?? "Allow one of these in its sshd_config (\(found.kind.keyword)): \(found.kind.strong.joined(separator: ","))"
        }
        let allow = "\(found.kind.keyword) +\(weak)"
        return (ownKey.map { $0 + "; or" } ?? "It is old: update its sshd, or")
            + " set '\(allow)' for this host alone in the ssh configuration, which accepts its weakness"
    }

    private var silenceAdvice: String? {
        switch operation {
        case .connect where way == .command, .exchangeKeys where way == .command:
            "Run its ProxyCommand by hand, as ssh does: ssh -v \(PastedWord(target?.name ?? "HOST"))"
        case .connect where way != .direct:
            "Check that it is up, and that no firewall on the way swallows the call"
        case .connect: "Check that it is up, and that no firewall swallows the call"
        case .resolveName: "Check the resolver, or give the address"
        case .exchangeKeys where isThrottling, .fetchCertificate where isThrottling:
            "Something listens, and hangs up: its sshd may have too many callers (MaxStartups in its sshd_config), or be "
                + "ill. Look at its log there"
        case .exchangeKeys, .fetchCertificate, .authenticate, .openChannel:
            "Something listens, but hangs or hangs up: look at the host"
        case .runCommand: "Look at the host: its disk or its shell may hang"
        default: nil
        }
    }
}

extension AuthenticationRecord {
    var advice: String? {
        let keys = attempts.filter { !$0.isMethod }
        if let remedy = keys.lazy.compactMap(\.remedy).first { return remedy }
        if isCutShort, keys.count > 1 {
            return
                "Name the one key that is meant (IdentityFile), and set IdentitiesOnly yes, in the ssh configuration"
        }
        if let last = attempts.last, last.isMethod, let remedy = last.remedy,
            last.outcome.hasPrefix(Self.refusedByServer) || !allowed.contains(LoginMethod.publicKey.rawValue)
        {
            return remedy
        }
        return keys.isEmpty
            ? "Name an identity file or start ssh-agent and ssh-add a key"
            : "Put the public key into the user's authorized_keys there, or name another user or key"
    }
}
