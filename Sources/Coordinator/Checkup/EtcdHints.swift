import ClusterAnswers
import RolloutModel

/// The places to try for a host's own etcd, with the files that its programs show etcd.
struct EtcdHints: Hashable, Sendable {
    /// The places in the order of the trials, each once.
    private(set) var places: [OwnEtcdCheck.Place] = []

    /// More are not tried: each is a few requests.
    private static let placesMax = 12

    /// - Parameter address: at which the host's sshd was reached.
    init(_ probe: HostProbe, address: IPLiteral?) {
        let urls = Self.urls(probe, address)
        let files = Self.files(probe)
        for url in urls {
            guard url.hasPrefix("https:") else {
                add(OwnEtcdCheck.Place(urls: [url]))
                continue
            }
            for tls in files + [.init(urls: [])] {
                var place = tls
                place.urls = [url]
                add(place)
            }
        }
    }

    private mutating func add(_ place: OwnEtcdCheck.Place) {
        if places.count < Self.placesMax, !places.contains(place) { places.append(place) }
    }

    // MARK: Addresses

    /// Loopback first: that is the same on every host.
    private static func urls(_ probe: HostProbe, _ address: IPLiteral?) -> [String] {
        let members = HostProbe.etcdUnits.compactMap { probe.environments[$0] }
        let told =
            members.flatMap { $0.list("ETCD_LISTEN_CLIENT_URLS") + $0.list("ETCD_ADVERTISE_CLIENT_URLS") }
            + (probe.environments["fleet"]?.list("FLEET_ETCD_SERVERS") ?? [])
            + probe.fleetFile.list("etcd_servers")
            + (probe.environments["locksmithd"]?.list("LOCKSMITHD_ENDPOINT") ?? [])
        let own = told.compactMap { Self.own($0, address) }
        let usual =
            EtcdEndpoint.usual.urls + ["http://\(EtcdEndpoint.addressPlace):2379", "http://127.0.0.1:4001"]
        let all =
            own.filter { !$0.contains(EtcdEndpoint.addressPlace) } + usual.prefix(1)
            + own.filter { $0.contains(EtcdEndpoint.addressPlace) } + usual.dropFirst()
        return all.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// An address at which a host finds itself, as it stands for all hosts; nil for one of another machine.
    private static func own(_ text: String, _ address: IPLiteral?) -> String? {
        guard var found = EtcdAddress(text) else { return nil }
        if found.isLocal {
            found.host = found.host.contains(":") ? "::1" : "127.0.0.1"
            return found.url
        }
        guard let address, IPAddress(found.host) == IPAddress(address.text), let port = found.port else {
            return nil
        }
        return "\(found.scheme.rawValue)://\(EtcdEndpoint.addressPlace):\(port)"
    }

    // MARK: Files

    /// The certificate files of clients first: a member's own key may be good for serving alone.
    private static func files(_ probe: HostProbe) -> [OwnEtcdCheck.Place] {
        let fleet = probe.environments["fleet"] ?? .init()
        let sets: [(ClientSettings, ca: String, cert: String, key: String)] =
            [
                (fleet, "FLEET_ETCD_CAFILE", "FLEET_ETCD_CERTFILE", "FLEET_ETCD_KEYFILE"),
                (probe.fleetFile, "etcd_cafile", "etcd_certfile", "etcd_keyfile"),
                (
                    probe.environments["locksmithd"] ?? .init(), "LOCKSMITHD_ETCD_CAFILE",
                    "LOCKSMITHD_ETCD_CERTFILE", "LOCKSMITHD_ETCD_KEYFILE"
                ),
                (
                    probe.environments["flanneld"] ?? .init(), "FLANNELD_ETCD_CAFILE",
                    "FLANNELD_ETCD_CERTFILE", "FLANNELD_ETCD_KEYFILE"
                ),
                (probe.environment, "ETCDCTL_CACERT", "ETCDCTL_CERT", "ETCDCTL_KEY"),
                (probe.environment, "ETCDCTL_CA_FILE", "ETCDCTL_CERT_FILE", "ETCDCTL_KEY_FILE"),
            ]
            + HostProbe.etcdUnits.map {
                (
                    probe.environments[$0] ?? .init(), "ETCD_TRUSTED_CA_FILE", "ETCD_CERT_FILE",
                    "ETCD_KEY_FILE"
                )
            }
        return sets.map { settings, ca, cert, key in
            OwnEtcdCheck.Place(
                urls: [], caFile: path(settings[ca]), certFile: path(settings[cert]),
                keyFile: path(settings[key]))
        }.filter { $0.caFile != nil || $0.certFile != nil }
    }

    /// A path that stands for itself wherever it is written.
    private static func path(_ text: String?) -> String? {
        guard let text, text.hasPrefix("/"), text.utf8.count <= 512,
            text.utf8.allSatisfy(\.isOfPlainPath)
        else { return nil }
        return text
    }
}

extension UInt8 {
    fileprivate var isOfPlainPath: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"),
            UInt8(ascii: "/"):
            true
        default: false
        }
    }
}
