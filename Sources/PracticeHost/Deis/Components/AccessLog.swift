#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The access log of a router, in systemd's journal under the router's unit.
///
/// The router here is a thread of another unit's process, and journald names a line's unit by the process that wrote the
/// line. So a real unit with the router's name copies the lines from a pipe. It ends with the pipe's last writer.
final class AccessLog: Sendable {
    private let pipe: Int32

    private static let directory = UnitHostClient.directory + "/access"

    /// - Parameter unit: `deis-router@1.service`.
    /// - Throws: `Failure` where systemd does not start the unit.
    init(unit: String) throws {
        let path = "\(Self.directory)/\(unit)"
        try TextFile.makeDirectory(Self.directory)
        unlink(path)
        guard mkfifo(path, 0o600) == 0 else { throw Failure.lastSystemError("make the pipe", path) }
        // For reading, too: a pipe without a reader takes no writer that does not wait.
        pipe = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
        guard pipe >= 0 else { throw Failure.lastSystemError("open", path) }
        try Self.start(unit, reading: path)
    }

    /// The unit of the run before may take a moment to end.
    private static func start(_ unit: String, reading path: String) throws {
        let command = Command(
            "/usr/bin/timeout",
            ["10", "/usr/bin/systemd-run", "--quiet", "--collect", "--unit=\(unit)", "/bin/cat", path])
        for _ in 1..<30 {
            if (try? command.runWaiting()) != nil { return }
            usleep(100_000)
        }
        try command.runWaiting()
    }

    deinit { close(pipe) }

    /// Adds a line. A pipe that is full loses it.
    func add(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        // The kernel keeps lines of several threads apart up to PIPE_BUF.
        guard bytes.count <= 4096 else { return }
        _ = bytes.withUnsafeBytes { write(pipe, $0.baseAddress, $0.count) }
    }
}
