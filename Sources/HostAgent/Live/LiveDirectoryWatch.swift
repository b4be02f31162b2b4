import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// inotify(7) of one directory.
final class LiveDirectoryWatch: Sendable {
    /// The longest time for which a signal is not noticed.
    private static let waitMilliseconds: Int32 = 50

    private let queue: FileDescriptor

    /// - Returns: nil where there is no such directory, or the kernel has no watch left.
    init?(_ directory: String) {
        let opened = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
        guard opened >= 0 else { return nil }
        queue = FileDescriptor(rawValue: opened)
        let changes = UInt32(IN_MODIFY) | UInt32(IN_CREATE) | UInt32(IN_MOVED_TO)
        guard inotify_add_watch(opened, directory, changes) >= 0 else { return nil }
    }

    deinit { try? queue.close() }

    func change(upTo limit: Duration) async {
        let end = ContinuousClock.now + limit
        while ContinuousClock.now < end, !Interruption.wasAsked {
            var waited = pollfd(fd: queue.rawValue, events: Int16(POLLIN), revents: 0)
            if poll(&waited, 1, Self.waitMilliseconds) > 0 { return forget() }
            await Task.yield()
        }
    }

    /// Takes what the kernel has told by now: that something changed is all there is to know.
    private func forget() {
        var events = [UInt8](repeating: 0, count: 4 << 10)
        while events.withUnsafeMutableBytes({ read(queue.rawValue, $0.baseAddress, $0.count) }) > 0 {}
    }
}
