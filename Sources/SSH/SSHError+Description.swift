import CLibSSH2

extension SSHError: CustomStringConvertible {
    /// The act that failed, on what, why, and what to do next.
    public var description: String { withoutAdvice + (advice.map { ". \($0)" } ?? "") }

    /// The act that failed, on what, and why.
    public var withoutAdvice: String {
        let host = target.map { " '\($0)'\(wayWords)" } ?? ""
        var text = "cannot \(action)\(target == nil ? "" : operation.preposition + host): \(why)"
        if let library { text += " (libssh2 \(library.code): \(library.message))" }
        if calls > 1 { text += "; it was called \(calls) times" }
        if let leftover { text += "; the temporary file '\(leftover)' may still be there" }
        return text
    }

    private var wayWords: String {
        switch way {
        case .direct: ""
        case .command: " through its ProxyCommand"
        case .bastion(let name): " through '\(name)'"
        }
    }

    private var action: String {
        switch operation {
        case .startLoop: "start the SSH event loop"
        case .loadKnownHosts: "read known_hosts"
        case .loadRevokedKeys: "read the revoked host keys"
        case .lookUpHostKey: "look up the host key"
        case .resolveName: "resolve the name"
        case .connect: "connect"
        case .exchangeKeys: "exchange keys"
        case .fetchCertificate: "fetch the certificate"
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
        case .hostKeyChanged(let offered, let known, let lines):
            "it offers \(offered), but \(Self.list(lines.map(\.description))) has another key for it"
                + (known.isEmpty ? "" : ", \(known.map(\.fingerprint).joined(separator: ", "))")
                + "; someone may be listening in, or the host was reinstalled"
        case .hostKeyReplaced(let offered, let before):
            "it offers \(offered), with a good certificate, but had \(before) when this command first reached it"
        case .hostKeyRevoked(let offered, let place): "its key \(offered) is revoked in '\(place)'"
        case .hostKeyTooShort(let offered, let bits, let bitsMin):
            "its key \(offered) has \(bits) bits, and RequiredRSASize demands \(bitsMin)"
        case .hostKeyNotRecorded(let offered, let file, let said):
            "it is new, and its key \(offered) could not be added to '\(file)': \(said)"
        case .hostCertificateMissing(let offered, authorities: []):
            "HostKeyAlgorithms of the ssh configuration demands a certificate for its key \(offered), and no line of "
                + "known_hosts names an authority for it"
        case .hostCertificateMissing(let offered, let authorities):
            "known_hosts has an authority for it (\(Self.list(authorities.map(\.description)))), but it has no "
                + "certificate for its key \(offered), for which no line vouches"
        case .hostCertificateRefused(let offered, let flaw):
            "the certificate for its key \(offered) does not do: \(flaw)"
        case .revokedKeysUnreadable(let file, let said): "'\(file)': \(said)"
        case .knownHostsMissing(_, offered: nil): "the ssh configuration names no file of known hosts"
        case .knownHostsMissing(let files, let offered?):
            "none of \(Self.list(files)) exists, and so nothing vouches for its key \(offered)"
        case .knownHostsUnreadable(let file, let said): "'\(file)': \(said)"
        case .knownHostsCommandFailed(let program, let said): "its KnownHostsCommand '\(program)' \(said)"
        case .noCommonAlgorithm(let classes):
            classes.isEmpty
                ? "no algorithm in common"
                : classes.map {
                    "no \($0.kind) in common: it has \(Self.names($0.offered)), and allowed are \(Self.names($0.allowed))"
                }
                .joined(separator: "; ")
        case .algorithmsUnsupported(let found):
            "the ssh configuration allows as \(found.kind) only \(Self.names(found.allowed))"
                + (found.offered.isEmpty
                    ? ", none of which this libssh2 has" : ", and libssh2 has \(Self.names(found.offered))")
        case .authenticationRefused(let record): record.description
        case .notSSH(let said) where namesMaxStartups:
            "its sshd takes no more callers now; it said '\(said)'"
        case .notSSH(let said): "what listens there is not SSH; it said '\(said)'"
        case .bastion(let error): error.withoutAdvice
        case .proxyCommandAsks: "it waits for an answer at the terminal"
        case .protocolFailure where library?.code == LIBSSH2_ERROR_OUT_OF_BOUNDARY:
            "it sent a longer packet than libssh2 takes (40000 bytes)"
        case .tunnelForbidden:
            "that one opens no channel to \(target.map { "\($0.host) port \($0.port)" } ?? "it")"
        case .deadlinePassed(let duration): "no answer within \(Self.seconds(duration)) s"
        case .cancelled: "cancelled"
        case .connectionLost(let said): "the connection was lost: \(said)"
        case .channelRefused: "the server refused"
        case .channelsTaken(let count):
            "its sshd allows \(count) at once, and none of those that turnstile has open ended in time"
        case .outputLimitPassed(let limit): "more than \(limit) bytes of output"
        case .pathNotUsable: "the path is empty or holds a newline or a NUL"
        case .uploadFailed(let step, let said): "\(step): \(said)"
        case .protocolFailure: "the SSH protocol broke down"
        }
    }

    private static func names(_ names: [String]) -> String {
        names.isEmpty ? "none" : names.joined(separator: ", ")
    }

    private static func list(_ items: [String]) -> String { items.map { "'\($0)'" }.joined(separator: ", ") }

    /// With one digit after the point below ten.
    private static func seconds(_ duration: Duration) -> String {
        let tenths = Int((duration / .milliseconds(100)).rounded())
        return tenths % 10 == 0 || tenths >= 100 ? "\((tenths + 5) / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}

extension SSHError.Operation {
    fileprivate var preposition: String {
        switch self {
        case .connect, .upload: " to"
        case .exchangeKeys: " with"
        case .fetchCertificate: " from"
        case .verifyHostKey, .lookUpHostKey, .resolveName: " of"
        default: " on"
        }
    }
}

extension AuthenticationRecord: CustomStringConvertible {
    public var description: String {
        let tried =
            attempts.isEmpty
            ? (allowed.contains(LoginMethod.publicKey.rawValue)
                ? "no key to try" : "no way in that the ssh configuration allows")
            : "tried "
                + attempts.map { "\($0.key)\($0.type.map { " (\($0))" } ?? ""): \($0.outcome)" }.joined(
                    separator: "; ")
        return tried + "; the server allows "
            + (allowed.isEmpty ? "nothing it names" : allowed.joined(separator: ", "))
            + (isCutShort ? ", and hung up after too many attempts" : "")
    }
}
