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
        let command = SpawnedCommand(
            "/usr/bin/systemd-run", ["--quiet", "--collect", "--unit=\(unit)", "/bin/cat", path])
        for _ in 1..<30 {
            if (try? command.run()) != nil { return }
            usleep(100_000)
        }
        try command.run()
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

/// A line of nginx's access log, as the router's template has it:
/// `[$time_iso8601] - $remote_addr - $remote_user - $status - "$request" - $bytes_sent - "$http_referer" -
/// "$http_user_agent" - "$server_name" - $upstream_addr - $http_host - $upstream_response_time - $request_time`
/// (DEIS router/rootfs/etc/confd/templates/nginx.conf, `log_format upstreaminfo`).
struct AccessLine: Hashable, Sendable {
    var request: HTTPRequest
    var response: HTTPResponse
    /// The container that was asked last.
    var upstream: Upstream?
    var time: WallClock
    /// The time from the request to its answer.
    var duration: Duration

    var text: String {
        let host = request.fields.value(of: "host")
        let seconds = duration.secondsText
        return [
            "[\(time.isoText)]", request.client, "-", "\(response.status)",
            "\"\(request.method) \(request.target) HTTP/1.1\"", "\(response.bytes().count)",
            Self.quoted(request.fields.value(of: "referer")),
            Self.quoted(request.fields.value(of: "user-agent")),
            "\"~^\(request.hostName.prefix { $0 != "." })\\.(?<domain>.+)$\"",
            upstream?.description ?? "-", host.map(Self.escaped) ?? "-", upstream == nil ? "-" : seconds,
            seconds,
        ].joined(separator: " - ")
    }

    private static func quoted(_ value: String?) -> String { "\"\(value.map(escaped) ?? "-")\"" }

    /// nginx writes control characters, quotes and backslashes as `\x22`.
    private static func escaped(_ value: String) -> String {
        value.utf8.map { byte in
            switch byte {
            case 0x20, 0x21, 0x23...0x5B, 0x5D...0x7E: String(UnicodeScalar(byte))
            default:
                "\\x" + String(byte >> 4, radix: 16, uppercase: true)
                    + String(byte & 15, radix: 16, uppercase: true)
            }
        }.joined()
    }
}

extension Duration {
    /// Seconds with three digits, `0.012`.
    fileprivate var secondsText: String {
        let milliseconds = components.attoseconds / 1_000_000_000_000_000
        return "\(components.seconds).\(milliseconds.padded(to: 3))"
    }
}
