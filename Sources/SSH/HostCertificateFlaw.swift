/// Why a host's certificate does not vouch for its key.
public enum HostCertificateFlaw: Hashable, Sendable {
    /// The certificate cannot be read, or its kind is not known here.
    case unreadable
    case notForHosts
    /// No `@cert-authority` line that is about the host names the key it was signed with; those lines name others.
    case otherAuthority(HostKeyPrint, lines: [KnownHostsLine])
    /// The key it was signed with is revoked there.
    case authorityRevoked(HostKeyPrint, place: String)
    case revoked(place: String)
    /// The key it was signed with has `bits`, and at least `bitsMin` are required.
    case authorityTooShort(HostKeyPrint, bits: Int, bitsMin: Int)
    /// The algorithm of the signature is not among those allowed.
    case algorithmNotAllowed(String, allowed: [String])
    case signatureWrong
    /// In seconds since 1970.
    case notYetValid(from: UInt64)
    case expired(at: UInt64)
    /// The certificate is for hosts of other names.
    case otherNames([String], wanted: String)
    /// The certificate has critical options that are not known here.
    case criticalOptions([String])
    /// The certificate is for another key than the host has.
    case otherKey(HostKeyPrint)
}

extension HostCertificateFlaw: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreadable: "it cannot be read"
        case .notForHosts: "it is a user's certificate, not a host's"
        case .otherAuthority(let authority, let lines):
            "it was signed with \(authority), and \(lines.map { "'\($0)'" }.joined(separator: ", ")) "
                + (lines.count == 1 ? "names another authority" : "name other authorities")
        case .authorityRevoked(let authority, let place):
            "the key it was signed with, \(authority), is revoked in '\(place)'"
        case .revoked(let place): "it is revoked in '\(place)'"
        case .authorityTooShort(let authority, let bits, let bitsMin):
            "the key it was signed with, \(authority), has \(bits) bits, and RequiredRSASize demands \(bitsMin)"
        case .algorithmNotAllowed(let algorithm, let allowed):
            "it was signed by \(algorithm), and allowed are \(allowed.joined(separator: ", "))"
        case .signatureWrong: "its signature does not fit it"
        case .notYetValid(let start): "it is not valid before \(UTCTime.text(start))"
        case .expired(let end): "it expired at \(UTCTime.text(end))"
        case .otherNames(let names, let wanted):
            names.isEmpty
                ? "it names no host, and so is for none"
                : "it is for \(Self.list(names)), not for '\(wanted)'"
        case .criticalOptions(let names):
            "it has critical options that are not known here: \(Self.list(names))"
        case .otherKey(let key): "it is for another key, \(key)"
        }
    }

    private static func list(_ names: [String]) -> String {
        names.prefix(8).map { "'\(String($0.prefix(80).map { $0.isShown ? $0 : "?" }))'" }
            .joined(separator: ", ") + (names.count > 8 ? " and \(names.count - 8) more" : "")
    }

    /// The next step for the operator.
    ///
    /// - Parameter name: the host's, as certificates have it.
    func advice(for name: String) -> String {
        let sign = "ssh-keygen -s AUTHORITY -h -I \(PastedWord(name)) -n \(PastedWord(name)) HOSTKEY.pub"
        switch self {
        case .unreadable, .notForHosts, .signatureWrong, .expired, .criticalOptions:
            return "Have the host's key signed anew: \(sign)"
        case .notYetValid: return "Check the clocks of this machine and of the one that signed it"
        case .otherNames:
            return
                "Call the host by a name that the certificate has, or set HostKeyAlias to it; or have its key "
                + "signed anew: \(sign)"
        case .otherAuthority:
            return "If that authority is meant to be trusted, add a line '@cert-authority' with its key to "
                + "known_hosts; otherwise do not connect"
        case .authorityRevoked, .revoked: return "Do not connect; give the host a new key and certificate"
        case .authorityTooShort, .algorithmNotAllowed:
            return
                "Have the host's key signed anew with another key or algorithm ('ssh-keygen -t rsa-sha2-512 "
                + "-s' for RSA); CASignatureAlgorithms of the ssh configuration says which are allowed"
        case .otherKey:
            return "See that HostCertificate in its sshd_config is for the key of HostKey, and restart sshd"
        }
    }
}

extension Character {
    /// Free of control characters, and of what else could pass for something that it is not.
    fileprivate var isShown: Bool { asciiValue.map { (32...126).contains($0) } ?? false }
}
