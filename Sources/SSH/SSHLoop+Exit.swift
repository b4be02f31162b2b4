import Glibc
import Synchronization

/// Brings the loops to rest when the process exits. Otherwise OpenSSL, which libssh2 uses, is taken down
/// under a loop that is still freeing its sessions.
enum LoopExit {
    /// How long exiting may wait for a loop in the midst of something. In microseconds.
    private static let patience: UInt32 = 2_000_000
    private static let loops = Mutex<[SSHLoop]>([])

    // Handlers run in the reverse of their order; OpenSSL's was registered as it began (`SSHLoop.libraryIsReady`).
    private static let isRegistered = atexit { LoopExit.halt() } == 0

    static func watch(_ loop: SSHLoop) {
        _ = isRegistered
        loops.withLock { $0.append(loop) }
    }

    private static func halt() {
        let loops = loops.withLock { $0 }
        for loop in loops { loop.isHalting.store(true, ordering: .releasing) }
        for loop in loops { loop.post {} }
        var left = patience
        while left > 0, loops.contains(where: { !$0.isHalted.load(ordering: .acquiring) && !$0.isCurrent }) {
            usleep(1000)
            left -= 1000
        }
    }
}

extension SSHLoop {
    /// On the loop's thread, between any two things it does.
    func restIfExiting() {
        guard isHalting.load(ordering: .acquiring) else { return }
        isHalted.store(true, ordering: .releasing)
        while true { pause() }
    }
}
