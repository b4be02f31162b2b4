/// The algorithms that may be used with a host, best first. Of these a connection uses what libssh2 has.
public struct SSHAlgorithms: Hashable, Sendable {
    public enum Class: CaseIterable, Hashable, Sendable {
        case keyExchange, hostKey, cipher, mac, userKey
        /// Signatures under the certificates of hosts, which are checked here and not by libssh2.
        case authority
    }

    private var lists: [Class: [String]]

    public init(_ lists: [Class: [String]] = [:]) { self.lists = lists }

    /// The algorithms of a class; nil if none are configured, which means the strong ones of libssh2.
    public subscript(kind: Class) -> [String]? {
        get { lists[kind] }
        set { lists[kind] = newValue }
    }

    /// The lists without weak algorithms: signatures and key exchanges over SHA-1, and what is worse. A list that differs
    /// from ssh's defaults is kept as it is.
    ///
    /// - Parameter usual: ssh's default lists.
    public func withoutWeak(unlessBeyond usual: SSHAlgorithms) -> SSHAlgorithms {
        SSHAlgorithms(
            Dictionary(
                uniqueKeysWithValues: lists.map { kind, names in
                    (kind, names == usual[kind] ? names.filter { !kind.isWeak($0) } : names)
                }))
    }
}

extension SSHAlgorithms.Class: CustomStringConvertible {
    public var description: String {
        switch self {
        case .keyExchange: "key exchange"
        case .hostKey: "host key algorithm"
        case .cipher: "cipher"
        case .mac: "MAC"
        case .userKey: "public key algorithm for the login"
        case .authority: "signature algorithm of an authority"
        }
    }

    /// The keyword of ssh_config.
    public var keyword: String {
        switch self {
        case .keyExchange: "KexAlgorithms"
        case .hostKey: "HostKeyAlgorithms"
        case .cipher: "Ciphers"
        case .mac: "MACs"
        case .userKey: "PubkeyAcceptedAlgorithms"
        case .authority: "CASignatureAlgorithms"
        }
    }

    /// Of libssh2's own, those that are used where nobody asks for more; every OpenSSH since 6.5 (2014) has one of each.
    var strong: [String] { (SSHLibrary.isModern ? strongInAny + strongInModern : strongInAny) + lastResort }

    /// The algorithms that ssh too takes by default, for servers with nothing better. A MAC needs no hash without
    /// collisions, so that SHA-1 does.
    private var lastResort: [String] {
        self == .mac ? ["hmac-sha1"] + (SSHLibrary.isModern ? ["hmac-sha1-etm@openssh.com"] : []) : []
    }

    /// The algorithms of libssh2 1.10 and later.
    private var strongInAny: [String] {
        switch self {
        case .keyExchange:
            [
                "curve25519-sha256", "curve25519-sha256@libssh.org", "ecdh-sha2-nistp256",
                "ecdh-sha2-nistp384",
                "ecdh-sha2-nistp521", "diffie-hellman-group16-sha512", "diffie-hellman-group18-sha512",
                "diffie-hellman-group-exchange-sha256", "diffie-hellman-group14-sha256",
            ]
        case .hostKey: Self.curves
        case .userKey, .authority: Self.curves + Self.rsa
        case .cipher: ["aes256-ctr", "aes192-ctr", "aes128-ctr"]
        case .mac: ["hmac-sha2-256", "hmac-sha2-512"]
        }
    }

    /// Ciphers and MACs that libssh2 has since 1.11 stand behind those it always had, and the last resort behind all,
    /// wherever a list has them: they are for servers with nothing else.
    func triedFirst(_ names: [String]) -> [String] {
        guard self == .cipher || self == .mac else { return names }
        let later = [strongInModern, lastResort]
        return names.filter { name in !later.joined().contains(name) }
            + later.flatMap { names.filter($0.contains) }
    }

    /// The algorithms that libssh2 has since 1.11.
    private var strongInModern: [String] {
        switch self {
        case .keyExchange, .authority: []
        case .hostKey: Self.rsa
        case .userKey:
            Self.hardware + (Self.curves + Self.rsa + Self.hardware).map { KeyType($0).certificate.name }
        case .cipher: ["aes256-gcm@openssh.com", "aes128-gcm@openssh.com", "chacha20-poly1305@openssh.com"]
        case .mac: ["hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com"]
        }
    }

    private static let curves = [
        "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
    ]
    private static let rsa = [RSASignature.sha512.rawValue, RSASignature.sha256.rawValue]
    private static let hardware = ["sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com"]

    /// libssh2's algorithms that are used only if the ssh configuration asks for them.
    var weak: [String] {
        switch self {
        case .keyExchange:
            [
                "diffie-hellman-group14-sha1", "diffie-hellman-group-exchange-sha1",
                "diffie-hellman-group1-sha1",
            ]
        case .hostKey: ["ssh-rsa", "ssh-dss"]
        case .userKey: ["ssh-rsa", "ssh-dss"] + (SSHLibrary.isModern ? [KeyType.rsa.certificate.name] : [])
        // ssh-rsa, whatever the configuration says: a signature over SHA-1 can be forged beforehand.
        case .authority: []
        case .cipher:
            [
                "aes256-cbc", "aes192-cbc", "aes128-cbc", "rijndael-cbc@lysator.liu.se", "3des-cbc",
                "blowfish-cbc",
                "cast128-cbc", "arcfour128", "arcfour",
            ]
        case .mac:
            [
                "hmac-sha1-96", "hmac-ripemd160", "hmac-ripemd160@openssh.com", "hmac-md5",
                "hmac-md5-96",
            ]
        }
    }

    func isWeak(_ name: String) -> Bool { weak.contains(name) }
}

/// A class of algorithms in which two sides have none in common.
public struct AlgorithmDisagreement: Hashable, Sendable {
    public var kind: SSHAlgorithms.Class
    /// The algorithms that may be used with the host.
    public var allowed: [String]
    /// The algorithms of the other side, which is the server or libssh2.
    public var offered: [String]

    /// An offered algorithm that is not allowed only because it is weak; nil if there is none.
    var leftOut: String? { kind.weak.first { offered.contains($0) && !allowed.contains($0) } }
}
