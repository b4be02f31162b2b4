import Synchronization

/// fleet's own client of etcd, as deisctl has it: tries again for as long as a request may take, and says so on standard
/// error.
struct FleetClient: Sendable {
    let endpoint: DeisctlEndpoint
    let requestTime: Duration
    let pause: Duration
    let console: DeisctlConsole

    var fleet: DeisctlFleet {
        let patience = Patience(client: self)
        return DeisctlFleet(
            units: { () throws(DeisctlError) in
                try patience.ask("Get \(FleetJobs.root)/job") { jobs throws(EtcdError) in
                    try jobs.jobs([]).map(\.unit)
                }
            },
            states: { () throws(DeisctlError) in
                try patience.ask("Get \(FleetJobs.root)/states") { jobs throws(EtcdError) in
                    try jobs.states([])
                }
            },
            machines: { () throws(DeisctlError) in
                do {
                    return try FleetRegistry(etcd: endpoint.http(deadline: .seconds(3))).machines()
                } catch {
                    throw DeisctlError("\(error)")
                }
            },
            isGlobal: { unit throws(DeisctlError) in
                try patience.ask("Get \(FleetJobs.root)/job/\(unit)/object") { jobs throws(EtcdError) in
                    guard let hash = try jobs.jobs([]).first(where: { $0.unit == unit })?.hash else {
                        return nil
                    }
                    return try jobs.text(hash: hash).map { FleetUnitFile(text: $0).isGlobal }
                }
            },
            create: { unit, text throws(DeisctlError) in
                try patience.ask("Create \(FleetJobs.root)/job/\(unit)/object") { jobs throws(EtcdError) in
                    try jobs.create(unit, FleetUnitFile(text: text))
                }
            },
            setTarget: { unit, state throws(DeisctlError) in
                try patience.ask("Set \(FleetJobs.root)/job/\(unit)/target-state") { jobs throws(EtcdError) in
                    try jobs.setTarget(unit, state)
                }
            },
            destroy: { unit throws(DeisctlError) in
                try patience.ask("Delete \(FleetJobs.root)/job/\(unit)") { jobs throws(EtcdError) in
                    try jobs.destroy(unit)
                }
            },
            pause: { () throws(DeisctlEnding) in patience.pause() })
    }

    private final class Patience: Sendable {
        let client: FleetClient
        /// A request was given up while etcd still worked on it: told a moment later.
        private let hasGivenUp = Mutex(false)

        init(client: FleetClient) { self.client = client }

        func pause() {
            StopFlag().wait(client.pause)
            tellGivenUp()
        }

        func ask<Value>(
            _ request: String, _ body: (FleetJobs) throws(EtcdError) -> Value
        ) throws(DeisctlError) -> Value {
            tellGivenUp()
            let deadline = ContinuousClock.now + client.requestTime
            var wait = Duration.milliseconds(100)
            while ContinuousClock.now < deadline {
                let http = client.endpoint.http(deadline: deadline - .now)
                do throws(EtcdError) {
                    return try body(FleetJobs(etcd: EtcdKeys(http: http)))
                } catch {
                    try tell(error)
                }
                client.console.err(
                    "ERROR client.go:214: Unable to get result for {\(request)}, retrying in \(wait.inGo)\n")
                StopFlag().wait(wait)
                wait = min(wait * 2, .seconds(1))
            }
            throw .timeoutReached
        }

        /// - Throws: where trying again is of no use.
        private func tell(_ error: EtcdError) throws(DeisctlError) {
            switch error {
            case .refused:
                throw error.isAlreadyThere ? .jobAlreadyExists : DeisctlError(error.description)
            case .status(let status):
                let words = status == 503 ? "503 Service Unavailable" : "500 Internal Server Error"
                info("client.go:298: Response \(words) from \(client.endpoint.text)/ unusable")
            case .unreachable(let reason):
                info(
                    "client.go:292: Failed getting response from \(client.endpoint.text)/: dial tcp "
                        + "\(client.endpoint.address): connect: \(reason)")
            case .cut:
                hasGivenUp.withLock { $0 = true }
                throw .timeoutReached
            }
        }

        private func tellGivenUp() {
            let isNews = hasGivenUp.withLock { given in
                defer { given = false }
                return given
            }
            if isNews {
                info("client.go:292: Failed getting response from \(client.endpoint.text)/: cancelled")
            }
        }

        private func info(_ text: String) { client.console.err("INFO \(text)\n") }
    }
}

extension Duration {
    /// `100ms`, `1s`, as Go prints it.
    fileprivate var inGo: String {
        let (seconds, attoseconds) = components
        return seconds > 0 ? "\(seconds)s" : "\(attoseconds / 1_000_000_000_000_000)ms"
    }
}

/// go-etcd, by which deisctl reads and writes the keys under `/deis`: every request twice at most.
struct ConfigClient: Sendable {
    let endpoint: DeisctlEndpoint

    var keys: DeisctlKeys {
        DeisctlKeys(
            get: { key throws(DeisctlError) in
                try ask("Get", key, "?quorum=false&recursive=false&sorted=true") { etcd throws(EtcdError) in
                    try etcd.node(key).value ?? ""
                }
            },
            set: { key, value throws(DeisctlError) in
                try ask("Put", key) { etcd throws(EtcdError) in try etcd.set(key, value).value ?? "" }
            },
            delete: { key throws(DeisctlError) in
                try ask("Delete", key) { etcd throws(EtcdError) in try etcd.delete(key) }
            },
            leaves: { key throws(DeisctlError) in
                try ask("Get", key, "?quorum=false&recursive=true&sorted=true") { etcd throws(EtcdError) in
                    Self.leaves(of: try etcd.node(key, [.recursive, .sorted]))
                }
            },
            refresh: { leaf, ttl throws(DeisctlError) in
                try ask("Put", leaf.key) { etcd throws(EtcdError) in
                    _ = try etcd.set(leaf.key, leaf.value, ttl: ttl, if: .exists)
                }
            })
    }

    /// An empty directory is a leaf without a value.
    static func leaves(of node: EtcdKeys.Node) -> [DeisctlKeys.Leaf] {
        guard let nodes = node.nodes, !nodes.isEmpty else {
            return [DeisctlKeys.Leaf(key: node.key, value: node.value ?? "")]
        }
        return nodes.flatMap(leaves)
    }

    private func ask<Value>(
        _ method: String, _ key: String, _ query: String = "",
        _ body: (EtcdKeys) throws(EtcdError) -> Value
    ) throws(DeisctlError) -> Value {
        var last = ""
        for attempt in 1...2 {
            do throws(EtcdError) {
                return try body(EtcdKeys(http: endpoint.http(deadline: .seconds(60))))
            } catch {
                switch error {
                case .refused: throw DeisctlError(error.description)
                case .status: last = "Unexpected HTTP status code"
                case .unreachable(let reason):
                    last =
                        "\(method) \"\(endpoint.text)/v2/keys\(key)\(query)\": dial tcp \(endpoint.address): "
                        + "connect: \(reason)"
                case .cut(let reason): last = reason
                }
            }
            if attempt == 1 { StopFlag().wait(.milliseconds(200)) }
        }
        throw DeisctlError(
            """
            501: All the given peers are not reachable (failed to propose on members [\(endpoint.text)] twice \
            [last error: \(last)]) [0]
            """)
    }
}
