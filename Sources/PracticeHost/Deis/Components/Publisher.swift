/// The publisher: writes the places of this host's containers to `/deis/services`, each 10 s with a TTL of 20 s, and at once
/// when one starts or stops. A stopped publisher leaves its keys in etcd until their TTL ends.
struct Publisher: UnitService {
    let world: HostWorld

    func run(until stop: StopFlag) {
        var nextRound = ContinuousClock.now
        var known: Set<String> = []
        repeat {
            let containers = applicationContainers()
            let names = Set(containers.map(\.0.name))
            let isRound = ContinuousClock.now >= nextRound
            if isRound { nextRound = .now + world.scaled(Announcement.period) }
            for (container, port) in containers where isRound || !known.contains(container.name) {
                publish(container, port)
            }
            for name in known.subtracting(names) { unpublish(name) }
            known = names
        } while !stop.wait(min(world.scaled(.seconds(1)), .milliseconds(250)))
    }

    private func applicationContainers() -> [(AppContainer, UInt16)] {
        world.containers.all.compactMap { container in
            guard let port = container.port, let name = AppContainer(name: container.name), name.isPublishable
            else { return nil }
            return (name, port)
        }
    }

    private func publish(_ container: AppContainer, _ port: UInt16) {
        guard isNewest(container),
            PlainHTTP(address: world.address, port: port, deadline: .seconds(1)).isOpen,
            isHealthy(container.application, port)
        else { return }
        let ttl = world.settings().scaledTTL(Announcement.ttl)
        _ = try? world.etcd.set(Self.key(of: container), "\(world.address):\(port)", ttl: ttl)
    }

    private func unpublish(_ name: String) {
        guard let container = AppContainer(name: name) else { return }
        try? world.etcd.remove(Self.key(of: container))
    }

    static func key(of container: AppContainer) -> String {
        "/deis/services/\(container.application)/\(container.name)"
    }

    /// True if no newer release of the application is published.
    private func isNewest(_ container: AppContainer) -> Bool {
        let published = (try? world.etcd.find("/deis/services/\(container.application)"))?.nodes ?? []
        let versions = published.compactMap { AppContainer(name: $0.name)?.version }
        return container.version >= versions.max() ?? 0
    }

    /// The answer of the application's own check, if there is one.
    private func isHealthy(_ application: String, _ port: UInt16) -> Bool {
        guard let path = try? world.etcd.value("/deis/config/\(application)/healthcheck_url"), !path.isEmpty
        else { return true }
        let http = PlainHTTP(address: world.address, port: port, deadline: .seconds(1))
        return (try? http.exchange("GET", path))?.status == 200
    }
}
