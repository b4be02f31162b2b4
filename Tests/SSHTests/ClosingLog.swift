import Glibc
import Logging
import Synchronization

/// A log that closes a descriptor when a host is about to be called again.
final class ClosingLog: LogHandler, Sendable {
    private let reasons = Mutex<[String]>([])
    private let descriptor: Mutex<Int32?>

    init(descriptor: Int32) { self.descriptor = Mutex(descriptor) }

    /// The failures after which a host was called again.
    var told: [String] { reasons.withLock { $0 } }

    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }
    var logLevel: Logger.Level {
        get { .debug }
        set {}
    }
    subscript(metadataKey _: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }

    func log(event: LogEvent) {
        guard let error = event.metadata?["ssh.error"] else { return }
        reasons.withLock { $0.append("\(error)") }
        descriptor.withLock { descriptor in
            if let open = descriptor { close(open) }
            descriptor = nil
        }
    }
}
