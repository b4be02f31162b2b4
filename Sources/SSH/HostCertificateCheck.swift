/// The demands on a host's certificate: those of OpenSSH (`sshkey_cert_check_host`), with OpenSSH 10.3's rule that a
/// certificate without names is for no host.
struct HostCertificateCheck {
    let target: SSHTarget
    let knownHosts: KnownHosts
    let restrictions: SSHRestrictions

    /// The host's name as certificates have it.
    var name: String { target.hostKeyAlias ?? KnownHosts.lowercased(target.name) }

    /// - Parameters:
    ///   - key: the one that the host proved to have.
    ///   - now: in seconds since 1970.
    /// - Returns: nil for a certificate that vouches for the key.
    func flaw(of certificate: KeyCertificate, for key: HostKey, at now: UInt64) -> HostCertificateFlaw? {
        flawOfPurpose(certificate) ?? flawOfAuthority(certificate) ?? flawOfSignature(certificate)
            ?? flawOfContent(certificate, at: now)
            ?? (certificate.key == key ? nil : .otherKey(HostKeyPrint(certificate.key)))
    }

    private func flawOfPurpose(_ certificate: KeyCertificate) -> HostCertificateFlaw? {
        certificate.purpose == .host ? nil : .notForHosts
    }

    private func flawOfAuthority(_ certificate: KeyCertificate) -> HostCertificateFlaw? {
        let authority = certificate.authority
        let print = HostKeyPrint(authority)
        if let line = knownHosts.revocation(of: authority, for: target) {
            return .authorityRevoked(print, place: "\(line)")
        }
        if let revoked = restrictions.revokedKeys, revoked.holds(authority) {
            return .authorityRevoked(print, place: revoked.file)
        }
        let trusted = knownHosts.authorities(for: target)
        guard trusted.contains(where: { $0.key == authority }) else {
            return .otherAuthority(print, lines: trusted.map(\.line))
        }
        return restrictions.isTooShort(authority).map {
            .authorityTooShort(print, bits: $0, bitsMin: restrictions.rsaBitsMin)
        }
    }

    private func flawOfSignature(_ certificate: KeyCertificate) -> HostCertificateFlaw? {
        let strong = SSHAlgorithms.Class.authority.strong
        let allowed = restrictions.algorithms[.authority].map { $0.filter(strong.contains) } ?? strong
        guard allowed.contains(certificate.signature.algorithm) else {
            return .algorithmNotAllowed(certificate.signature.algorithm, allowed: allowed)
        }
        let isSigned =
            VerifyingKey(certificate.authority)?
            .verifies(certificate.signature, of: certificate.signedBytes) == true
        return isSigned ? nil : .signatureWrong
    }

    private func flawOfContent(_ certificate: KeyCertificate, at now: UInt64) -> HostCertificateFlaw? {
        if let revoked = restrictions.revokedKeys, revoked.holds(certificate) {
            return .revoked(place: revoked.file)
        }
        if now < certificate.validAfter { return .notYetValid(from: certificate.validAfter) }
        if now >= certificate.validBefore { return .expired(at: certificate.validBefore) }
        // A principal may be a pattern.
        let own = Array(name.utf8)
        guard certificate.principals.contains(where: { Glob.matches(Array($0.utf8), own) }) else {
            return .otherNames(certificate.principals, wanted: name)
        }
        return certificate.criticalOptions.isEmpty ? nil : .criticalOptions(certificate.criticalOptions)
    }
}
