/// A file of keys that no host may have, whatever known_hosts says (`RevokedHostKeys` of ssh_config): public keys, one a line,
/// or a key revocation list as `ssh-keygen -k` makes it. Read once, good for any number of hosts.
public struct RevokedKeys: Sendable {
    public let file: String
    private var keys: Set<[UInt8]> = []
    private var sha1: Set<[UInt8]> = []
    private var sha256: Set<[UInt8]> = []
    private var certificates: [CertificateRevocation] = []

    /// Blocks on a local file.
    ///
    /// - Throws: `SSHError` (`revokedKeysUnreadable`): to ssh too, a file that cannot be read revokes every key.
    public static func load(_ file: String) throws(SSHError) -> RevokedKeys {
        func unreadable(_ why: String) -> SSHError {
            SSHError(.loadRevokedKeys, target: nil, .revokedKeysUnreadable(file, why: why))
        }
        switch LocalFile.read(file, bytesMax: 64 << 20) {
        case .failure(let fault): throw unreadable(fault.description)
        case .success(let bytes):
            var revoked = RevokedKeys(file: file)
            if let list = KeyRevocationList.body(of: bytes) {
                do throws(KeyRevocationList.Unreadable) {
                    let list = try KeyRevocationList(list)
                    (revoked.keys, revoked.sha1, revoked.sha256) = (list.keys, list.sha1, list.sha256)
                    revoked.certificates = list.certificates
                } catch {
                    throw unreadable(error.why)
                }
            } else {
                revoked.add(lines: bytes)
            }
            return revoked
        }
    }

    private init(file: String) { self.file = file }

    /// A line that holds no key revokes none, as for ssh.
    private mutating func add(lines: [UInt8]) {
        for line in lines.split(separator: UInt8(ascii: "\n")) {
            let fields = line.split(whereSeparator: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") })
            guard fields.count >= 2, let key = HostKey(type: fields[0], base64: fields[1]) else { continue }
            keys.insert((KeyCertificate(key)?.key ?? key).blob)
        }
    }

    func holds(_ key: HostKey) -> Bool {
        keys.contains(key.blob) || !sha256.isEmpty && sha256.contains(key.sha256)
            || !sha1.isEmpty && sha1.contains(SHA1Digest(of: key.blob).bytes)
    }

    /// True if the certificate itself is revoked, by its number or its name.
    func holds(_ certificate: KeyCertificate) -> Bool {
        certificates.contains { $0.covers(certificate) } || holds(certificate.blob)
    }
}
