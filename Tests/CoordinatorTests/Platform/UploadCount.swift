import Synchronization

/// False the first time that it is asked: the files are sent then.
final class UploadCount: Sendable {
    private let count = Mutex(0)

    func isThere() -> Bool {
        count.withLock { count in
            count += 1
            return count > 1
        }
    }
}
