import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// flock(2): the kernel lets go of it when its holder ends, however that ends.
enum LiveLock {
    private static let interval = Duration.milliseconds(10)

    static func holding(_ path: String, patience: Duration, body: () async throws -> Void) async throws {
        let file = try open(path)
        defer { close(file.rawValue) }
        try await acquire(file, path: path, patience: patience)
        try await body()
    }

    private static func open(_ path: String) throws(HostFault) -> FileDescriptor {
        do {
            return try FileDescriptor.open(
                path, .readWrite, options: [.create, .closeOnExec, .noFollow], permissions: .ownerReadWrite)
        } catch {
            throw .fileFailed(operation: .lock, path: path, reason: String(describing: error))
        }
    }

    /// Asks again and again: a blocking flock would occupy the thread and outlast every deadline.
    private static func acquire(_ file: FileDescriptor, path: String, patience: Duration) async throws {
        let start = ContinuousClock.now
        while flock(file.rawValue, LOCK_EX | LOCK_NB) != 0 {
            let reason = Errno(rawValue: errno)
            guard reason == .wouldBlock || reason == .interrupted else {
                throw HostFault.fileFailed(operation: .lock, path: path, reason: reason.description)
            }
            guard ContinuousClock.now - start < patience, !Interruption.wasAsked else {
                throw HostFault.lockHeld(path: path, waited: ContinuousClock.now - start)
            }
            try await Task.sleep(for: interval)
        }
    }
}
