import Glibc

/// The signals that ask a rollout to stop, as a sequence, instead of their default effect: ^C, SIGTERM, and SIGHUP.
enum Interruptions {
    /// Makes writes fail, instead of ending the process, once the reader of the output (`| tee`) or the terminal is
    /// gone. The rollout must not end because of it while the cluster is taken or a host is out.
    static func outliveReaders() { signal(SIGPIPE, SIG_IGN) }

    /// The signals, with the time at which each came. Once nobody listens any more, ^C ends the program again, as it did
    /// before. SIGTERM and SIGHUP stay without effect: a session that ends sends several, and the last ones come after
    /// the first was answered.
    static func stream() -> AsyncStream<(signal: Int32, at: ContinuousClock.Instant)> {
        AsyncStream { continuation in
            outliveReaders()
            let isInterruptIgnored = isInterruptIgnored
            let listening = SignalPipe.shared.listen { continuation.yield(($0, .now)) }
            for number in [SIGINT, SIGTERM] + (isHangupIgnored ? [] : [SIGHUP]) { SignalPipe.take(number) }
            continuation.onTermination = { _ in
                if !isInterruptIgnored { signal(SIGINT, SIG_DFL) }
                listening.end()
            }
        }
    }

    /// True if the process was started with SIGHUP ignored, as by `nohup`. Read before this program changes the
    /// signal's effect.
    private static let isHangupIgnored = isIgnored(SIGHUP)

    /// True if the process was started with SIGINT ignored, as a shell starts a job in the background. Read before this
    /// program changes the signal's effect.
    private static let isInterruptIgnored = isIgnored(SIGINT)

    static func isIgnored(_ number: Int32) -> Bool {
        var found = sigaction()
        sigaction(number, nil, &found)
        return unsafeBitCast(found.__sigaction_handler.sa_handler, to: Int.self)
            == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    /// Runs a body that waits for a person. ^C and SIGTERM end the process as usual meanwhile, and have the effect that
    /// they had before once the person has answered.
    static func allowed<Value>(_ body: () throws -> Value) rethrows -> Value {
        let former = [SIGINT, SIGTERM].map { (number: $0, action: signal($0, SIG_DFL)) }
        defer { for entry in former { signal(entry.number, entry.action) } }
        return try body()
    }
}
