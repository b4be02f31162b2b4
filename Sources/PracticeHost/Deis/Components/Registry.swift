/// The registry of images, on port 5000, in the words of docker's first registry.
struct Registry: UnitService {
    let world: HostWorld

    var port: UInt16? { Self.port }

    static let port: UInt16 = 5000
    private static let images = "/practice/deis/registry"

    func run(until stop: StopFlag) throws {
        let listener = try HTTPListener(port: Self.port) { answer($0) }
        defer { listener.stop() }
        Announcement(keys: [
            "/deis/registry/host": world.address, "/deis/registry/port": "\(Self.port)",
            "/deis/registry/protocol": "http",
        ]).renew(world, until: stop)
    }

    private func answer(_ request: HTTPRequest) -> HTTPResponse {
        guard StoreGateway.answers(world) else { return .text(500, "the store does not answer") }
        let path = request.segments
        if path == ["_ping"] || path == ["v1", "_ping"] { return .json(200, true) }
        guard path.count >= 4, path[0] == "v1", path[1] == "repositories",
            let tags = path.firstIndex(of: "tags")
        else { return .json(404, ["error": "Not found"]) }
        let repository = path[2..<tags].filter { $0 != "library" }.joined(separator: "/")
        let known = (try? world.etcd.find("\(Self.images)/\(repository)"))?.nodes ?? []
        let found = Dictionary(known.map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { $1 })
        guard path.count > tags + 1 else {
            return known.isEmpty ? .json(404, ["error": "Repository not found"]) : .json(200, found)
        }
        return found[path[tags + 1]].map { .json(200, $0) } ?? .json(404, ["error": "Tag not found"])
    }

    /// Keeps an application's image, `happy-bandit:v3`.
    static func keep(_ repository: String, tag: String, _ etcd: EtcdKeys) throws(EtcdError) {
        let id = String(UInt64.random(in: .min ... .max), radix: 16).leftPadded(to: 16)
        try etcd.set("\(images)/\(repository)/\(tag)", id)
    }

    /// True if an image can be pulled. Another registry is asked for its images. The public registry has all images.
    /// An image whose name says that it is `bad` cannot be pulled.
    static func has(_ image: String) -> Bool {
        let parts = image.split(separator: "/", maxSplits: 1).map(String.init)
        let name = (parts.last ?? "").split(separator: ":").map(String.init)
        guard let repository = name.first, !repository.split(separator: "/").contains("bad") else {
            return false
        }
        guard parts.count == 2, let place = try? Upstream(parts[0]) else { return true }
        let tag = name.count > 1 ? name[1] : "latest"
        let http = PlainHTTP(address: place.address, port: place.port, deadline: .seconds(3))
        return (try? http.exchange("GET", "/v1/repositories/\(repository)/tags/\(tag)"))?.status == 200
    }
}

/// The builder: its unit is active only once its SSH server answers, and that waits for the controller and the registry.
struct Builder: UnitService {
    let world: HostWorld

    var port: UInt16? { 2223 }

    var isReady: Bool {
        ["/deis/controller/host", "/deis/registry/host"].allSatisfy { (try? world.etcd.value($0)) != nil }
    }

    func run(until stop: StopFlag) {
        while !isReady { if stop.wait(world.scaled(.seconds(1))) { return } }
        Announcement(keys: ["/deis/builder/host": world.address, "/deis/builder/port": "2223"])
            .renew(world, until: stop)
    }
}
