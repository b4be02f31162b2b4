#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// SIGTERM and SIGINT, held until they are asked for. A process of one thread alone can do that.
struct ShutdownSignals {
    private var signals = sigset_t()

    /// Holds them from now on.
    static func held() -> ShutdownSignals {
        var held = ShutdownSignals()
        sigemptyset(&held.signals)
        for signal in [SIGTERM, SIGINT] { sigaddset(&held.signals, signal) }
        pthread_sigmask(SIG_BLOCK, &held.signals, nil)
        return held
    }

    /// Waits for one.
    ///
    /// - Returns: true if one came within that time.
    func comeWithin(_ duration: Duration) -> Bool {
        var signals = signals
        let (seconds, attoseconds) = max(duration, .zero).components
        var pause = timespec(
            tv_sec: Int(clamping: seconds), tv_nsec: Int(clamping: attoseconds / 1_000_000_000))
        return sigtimedwait(&signals, nil, &pause) > 0
    }
}
