import Synchronization

/// A monitor of Ceph: tells the others that the store was set up.
struct StoreMonitor: UnitService {
    let world: HostWorld

    func run(until stop: StopFlag) throws {
        try world.etcd.set("/deis/store/monSetupComplete", "youBetcha")
        Announcement(keys: ["/deis/store/hosts/\(world.address)": world.address]).renew(world, until: stop)
    }
}

/// The mount of CephFS. The real unit waits in `start-pre` for the monitors; here the process does.
struct StoreVolume: UnitService {
    let world: HostWorld

    var isReady: Bool { (try? world.etcd.value("/deis/store/monSetupComplete")) != nil }

    func run(until stop: StopFlag) { stop.wait() }
}

/// The S3 gateway of Ceph, on port 8888.
struct StoreGateway: UnitService {
    let world: HostWorld
    private let isUp = Flag()

    init(world: HostWorld) { self.world = world }

    var port: UInt16? { Self.port }
    var isReady: Bool { isUp.value }

    static let port: UInt16 = 8888
    private static let startTime = Duration.seconds(2)
    private static let answer =
        #"<?xml version="1.0" encoding="UTF-8"?><ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Owner><ID>anonymous</ID><DisplayName></DisplayName></Owner><Buckets></Buckets></ListAllMyBucketsResult>"#

    func run(until stop: StopFlag) throws {
        guard !stop.wait(world.scaled(Self.startTime)) else { return }
        for (key, value) in [("accessKey", "practice-access"), ("secretKey", "practice-secret")] {
            _ = try? world.etcd.set("/deis/store/gateway/\(key)", value, if: .isAbsent)
        }
        let listener = try HTTPListener(port: Self.port) { _ in .text(200, Self.answer) }
        defer { listener.stop() }
        isUp.set()
        Announcement(keys: [
            "/deis/store/gateway/host": world.address, "/deis/store/gateway/port": "\(Self.port)",
        ]).renew(world, until: stop)
    }

    /// True if some host's gateway answers.
    static func answers(_ world: HostWorld) -> Bool {
        guard let address = try? world.etcd.value("/deis/store/gateway/host") else { return false }
        let http = PlainHTTP(address: address, port: port, deadline: .seconds(1))
        return (try? http.exchange("GET", "/"))?.status == 200
    }
}

/// Something that happens once.
final class Flag: Sendable {
    private let state = Mutex(false)

    var value: Bool { state.withLock { $0 } }
    func set() { state.withLock { $0 = true } }
}
