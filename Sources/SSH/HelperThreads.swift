import CLibSSH2
import Glibc
import Synchronization

/// Starts a detached thread that runs the body once.
///
/// - Returns: false if the system has none left.
func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
    final class Box {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    let box = Unmanaged.passRetained(Box(body))
    var thread = pthread_t()
    let code = pthread_create(
        &thread, nil,
        { pointer in
            if let pointer { Unmanaged<Box>.fromOpaque(pointer).takeRetainedValue().body() }
            return nil
        }, box.toOpaque())
    guard code == 0 else {
        box.release()
        errno = code
        return false
    }
    pthread_detach(thread)
    return true
}

/// A few threads for calls that cannot but block (name resolution, local files), so that neither the loop nor
/// the cooperative pool does.
final class HelperThreads: Sendable {
    static let countMax = 8

    private struct State {
        var queue: [@Sendable () -> Void] = []
        var threads = 0
        var idle = 0
    }
    private let state = Mutex(State())
    private let tickets = eventfd(0, Int32(EFD_CLOEXEC | EFD_SEMAPHORE))

    deinit { close(tickets) }

    func run(_ body: @escaping @Sendable () -> Void) {
        let needsThread = state.withLock { state in
            state.queue.append(body)
            guard state.idle < state.queue.count, state.threads < Self.countMax else { return false }
            state.threads += 1
            return true
        }
        eventfd_write(tickets, 1)
        if needsThread, !startThread({ [self] in work() }) {
            // The caller that waits for the body has a deadline, and another thread may still come to it.
            state.withLock { $0.threads -= 1 }
        }
    }

    private func work() {
        while true {
            state.withLock { $0.idle += 1 }
            var ticket = eventfd_t()
            // A semaphore: takes one ticket, sleeps while there is none.
            let code = eventfd_read(tickets, &ticket)
            let body = state.withLock { state in
                state.idle -= 1
                return code == 0 && !state.queue.isEmpty ? state.queue.removeFirst() : nil
            }
            body?()
        }
    }
}
