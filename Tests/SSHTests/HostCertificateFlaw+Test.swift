import Testing

@testable import SSH

extension HostCertificateFlaw {
    /// The flaw of a certificate, as files of OpenSSH have it, for the host `box`.
    ///
    /// - Parameter spoiling: a byte of it to change beforehand.
    /// - Returns: also how many bytes it has.
    static func found(in certificate: String, authority: String, spoiling place: Int? = nil) throws
        -> (HostCertificateFlaw?, bytes: Int)
    {
        var bytes = try #require(PublicKeyFile.key(Array(certificate.utf8))).blob
        let whole = try #require(HostKey(blob: bytes).flatMap(KeyCertificate.init))
        if let place { bytes[place] ^= 0x10 }
        guard let read = HostKey(blob: bytes).flatMap(KeyCertificate.init) else {
            return (.unreadable, bytes.count)
        }
        var knownHosts = KnownHosts()
        knownHosts.add("@cert-authority * \(authority)", file: "known_hosts")
        let check = HostCertificateCheck(
            target: SSHTarget(name: "box", user: "core"), knownHosts: knownHosts, restrictions: .init())
        return (check.flaw(of: read, for: whole.key, at: UTCTime.now), bytes.count)
    }
}
