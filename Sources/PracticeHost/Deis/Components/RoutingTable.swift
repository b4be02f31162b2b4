/// A router's configuration, as its template makes it from the keys of etcd.
struct RoutingTable: Hashable, Sendable {
    /// The places of each application's containers; none for one that is scaled to zero.
    var applications: [String: [Upstream]] = [:]
    /// Applications by the names of their own domains.
    var domains: [String: String] = [:]
    var controller: Upstream?
    var storeGateway: Upstream?

    enum Route: Hashable, Sendable {
        case upstreams([Upstream])
        case status(Int)
    }

    /// nginx does not take a configuration with a place that is none, and keeps the one it has.
    struct Malformed: Error, Hashable, CustomStringConvertible {
        var value: String
        var description: String { "invalid port in upstream \"\(value)\"" }
    }

    /// - Parameter root: `/deis`, with all below it.
    init(root: EtcdKeys.Node?) throws(Malformed) {
        for application in root?.child("services")?.nodes ?? [] where application.isDirectory {
            var upstreams: [Upstream] = []
            for container in application.nodes ?? [] where !container.isDirectory {
                upstreams.append(try Upstream(container.value ?? ""))
            }
            applications[application.name] = upstreams
        }
        for domain in root?.child("domains")?.nodes ?? [] { domains[domain.name] = domain.value }
        controller = try Self.place(of: root?.child("controller"))
        storeGateway = try Self.place(of: root?.child("store")?.child("gateway"))
    }

    private static func place(of directory: EtcdKeys.Node?) throws(Malformed) -> Upstream? {
        guard let host = directory?.child("host")?.value else { return nil }
        return try Upstream("\(host):\(directory?.child("port")?.value ?? "")")
    }

    /// The route of a request for a host's name. A domain's own name comes first, then the first label of the name.
    func route(host: String, path: String) -> Route {
        let application = domains[host] ?? host.firstLabel
        switch application {
        case "deis" where domains[host] == nil: return controller.map { .upstreams([$0]) } ?? .status(503)
        case "deis-store" where domains[host] == nil:
            return storeGateway.map { .upstreams([$0]) } ?? .status(503)
        case let name?:
            guard let upstreams = applications[name] else { return defaultServer(path) }
            return upstreams.isEmpty ? .status(503) : .upstreams(upstreams)
        case nil: return defaultServer(path)
        }
    }

    private func defaultServer(_ path: String) -> Route {
        .status(path.hasPrefix("/health-check") ? 200 : 404)
    }
}

/// A container's place, `10.213.1.11:49153`.
struct Upstream: Hashable, Sendable, CustomStringConvertible {
    var address: String
    var port: UInt16

    init(_ value: String) throws(RoutingTable.Malformed) {
        let parts = value.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, let port = UInt16(parts[1]), port > 0 else {
            throw .init(value: value)
        }
        address = String(parts[0])
        self.port = port
    }

    var description: String { "\(address):\(port)" }
}

extension String {
    /// `happy-bandit` of `happy-bandit.example.org`; nil where no domain follows.
    fileprivate var firstLabel: String? {
        let labels = split(separator: ".", maxSplits: 1)
        return labels.count == 2 ? String(labels[0]) : nil
    }
}
