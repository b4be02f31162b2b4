#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// An agent of Consul: hears of the others by connecting to them, and answers over HTTP.
struct ConsulDaemon {
    /// The file with its roster. A word in the file beside it, with `.fault` at its end, is a `ConsulFault`.
    var path: String

    static let usualPath = "/etc/consul.d/roster"

    init(arguments: [String]) { path = arguments.first ?? Self.usualPath }

    /// - Parameter isOver: asked some times a second.
    func run(until isOver: () -> Bool = { false }) throws -> Int32 {
        guard let text = try TextFile.text(of: path) else {
            throw Failure.unusable(subject: path, found: "", expected: "a roster")
        }
        let roster = try ConsulRoster(text: text)
        let http = try TCPSocket.listen(at: roster.httpAddress, port: roster.httpPort)
        defer { close(http) }
        let gossip = try TCPSocket.listen(at: roster.own.address, port: ConsulRoster.gossipPort)
        defer { close(gossip) }
        var pool = ConsulPool(roster: roster, now: Self.now())
        var nextRound = Self.now()
        while !isOver() {
            if Self.now() >= nextRound {
                hearAll(in: &pool)
                nextRound = Self.now() + .seconds(1)
            }
            var entries = [http, gossip].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            guard poll(&entries, 2, 100) > 0 else { continue }
            if entries[1].revents != 0 { close(accept(gossip, nil, nil)) }
            guard entries[0].revents != 0 else { continue }
            pool.pass(to: Self.now())
            serve(accept(http, nil, nil), pool)
        }
        return 0
    }

    private func hearAll(in pool: inout ConsulPool) {
        for member in pool.roster.members where member.role != .left && member != pool.roster.own {
            if TCPSocket.reaches(member.address, port: ConsulRoster.gossipPort, within: .milliseconds(300)) {
                pool.hear(member.name, at: Self.now())
            }
        }
        pool.pass(to: Self.now())
    }

    private var fault: ConsulFault? {
        (try? TextFile.text(of: path + ".fault"))?.flatMap { ConsulFault(rawValue: $0.trimmedEnd) }
    }

    private func serve(_ connection: Int32, _ pool: ConsulPool) {
        guard connection >= 0 else { return }
        defer { close(connection) }
        let fault = fault
        guard let request = Self.request(from: connection), fault != .slow else {
            if fault == .slow { _ = TCPSocket.awaits(connection, 0, within: .seconds(8)) }
            return
        }
        let answer = ConsulAPI(pool: pool, fault: fault).answer(request.path, token: request.token)
        let text = """
            HTTP/1.1 \(answer.status) -\r
            Content-Length: \(answer.body.utf8.count)\r
            Connection: close\r
            \r
            \(answer.body)
            """
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes {
                send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { return }
            rest = rest.dropFirst(sent)
        }
    }

    private static let requestBytesMax = 1 << 14

    /// The path of a GET, and the token that came with it; nil for what is no whole request in time.
    private static func request(from connection: Int32) -> (path: String, token: String?)? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            guard bytes.count < requestBytesMax,
                TCPSocket.awaits(connection, Int16(POLLIN), within: .seconds(2))
            else {
                return nil
            }
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes += buffer[..<count]
        }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count == 3, words[0] == "GET" else { return nil }
        let name = "x-consul-token: "
        let token = lines.first { $0.lowercased().hasPrefix(name) }.map { String($0.dropFirst(name.count)) }
        return (String(words[1].prefix { $0 != "?" }), token)
    }

    private static func now() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
