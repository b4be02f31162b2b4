import Dispatch
import Glibc

/// Hands signals from their handler, which may do next to nothing, to code that may do anything.
///
/// Written by hand, since a dispatch source for a signal blocks it for good in every thread that it reaches. The signal
/// then has no effect on the program any more, not even its default one.
struct SignalPipe {
    /// The pipe lives as long as the process: a handler may be at work in any thread at any time.
    static let shared = SignalPipe()

    private let reading: Int32

    private init() {
        var ends: [Int32] = [-1, -1]
        if pipe(&ends) == 0 { writingEnd = ends[1] }
        reading = ends[0]
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
    }

    /// Sends a signal's number into the pipe, in place of the signal's effect.
    static func take(_ number: Int32) {
        signal(number) { number in
            let error = errno
            var byte = UInt8(truncatingIfNeeded: number)
            write(writingEnd, &byte, 1)
            errno = error
        }
    }

    /// Hands each signal to a listener until the listening ends. What came before is dropped.
    func listen(_ hear: @escaping @Sendable (_ signal: Int32) -> Void) -> Listening {
        _ = arrived()
        let source = DispatchSource.makeReadSource(fileDescriptor: reading, queue: .global())
        source.setEventHandler { arrived().forEach { hear(Int32($0)) } }
        source.resume()
        return Listening(source: source)
    }

    private func arrived() -> ArraySlice<UInt8> {
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = read(reading, &bytes, bytes.count)
        return bytes.prefix(max(0, count))
    }

    /// A dispatch source may be cancelled from any thread; its type does not say so.
    struct Listening: @unchecked Sendable {
        fileprivate let source: any DispatchSourceRead

        func end() { source.cancel() }
    }
}

/// The pipe's end for handlers. It is set once, before the first handler is installed.
nonisolated(unsafe) private var writingEnd: Int32 = -1
