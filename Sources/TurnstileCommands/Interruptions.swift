import Dispatch
import Glibc

/// The signals that ask a rollout to stop, as a sequence, instead of their default effect: ^C, SIGTERM, and SIGHUP.
enum Interruptions {
    /// Makes writes fail, instead of ending the process, once the reader of the output (`| tee`) or the terminal is
    /// gone. The rollout must not end because of it while the cluster is taken or a host is out.
    static func outliveReaders() { signal(SIGPIPE, SIG_IGN) }

    /// The signals, with the time at which each came. Once nobody listens any more, ^C ends the program again, as it did
    /// before.
    static func stream() -> AsyncStream<(signal: Int32, at: ContinuousClock.Instant)> {
        AsyncStream { continuation in
            outliveReaders()
            let isInterruptIgnored = isInterruptIgnored
            let numbers = [SIGINT, SIGTERM] + (isHangupIgnored ? [] : [SIGHUP])
            let sources = numbers.map { number in
                signal(number, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
                source.setEventHandler { continuation.yield((number, .now)) }
                source.resume()
                return Sources(source: source)
            }
            continuation.onTermination = { _ in
                sources.forEach { $0.source.cancel() }
                if !isInterruptIgnored { signal(SIGINT, SIG_DFL) }
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

    /// Runs a body that waits for a person; ^C ends the process as usual meanwhile.
    static func allowed<Value>(_ body: () throws -> Value) rethrows -> Value {
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
        defer { signal(SIGTERM, SIG_IGN) }
        return try body()
    }

    /// A dispatch source may be cancelled from any thread; its type does not say so.
    private struct Sources: @unchecked Sendable {
        let source: any DispatchSourceSignal
    }
}
