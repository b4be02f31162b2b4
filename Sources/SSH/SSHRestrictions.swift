/// What is demanded of a host beyond a line of known_hosts, as its ssh configuration says.
public struct SSHRestrictions: Sendable {
    public var algorithms: SSHAlgorithms
    public var revokedKeys: RevokedKeys?
    /// A shorter RSA key is none (`RequiredRSASize`).
    public var rsaBitsMin: Int
    /// known_hosts may not have another key for the address either (`CheckHostIP`).
    public var checksAddress: Bool

    public static let rsaBitsMinUsual = 1024

    public init(
        algorithms: SSHAlgorithms = .init(), revokedKeys: RevokedKeys? = nil,
        rsaBitsMin: Int = rsaBitsMinUsual, checksAddress: Bool = false
    ) {
        self.algorithms = algorithms
        self.revokedKeys = revokedKeys
        self.rsaBitsMin = rsaBitsMin
        self.checksAddress = checksAddress
    }

    /// Why a key may not be used, whoever vouches for it.
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
