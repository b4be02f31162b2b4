import Synchronization

/// The ProxyCommands that were started and are not connected yet. A ProxyCommand may log in on a bastion, whose sshd
/// takes 10 such callers at once unless it is told otherwise (`MaxStartups`), and drops others.
final class ProxyTurns: Sendable {
    static let shared = ProxyTurns(max: 8)

    private let free: Mutex<Int>

    init(max: Int) { free = Mutex(max) }

    /// - Returns: false where no turn is free now.
    func take() -> Bool {
        free.withLock { free in
            guard free > 0 else { return false }
            free -= 1
            return true
        }
    }

    func giveBack() { free.withLock { $0 += 1 } }
}
