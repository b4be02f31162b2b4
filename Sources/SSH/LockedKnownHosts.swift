import Glibc

/// A file of known hosts that is open for adding to it, and locked against others who add by this program.
struct LockedKnownHosts: ~Copyable {
    private static let bytesMax = 64 << 20

    let path: String
    private let descriptor: Int32

    /// Makes the file, and its directory, where there is none. Blocks.
    ///
    /// - Parameter patience: how long to wait for the lock.
    init(_ path: String, patience: Duration) throws(SystemFault) {
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            // An existing directory is kept as it is.
            _ = mkdir(String(path[..<slash]), 0o700)
        }
        let descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemFault.last }
        do throws(SystemFault) {
            try Self.lock(descriptor, patience)
        } catch {
            _ = close(descriptor)
            throw error
        }
        self.path = path
        self.descriptor = descriptor
    }

    /// Also gives the lock back.
    deinit { _ = close(descriptor) }

    private static func lock(_ descriptor: Int32, _ patience: Duration) throws(SystemFault) {
        let deadline = ContinuousClock.now + patience
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR, .now < deadline else { throw SystemFault.last }
            usleep(10_000)
        }
    }

    func text() throws(SystemFault) -> [UInt8] { try LocalFile.read(path, bytesMax: Self.bytesMax).get() }

    /// Adds the text, all of it or nothing, and sees it onto the disk.
    ///
    /// - Parameter length: of the file as it is.
    func append(_ text: [UInt8], after length: Int) throws(SystemFault) {
        let count = write(descriptor, text, text.count)
        guard count == text.count else {
            let fault = count < 0 ? SystemFault.last : SystemFault(code: ENOSPC)
            if count > 0 { _ = ftruncate(descriptor, length) }
            throw fault
        }
        guard fsync(descriptor) == 0 else { throw SystemFault.last }
    }
}
