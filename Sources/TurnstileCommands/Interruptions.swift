import Dispatch
import Glibc

/// What asks a rollout to stop, as a sequence, in place of its default effect: ^C, SIGTERM, and a terminal that is gone.
enum Interruptions {
    /// Who reads what is printed (`| tee`), or the terminal, may go: a write to it fails then, and ends nothing. A cluster that
    /// was taken, or a host that is out, must not be left for it.
    static func outliveReaders() { signal(SIGPIPE, SIG_IGN) }

    /// Each signal, and when it came.
    static func stream() -> AsyncStream<(signal: Int32, at: ContinuousClock.Instant)> {
        AsyncStream { continuation in
            outliveReaders()
            let numbers = [SIGINT, SIGTERM] + (isHangupIgnored ? [] : [SIGHUP])
            let sources = numbers.map { number in
                signal(number, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
                source.setEventHandler { continuation.yield((number, .now)) }
                source.resume()
                return Sources(source: source)
            }
            continuation.onTermination = { _ in sources.forEach { $0.source.cancel() } }
        }
    }

    /// As `nohup` starts a program: a terminal that goes is to be none of its business. Asked before anything here changes
    /// it.
    private static let isHangupIgnored: Bool = {
        var found = sigaction()
        sigaction(SIGHUP, nil, &found)
        return unsafeBitCast(found.__sigaction_handler.sa_handler, to: Int.self)
            == unsafeBitCast(SIG_IGN, to: Int.self)
    }()

    /// Runs what waits for a person, who may end it all by ^C as they are used to.
    static func allowed<Value>(_ body: () throws -> Value) rethrows -> Value {
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
        defer { for number in [SIGINT, SIGTERM] { signal(number, SIG_IGN) } }
        return try body()
    }

    /// A dispatch source may be cancelled from any thread; its type does not say so.
    private struct Sources: @unchecked Sendable {
        let source: any DispatchSourceSignal
    }
}
