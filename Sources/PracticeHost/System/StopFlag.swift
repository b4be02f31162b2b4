import Dispatch
import Synchronization

/// A request to stop, for which any number of threads may wait.
final class StopFlag: Sendable {
    private let group = DispatchGroup()
    private let raised = Mutex(false)

    init() { group.enter() }

    // A group that is still entered may not go.
    deinit { raise() }

    func raise() {
        let first = raised.withLock { raised in
            defer { raised = true }
            return !raised
        }
        if first { group.leave() }
    }

    var isRaised: Bool { raised.withLock { $0 } }

    /// Waits for a while, or until the flag is raised.
    ///
    /// - Returns: true if it is raised.
    @discardableResult
    func wait(_ duration: Duration) -> Bool {
        let (seconds, attoseconds) = duration.components
        let nanoseconds = Int(clamping: seconds).multipliedReportingOverflow(by: 1_000_000_000)
        guard !nanoseconds.overflow else {
            group.wait()
            return true
        }
        let rest = DispatchTimeInterval.nanoseconds(
            nanoseconds.partialValue &+ Int(clamping: attoseconds / 1_000_000_000))
        return group.wait(timeout: .now() + rest) == .success
    }

    /// Waits until the flag is raised.
    func wait() { group.wait() }
}
