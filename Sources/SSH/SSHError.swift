/// A failure over SSH: the operation, the host, the reason, and libssh2's own words.
public struct SSHError: Error, Hashable, Sendable {
    public var operation: Operation
    /// The host; nil only for operations before any host is known, such as reading known_hosts.
    public var target: SSHTarget?
    public var reason: Reason
    /// The way of the connection, made or attempted.
    public var way = Way.direct
    /// The words of libssh2, copied at once.
    public var library: LibraryFailure?
    /// A temporary file of Turnstile's that may still be on the host, since it could not be removed.
    public var leftover: String?
    /// The number of calls to the host until then.
    public var calls = 1

    public init(
        _ operation: Operation, target: SSHTarget?, _ reason: Reason, library: LibraryFailure? = nil
    ) {
        self.operation = operation
        self.target = target
        self.reason = reason
        self.library = library
    }

    public enum Way: Hashable, Sendable {
        case direct
        /// Through a `ProxyCommand`.
        case command
        /// Through this host.
        case bastion(String)

        init(_ passage: SSHPassage) {
            self =
                switch passage {
                case .direct: .direct
                case .command: .command
                case .through(let bastion): .bastion("\(bastion.route.target)")
                }
        }
    }

    public enum Operation: Hashable, Sendable {
        case startLoop, loadKnownHosts, loadRevokedKeys, lookUpHostKey, resolveName, connect, exchangeKeys,
            fetchCertificate, verifyHostKey, authenticate
        case openChannel, runCommand
        /// The remote path.
        case upload(String)
    }

    public enum Reason: Hashable, Sendable {
        /// The operator's machine lacks a resource, such as a descriptor or a thread; the system's message.
        case localFault(String)
        case nameNotResolved(String)
        /// No address took the connection: no route, no answer to the SYN.
        case unreachable(String)
        /// The host answers but nothing listens on the port.
        case refused(String)
        /// No line of known_hosts names the host with a key of this type; `known` are the types it does name.
        case hostKeyUnknown(offered: HostKeyPrint, known: [String], files: [String])
        /// known_hosts names other keys of this type for the host.
        case hostKeyChanged(offered: HostKeyPrint, known: [HostKeyPrint], lines: [KnownHostsLine])
        /// The host's certificate is good, but while this program ran the host had another key before.
        case hostKeyReplaced(offered: HostKeyPrint, before: HostKeyPrint)
        /// Exactly this key is marked `@revoked` in known_hosts, or is listed in the file of revoked keys.
        case hostKeyRevoked(offered: HostKeyPrint, place: String)
        /// The host's RSA key has `bits`, and at least `bitsMin` are required.
        case hostKeyTooShort(offered: HostKeyPrint, bits: Int, bitsMin: Int)
        /// The host is new, and its key could not be added to this file, or to any.
        case hostKeyNotRecorded(offered: HostKeyPrint, file: String, why: String)
        /// Lines of known_hosts name authorities for the host, and the host has no certificate for its key. Without
        /// such lines: the algorithms that are allowed require a certificate.
        case hostCertificateMissing(offered: HostKeyPrint, authorities: [KnownHostsLine])
        /// The host's certificate does not vouch for its key.
        case hostCertificateRefused(offered: HostKeyPrint, HostCertificateFlaw)
        case revokedKeysUnreadable(String, why: String)
        /// The known_hosts files do not exist.
        /// `offered` is the key of the host; nil where no host was asked, as no file is named.
        case knownHostsMissing([String], offered: HostKeyPrint?)
        case knownHostsUnreadable(String, why: String)
        /// The program of `KnownHostsCommand` gave no answer; `why` is the end of a sentence about it.
        case knownHostsCommandFailed(program: String, why: String)
        /// No algorithm is both allowed and offered by the server; the classes are empty if the server did not list its
        /// own.
        case noCommonAlgorithm([AlgorithmDisagreement])
        /// libssh2 has none of the algorithms that may be used with the server.
        case algorithmsUnsupported(AlgorithmDisagreement)
        case authenticationRefused(AuthenticationRecord)
        /// The connection's peer sent this text instead of an SSH version.
        case notSSH(said: String)
        /// The host through which this one is reached cannot be used, for the reason of that error.
        indirect case bastion(SSHError)
        /// The ProxyCommand asked something at the terminal, and got no answer in time.
        case proxyCommandAsks
        /// The bastion opens no channel to the host's port.
        case tunnelForbidden
        /// The deadline passed; the duration is the length of the wait.
        case deadlinePassed(Duration)
        case cancelled
        case connectionLost(String)
        /// The server will not open another channel, or will not run the command or the subsystem.
        case channelRefused
        /// The server allows only this number of channels at once, and none of ours ended in time.
        case channelsTaken(Int)
        /// The output was longer than this limit in bytes, and was dropped.
        case outputLimitPassed(Int)
        /// The path cannot be used: it is empty, or contains a newline or a NUL.
        case pathNotUsable
        /// An upload failed on the host, at this step and with this message.
        case uploadFailed(step: String, why: String)
        case protocolFailure
    }

    public struct LibraryFailure: Hashable, Sendable {
        public var code: Int32
        public var message: String

        public init(code: Int32, message: String) {
            self.code = code
            self.message = message
        }
    }
}

/// A line of a known_hosts file.
public struct KnownHostsLine: Hashable, Sendable, CustomStringConvertible {
    public var file: String
    /// Counted from 1.
    public var number: Int

    public init(file: String, number: Int) {
        self.file = file
        self.number = number
    }

    public var description: String { "\(file):\(number)" }
}

/// The ways to log in that were tried, in order.
public struct AuthenticationRecord: Hashable, Sendable {
    public struct Attempt: Hashable, Sendable {
        /// The key, as a person would point at it: a path, or `agent key 'comment'`; or a method without keys.
        public var key: String
        /// True for a method without keys.
        public var isMethod = false
        /// The key type, where it is known.
        public var type: String?
        public var outcome: String
        /// The remedy for this key.
        public var remedy: String?
    }
    public var attempts: [Attempt] = []
    /// The methods the server allows, as it names them.
    public var allowed: [String] = []
    /// True if the server hung up because of too many attempts (`MaxAuthTries` of sshd_config).
    public var isCutShort = false

    mutating func note(_ key: String, _ type: String?, _ outcome: String, remedy: String? = nil) {
        note(Attempt(key: key, type: type, outcome: outcome, remedy: remedy))
    }

    static let refusedByServer = "refused by the server"

    mutating func note(_ method: LoginMethod, _ outcome: String, remedy: String? = nil) {
        note(Attempt(key: method.rawValue, isMethod: true, outcome: outcome, remedy: remedy))
    }

    /// Adds an attempt. Wrong answers are listed once, however often they were given.
    private mutating func note(_ attempt: Attempt) {
        if attempt != attempts.last { attempts.append(attempt) }
    }
}
