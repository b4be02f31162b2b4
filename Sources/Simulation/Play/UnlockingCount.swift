import Synchronization

/// How often a rollout had been unlocked when a process began to take the cluster for it.
final class UnlockingCount: Sendable {
    private let value = Mutex(0)

    var count: Int {
        get { value.withLock { $0 } }
        set { value.withLock { $0 = newValue } }
    }
}
