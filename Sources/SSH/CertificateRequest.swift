/// The two packets after which a server shows its host certificate: the algorithms to agree on, and the public value of
/// a key exchange (RFC 8731, RFC 5656, RFC 4253). The secret of that value is unknown and not needed: the exchange ends
/// with the certificate, which carries its own signature.
struct CertificateRequest {
    enum Unsendable: Error {
        /// The server has no certificate of a wanted kind.
        case noCertificate
        case noKeyExchange(AlgorithmDisagreement)
    }

    static let keyExchangeInit: UInt8 = 20
    private static let publicValue: UInt8 = 30
    static let reply: UInt8 = 31

    private let hostKeys: [String]
    private let exchange: Exchange
    private let offer: [SSHAlgorithms.Class: [String]]

    /// - Parameters:
    ///   - wanted: the algorithms of certificates, best first.
    ///   - offer: the algorithms of the server.
    init(_ wanted: [String], from offer: [SSHAlgorithms.Class: [String]]) throws(Unsendable) {
        hostKeys = wanted.filter { offer[.hostKey]?.contains($0) == true }
        guard !hostKeys.isEmpty else { throw .noCertificate }
        let offered = offer[.keyExchange] ?? []
        guard let exchange = Exchange.allCases.first(where: { offered.contains($0.rawValue) }) else {
            throw .noKeyExchange(
                AlgorithmDisagreement(
                    kind: .keyExchange, allowed: Exchange.allCases.map(\.rawValue), offered: offered))
        }
        self.exchange = exchange
        self.offer = offer
    }

    var bytes: [UInt8] { PlainPackets.packet(agreement) + PlainPackets.packet(value) }

    /// SSH_MSG_KEXINIT. Encryption never begins, so the server's own lists of ciphers and MACs are sent back.
    private var agreement: [UInt8] {
        let (ciphers, macs) = (offer[.cipher] ?? [], offer[.mac] ?? [])
        var content = WireWriter()
        content.byte(Self.keyExchangeInit)
        for _ in 0..<16 { content.byte(.random(in: .min ... .max)) }
        let lists = [[exchange.rawValue], hostKeys, ciphers, ciphers, macs, macs, ["none"], ["none"], [], []]
        for list in lists { content.string(list.joined(separator: ",").utf8) }
        // There is no guessed packet, and the reserved field is 0.
        content.byte(0)
        content.uint32(0)
        return content.bytes
    }

    private var value: [UInt8] {
        var content = WireWriter()
        content.byte(Self.publicValue)
        content.string(exchange.publicValue)
        return content.bytes
    }
}

extension CertificateRequest {
    private enum Exchange: String, CaseIterable {
        case x25519 = "curve25519-sha256"
        case x25519Formerly = "curve25519-sha256@libssh.org"
        case p256 = "ecdh-sha2-nistp256"
        case group14 = "diffie-hellman-group14-sha256"
        case group16 = "diffie-hellman-group16-sha512"
        case group18 = "diffie-hellman-group18-sha512"

        /// A value that the server accepts.
        var publicValue: [UInt8] {
            switch self {
            case .x25519, .x25519Formerly: Self.random(32)
            case .p256: Self.generatorOfP256
            // The value is positive, and below the prime of each group.
            case .group14, .group16, .group18: [0x40] + Self.random(254)
            }
        }

        private static func random(_ count: Int) -> [UInt8] {
            (0..<count).map { _ in .random(in: .min ... .max) }
        }

        /// A point of the curve, uncompressed.
        private static let generatorOfP256: [UInt8] = [
            0x04,
            0x6b, 0x17, 0xd1, 0xf2, 0xe1, 0x2c, 0x42, 0x47, 0xf8, 0xbc, 0xe6, 0xe5, 0x63, 0xa4, 0x40, 0xf2,
            0x77, 0x03, 0x7d, 0x81, 0x2d, 0xeb, 0x33, 0xa0, 0xf4, 0xa1, 0x39, 0x45, 0xd8, 0x98, 0xc2, 0x96,
            0x4f, 0xe3, 0x42, 0xe2, 0xfe, 0x1a, 0x7f, 0x9b, 0x8e, 0xe7, 0xeb, 0x4a, 0x7c, 0x0f, 0x9e, 0x16,
            0x2b, 0xce, 0x33, 0x57, 0x6b, 0x31, 0x5e, 0xce, 0xcb, 0xb6, 0x40, 0x68, 0x37, 0xbf, 0x51, 0xf5,
        ]
    }
}
