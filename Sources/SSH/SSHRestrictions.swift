/// The ssh configuration's demands on a host, besides its line in known_hosts, and the leave to do without one.
public struct SSHRestrictions: Sendable {
    public var algorithms: SSHAlgorithms
    public var revokedKeys: RevokedKeys?
    /// The shortest RSA key that is accepted, in bits (`RequiredRSASize`).
    public var rsaBitsMin: Int
    /// True if known_hosts must not have another key for the host's address either (`CheckHostIP`).
    public var checksAddress: Bool
    /// The ways to log in, in the order they are to be tried (`PreferredAuthentications` and what may be tried of it).
    public var methods: [LoginMethod]
    /// Nil if a host that known_hosts says nothing of is refused.
    public var newHostKeys: NewHostKeys?
    /// Names host keys besides the files of known hosts.
    public var knownHostsCommand: KnownHostsCommand?

    public static let rsaBitsMinUsual = 1024

    public init(
        algorithms: SSHAlgorithms = .init(), revokedKeys: RevokedKeys? = nil,
        rsaBitsMin: Int = rsaBitsMinUsual, checksAddress: Bool = false,
        methods: [LoginMethod] = LoginMethod.allCases, newHostKeys: NewHostKeys? = nil,
        knownHostsCommand: KnownHostsCommand? = nil
    ) {
        self.algorithms = algorithms
        self.revokedKeys = revokedKeys
        self.rsaBitsMin = rsaBitsMin
        self.checksAddress = checksAddress
        self.methods = methods
        self.newHostKeys = newHostKeys
        self.knownHostsCommand = knownHostsCommand
    }

    /// The length of an RSA key that is too short, in bits; nil if the key may be used.
    func isTooShort(_ key: HostKey) -> Int? { key.rsaBits.flatMap { $0 < rsaBitsMin ? $0 : nil } }
}

extension HostKey {
    /// The length of an RSA key's modulus; nil for another key.
    var rsaBits: Int? {
        guard type == "ssh-rsa" else { return nil }
        var reader = WireReader(blob)
        guard reader.string() != nil, reader.string() != nil, let modulus = reader.string() else { return 0 }
        let digits = modulus.drop { $0 == 0 }
        return digits.count * 8 - (digits.first?.leadingZeroBitCount ?? 0)
    }
}
