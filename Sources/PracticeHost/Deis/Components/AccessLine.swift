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
