import Synchronization

/// The last certificate of each host, by its name in known_hosts. Remembered so that a host is not called twice for each
/// connection; trusted only when checked again.
final class HostCertificateMemory: Sendable {
    private let certificates = Mutex<[String: KeyCertificate]>([:])

    subscript(target: SSHTarget) -> KeyCertificate? {
        get { certificates.withLock { $0[KnownHosts.lookupNames(for: target)[0]] } }
        set { certificates.withLock { $0[KnownHosts.lookupNames(for: target)[0]] = newValue } }
    }
}
