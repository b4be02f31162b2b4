import Synchronization

/// The last certificate and the first key of each host that is known by a certificate, while the program runs.
final class HostCertificateMemory: Sendable {
    private struct State {
        var certificates: [String: KeyCertificate] = [:]
        var keys: [String: HostKey] = [:]
    }

    private let state = Mutex(State())

    /// The host's last certificate. Remembered so that a host is not called twice for each connection; trusted only
    /// when checked again.
    subscript(route: SSHRoute) -> KeyCertificate? {
        get { state.withLock { $0.certificates[Self.name(route)] } }
        set { state.withLock { $0.certificates[Self.name(route)] = newValue } }
    }

    /// The key that was the first of its host to be trusted, which this one is if there was none.
    func firstTrusted(_ key: HostKey, of route: SSHRoute) -> HostKey {
        state.withLock { state in
            let first = state.keys[Self.name(route)] ?? key
            state.keys[Self.name(route)] = first
            return first
        }
    }

    /// Behind two bastions one address may be two hosts.
    private static func name(_ route: SSHRoute) -> String {
        "\(KnownHosts.lookupNames(for: route.target)[0]) \(SSHError.Way(route.passage))"
    }
}
