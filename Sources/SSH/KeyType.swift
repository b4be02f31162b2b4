/// The name of a kind of key or signature, of which certificates and hardware keys have their own.
struct KeyType: Hashable, Sendable {
    static let rsa = KeyType("ssh-rsa")
    static let ed25519 = KeyType("ssh-ed25519")

    private static let certificateSuffix = "-cert-v01@openssh.com"
    private static let hardwarePrefix = "sk-"

    let name: String

    init(_ name: String) { self.name = name }

    var isCertificate: Bool { name.hasSuffix(Self.certificateSuffix) }
    /// Made by a security key (FIDO), whose signatures carry a counter.
    var isHardware: Bool { name.hasPrefix(Self.hardwarePrefix) }

    /// A certificate's, as the key has it that it is for; any other is itself.
    var plain: KeyType {
        guard isCertificate else { return self }
        let stem = String(name.dropLast(Self.certificateSuffix.count))
        return KeyType(isHardware ? stem + "@openssh.com" : stem)
    }

    /// The name of the certificates for such keys.
    var certificate: KeyType {
        let stem = isHardware ? name.prefix { $0 != "@" } : name[...]
        return KeyType(stem + Self.certificateSuffix)
    }
}

extension HostKey {
    var kind: KeyType { KeyType(type) }
}
