/// The world that all units of one host share.
struct HostWorld: Sendable {
    /// The host's own address, at which others reach its containers.
    var address: String
    var etcd = EtcdKeys()
    let containers: ContainerTable
    let images: ImageStore
    var settings: @Sendable () -> PlatformSettings

    func scaled(_ time: Duration) -> Duration { settings().scaled(time) }

    /// The image that `/run/deis/bin/get_image` prints: a component's own, else that of the cluster's version, else
    /// that of the host's release.
    func image(of component: DeisComponent) -> String {
        if let image = try? etcd.value("/deis/\(component.rawValue)/image") { return image }
        let version = try? etcd.value("/deis/platform/version")
        return "deis/\(component.rawValue):\(version ?? Self.releaseOfHost)"
    }

    private static var releaseOfHost: String {
        let text = (try? TextFile.text(of: "/etc/deis-release")) ?? ""
        return Assignments(text)["DEIS_RELEASE"] ?? "latest"
    }
}

/// A component's key under `/deis`, which it renews each 10 s with a TTL of 20 s, as all of Deis' do.
struct Announcement: Hashable, Sendable {
    var keys: [String: String]

    static let period = Duration.seconds(10)
    static let ttl = Duration.seconds(20)

    /// Renews the keys until the flag is raised. Only their TTL takes the keys away.
    func renew(_ world: HostWorld, until stop: StopFlag) {
        repeat {
            write(world)
        } while !stop.wait(world.scaled(Self.period))
    }

    func write(_ world: HostWorld) {
        for (key, value) in keys.sorted(by: { $0.key < $1.key }) {
            _ = try? world.etcd.set(key, value, ttl: world.settings().scaledTTL(Self.ttl))
        }
    }
}
