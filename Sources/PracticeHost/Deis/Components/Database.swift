/// The database, on port 5432: keeps one document for the controller.
///
/// Each change is archived in the store while its gateway answers. A start takes what was archived last, so that changes
/// which were made while the store was away are lost, as with WAL-E. The stop waits for a last archive.
struct Database: UnitService {
    let world: HostWorld

    var port: UInt16? { Self.port }

    static let port: UInt16 = 5432
    /// The key is outside of `/deis`, which others read whole.
    private static let live = "/practice/deis/database/live"
    private static let archived = "/practice/deis/database/archived"
    private static let restoreTime = Duration.seconds(5)
    private static let backupTime = Duration.seconds(10)

    func run(until stop: StopFlag) throws {
        while !StoreGateway.answers(world) {
            guard !stop.wait(world.scaled(.seconds(1))) else { return }
        }
        guard !stop.wait(world.scaled(Self.restoreTime)) else { return }
        if let archived = try world.etcd.value(Self.archived) { try world.etcd.set(Self.live, archived) }
        let listener = try HTTPListener(port: Self.port) { answer($0) }
        defer { listener.stop() }
        Announcement(keys: [
            "/deis/database/host": world.address, "/deis/database/port": "\(Self.port)",
            "/deis/database/engine": "postgresql_psycopg2",
        ]).renew(world, until: stop)
        if StoreGateway.answers(world) { StopFlag().wait(world.scaled(Self.backupTime)) }
    }

    private func answer(_ request: HTTPRequest) -> HTTPResponse {
        do {
            guard request.method == "PUT" else {
                return .text(200, try world.etcd.value(Self.live) ?? "{}")
            }
            let document = String(decoding: request.body, as: UTF8.self)
            try world.etcd.set(Self.live, document)
            if StoreGateway.answers(world) { try world.etcd.set(Self.archived, document) }
            return .text(200)
        } catch {
            return .text(500, "\(error)")
        }
    }

    /// The place of the running database; nil: none is announced.
    static func place(_ etcd: EtcdKeys) -> PlainHTTP? {
        guard let address = try? etcd.value("/deis/database/host") else { return nil }
        return PlainHTTP(address: address, port: port, deadline: .seconds(3))
    }
}
