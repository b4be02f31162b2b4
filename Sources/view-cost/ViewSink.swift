import Foundation
import Glibc
import Synchronization

/// A file or a terminal that a rollout is shown on, and the number of bytes that it took.
struct ViewSink {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// The end that is written to.
    let descriptor: Int32
    /// The bytes that were written. Called once, after `descriptor` was closed.
    let bytes: () -> Int

    static func file() throws(Failure) -> ViewSink {
        guard let file = tmpfile() else {
            throw Failure(description: "cannot make a temporary file: \(lastReason())")
        }
        let kept = fileno(file)
        let descriptor = dup(kept)
        guard descriptor >= 0 else {
            throw Failure(description: "cannot write to a temporary file: \(lastReason())")
        }
        return ViewSink(descriptor: descriptor) { max(0, Int(lseek(kept, 0, SEEK_END))) }
    }

    static func terminal(rows: UInt16, columns: UInt16) throws(Failure) -> ViewSink {
        var (near, far): (Int32, Int32) = (-1, -1)
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        guard openpty(&near, &far, nil, nil, &size) == 0 else {
            throw Failure(description: "cannot open a terminal: \(lastReason())")
        }
        let drain = Drain(near)
        return ViewSink(descriptor: far) { drain.bytes() }
    }

    private static func lastReason() -> String { String(cString: strerror(errno)) }

    /// Reads what a terminal is sent, until nobody has it open.
    private final class Drain: Sendable {
        private let count = Mutex(0)
        private let isDone = DispatchSemaphore(value: 0)

        init(_ descriptor: Int32) {
            Thread.detachNewThread { [self] in
                var buffer = [UInt8](repeating: 0, count: 1 << 16)
                while true {
                    let more = Glibc.read(descriptor, &buffer, buffer.count)
                    guard more > 0 else { break }
                    count.withLock { $0 += more }
                }
                isDone.signal()
            }
        }

        func bytes() -> Int {
            isDone.wait()
            return count.withLock { $0 }
        }
    }
}
