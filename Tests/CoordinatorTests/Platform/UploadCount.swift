import Synchronization

/// A count of the questions if files are there. The first answer is false, and the files are sent then.
final class UploadCount: Sendable {
    private let count = Mutex(0)

    func isThere() -> Bool {
        count.withLock { count in
            count += 1
            return count > 1
        }
    }
}
