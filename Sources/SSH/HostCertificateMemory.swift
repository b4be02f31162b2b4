import Synchronization

/// What was learnt of hosts that are known by certificates, for as long as the program runs.
final class HostCertificateMemory: Sendable {
    private struct State {
        var certificates: [String: KeyCertificate] = [:]
        var keys: [String: HostKey] = [:]
    }

    private let state = Mutex(State())

    /// The host's last certificate. Remembered so that a host is not called twice for each connection; trusted only
    /// when checked again.
    subscript(target: SSHTarget) -> KeyCertificate? {
        get { state.withLock { $0.certificates[Self.name(target)] } }
        set { state.withLock { $0.certificates[Self.name(target)] = newValue } }
    }

    /// The key that was the first of its host to be trusted, which this one is if there was none.
    func firstTrusted(_ key: HostKey, of target: SSHTarget) -> HostKey {
        state.withLock { state in
            let first = state.keys[Self.name(target)] ?? key
            state.keys[Self.name(target)] = first
            return first
        }
    }

    private static func name(_ target: SSHTarget) -> String { KnownHosts.lookupNames(for: target)[0] }
}
