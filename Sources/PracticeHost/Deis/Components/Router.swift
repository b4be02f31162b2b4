import Synchronization

/// The router: nginx on ports 80 and 9090, whose configuration is made anew each 5 s.
///
/// The router serves only 10 s after its unit runs: it waits for stale keys to be gone from etcd. nginx's
/// `/health-check` says 200 whatever is or is not published.
struct Router: UnitService {
    let world: HostWorld
    private let unit: String
    private let table = RoutingState()

    /// - Parameter unit: `deis-router@1.service`.
    init(world: HostWorld, unit: String) {
        self.world = world
        self.unit = unit
    }

    var port: UInt16? { 80 }

    private static let settleTime = Duration.seconds(10)
    private static let reloadTime = Duration.seconds(5)

    func run(until stop: StopFlag) throws {
        guard !stop.wait(world.scaled(Self.settleTime)) else { return }
        for directory in ["controller", "services", "domains", "builder", "certs", "router/hosts"] {
            try world.etcd.makeDirectory("/deis/\(directory)")
        }
        while !reload() {
            guard !stop.wait(world.scaled(Self.settleTime)) else { return }
        }
        let log = try AccessLog(unit: unit)
        let listeners = [
            try HTTPListener(port: 80) { [table, world] in
                let began = ContinuousClock.now
                let (response, upstream) = table.answer($0, world)
                log.add(
                    AccessLine(
                        request: $0, response: response, upstream: upstream, time: .now(),
                        duration: .now - began
                    ).text)
                return response
            },
            try HTTPListener(port: 9090) { .text($0.path.hasPrefix("/health-check") ? 200 : 404) },
        ]
        defer { for listener in listeners { listener.stop() } }
        let own = Announcement(keys: ["/deis/router/hosts/\(world.address)": "\(world.address):80"])
        var nextAnnouncement = ContinuousClock.now
        repeat {
            _ = reload()
            guard ContinuousClock.now >= nextAnnouncement else { continue }
            own.write(world)
            nextAnnouncement = .now + world.scaled(Announcement.period)
        } while !stop.wait(world.scaled(Self.reloadTime))
    }

    /// - Returns: true if the configuration could be made and nginx took it; else the one before stays.
    private func reload() -> Bool {
        do {
            table.set(try RoutingTable(root: try world.etcd.find("/deis", .recursive)))
            return true
        } catch {
            StandardError.write("router: \(error)\n")
            return false
        }
    }
}

/// The configuration that nginx has, and its turn among each application's containers.
final class RoutingState: Sendable {
    private let table = Mutex<RoutingTable?>(nil)
    private let turn = Mutex(0)

    func set(_ next: RoutingTable) { table.withLock { $0 = next } }

    /// The answer, and the container that gave it.
    func answer(_ request: HTTPRequest, _ world: HostWorld) -> (HTTPResponse, Upstream?) {
        let route = table.withLock { $0?.route(host: request.hostName, path: request.path) }
        switch route {
        case .status(let status)?: return (.text(status), nil)
        case .upstreams(let upstreams)?: return forward(request, to: rotated(upstreams), world)
        case nil: return (.text(404), nil)
        }
    }

    private func rotated(_ upstreams: [Upstream]) -> [Upstream] {
        let start = turn.withLock { turn in
            turn = (turn &+ 1) & Int(Int32.max)
            return turn % max(1, upstreams.count)
        }
        return Array(upstreams[start...] + upstreams[..<start])
    }

    /// Asks one container after the other, until one neither fails nor says 502, 503 or 504.
    private func forward(
        _ request: HTTPRequest, to upstreams: [Upstream], _ world: HostWorld
    ) -> (HTTPResponse, Upstream?) {
        var last = HTTPResponse.text(502)
        for upstream in upstreams {
            do {
                let answer = try PlainHTTP(
                    address: upstream.address, port: upstream.port,
                    deadline: max(world.scaled(.seconds(30)), .seconds(1))
                ).exchange(request.method, request.target, fields: request.forwarded, body: request.body)
                last = HTTPResponse(status: answer.status, fields: answer.fields.endToEnd, body: answer.body)
                if ![502, 503, 504].contains(answer.status) { return (last, upstream) }
            } catch {
                guard case Failure.system("connect to", _, let reason) = error, reason != timedOut else {
                    last = .text(504)
                    continue
                }
                last = .text(502)
            }
        }
        return (last, upstreams.last)
    }

    private let timedOut = "Operation now in progress"
}

extension HTTPRequest {
    /// The fields that a proxy hands on.
    fileprivate var forwarded: [HTTPField] { fields.endToEnd + [HTTPField("X-Forwarded-Proto", "http")] }
}

extension [HTTPField] {
    /// The fields without those of one connection alone.
    fileprivate var endToEnd: [HTTPField] {
        filter { !["connection", "content-length", "expect", "keep-alive"].contains($0.name.lowercased()) }
    }
}
