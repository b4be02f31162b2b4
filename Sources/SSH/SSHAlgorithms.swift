/// The algorithms that may be used with a host, best first. Of these a connection uses what libssh2 has.
public struct SSHAlgorithms: Hashable, Sendable {
    public enum Class: CaseIterable, Hashable, Sendable {
        case keyExchange, hostKey, cipher, mac, userKey
    }

    private var lists: [Class: [String]]

    public init(_ lists: [Class: [String]] = [:]) { self.lists = lists }

    /// nil where nobody said anything: the best that there is.
    public subscript(kind: Class) -> [String]? {
        get { lists[kind] }
        set { lists[kind] = newValue }
    }

    /// Without those that rest on SHA-1 or worse, but for a list that asks for them: one that is not what ssh does by itself.
    ///
    /// - Parameter usual: what ssh does by itself.
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
        }
    }

    /// Of libssh2's own, those that are used where nobody asks for more; every OpenSSH since 6.5 (2014) has one of each.
    var strong: [String] {
        switch self {
        case .keyExchange:
            [
                "curve25519-sha256", "curve25519-sha256@libssh.org", "ecdh-sha2-nistp256",
                "ecdh-sha2-nistp384",
                "ecdh-sha2-nistp521", "diffie-hellman-group16-sha512", "diffie-hellman-group18-sha512",
                "diffie-hellman-group-exchange-sha256", "diffie-hellman-group14-sha256",
            ]
        case .hostKey, .userKey:
            ["ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521"]
        case .cipher: ["aes256-ctr", "aes192-ctr", "aes128-ctr"]
        case .mac: ["hmac-sha2-256", "hmac-sha2-512"]
        }
    }

    /// Of libssh2's own, what is used only where the ssh configuration asks for it.
    var weak: [String] {
        switch self {
        case .keyExchange:
            [
                "diffie-hellman-group14-sha1", "diffie-hellman-group-exchange-sha1",
                "diffie-hellman-group1-sha1",
            ]
        case .hostKey, .userKey: ["ssh-rsa", "ssh-dss"]
        case .cipher:
            [
                "aes256-cbc", "aes192-cbc", "aes128-cbc", "rijndael-cbc@lysator.liu.se", "3des-cbc",
                "blowfish-cbc",
                "cast128-cbc", "arcfour128", "arcfour",
            ]
        case .mac:
            [
                "hmac-sha1", "hmac-sha1-96", "hmac-ripemd160", "hmac-ripemd160@openssh.com", "hmac-md5",
                "hmac-md5-96",
            ]
        }
    }

    func isWeak(_ name: String) -> Bool { weak.contains(name) }
}

/// A class of algorithms in which two have none in common.
public struct AlgorithmDisagreement: Hashable, Sendable {
    public var kind: SSHAlgorithms.Class
    /// What may be used with the host.
    public var allowed: [String]
    /// What the other side has: the server, or libssh2.
    public var offered: [String]

    /// Offered, and left out only for being weak.
    var leftOut: String? { kind.weak.first { offered.contains($0) && !allowed.contains($0) } }
}
