#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// sd_notify(3): what a service with `Type=notify` tells systemd.
enum ServiceNotification {
    /// The service answers from now on. Says nothing where nobody listens.
    static func ready() {
        guard let variable = getenv("NOTIFY_SOCKET") else { return }
        let messages = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        guard messages >= 0 else { return }
        defer { close(messages) }
        let text = Array("READY=1".utf8)
        _ = UnixSocket.withAddress(String(cString: variable)) {
            sendto(messages, text, text.count, 0, $0, $1)
        }
    }
}
