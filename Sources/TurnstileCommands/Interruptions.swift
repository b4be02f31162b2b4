import Dispatch
import Glibc

/// SIGINT and SIGTERM as a sequence, in place of their default effect.
enum Interruptions {
    static func stream() -> AsyncStream<Int32> {
        AsyncStream { continuation in
            let sources = [SIGINT, SIGTERM].map { number in
                signal(number, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
                source.setEventHandler { continuation.yield(number) }
                source.resume()
                return Sources(source: source)
            }
            continuation.onTermination = { _ in sources.forEach { $0.source.cancel() } }
        }
    }

    /// A dispatch source may be cancelled from any thread; its type does not say so.
    private struct Sources: @unchecked Sendable {
        let source: any DispatchSourceSignal
    }
}
