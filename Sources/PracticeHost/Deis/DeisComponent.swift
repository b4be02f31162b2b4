/// The parts of the platform, each of which has a unit `deis-<name>.service`, or numbered ones.
enum DeisComponent: String, CaseIterable, Hashable, Sendable {
    case builder, controller, database, logger, logspout, publisher, registry, router
    case storeAdmin = "store-admin"
    case storeDaemon = "store-daemon"
    case storeGateway = "store-gateway"
    case storeMetadata = "store-metadata"
    case storeMonitor = "store-monitor"
    case storeVolume = "store-volume"

    /// True if the component runs on every machine.
    var isGlobal: Bool {
        switch self {
        case .publisher, .logspout, .storeMonitor, .storeDaemon, .storeMetadata, .storeVolume: true
        default: false
        }
    }

    /// True if the component's units are numbered, and no machine has two of them.
    var isNumbered: Bool { [.router, .registry, .storeGateway].contains(self) }

    /// `deis-store-gateway`: the names of the component's units start with it.
    var unitPrefix: String { "deis-" + rawValue }

    /// The component of `deis-router@1.service`; nil for another unit.
    init?(unit: String) {
        guard unit.hasPrefix("deis-"), unit.hasSuffix(".service") else { return nil }
        let name = unit.dropFirst("deis-".count).dropLast(".service".count)
        self.init(rawValue: String(name.prefix { $0 != "@" }))
    }
}

/// A container of an application, `happy-bandit_v3.web.12`.
struct AppContainer: Hashable, Sendable {
    var application: String
    var version: Int
    var type: String
    var number: Int

    var name: String { "\(application)_v\(version).\(type).\(number)" }
    var unit: String { name + ".service" }

    init(application: String, version: Int, type: String, number: Int) {
        self.application = application
        self.version = version
        self.type = type
        self.number = number
    }

    /// Reads the name of a container, or of its key in etcd.
    init?(name: String) {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let mark = parts[0].lastIndex(of: "_") else { return nil }
        let release = parts[0][parts[0].index(after: mark)...]
        guard release.first == "v", let version = Int(release.dropFirst()), version > 0,
            let number = Int(parts[2]), number > 0, mark > parts[0].startIndex
        else { return nil }
        self.init(
            application: String(parts[0][..<mark]), version: version, type: String(parts[1]), number: number)
    }

    init?(unit: String) {
        guard unit.hasSuffix(".service") else { return nil }
        self.init(name: String(unit.dropLast(".service".count)))
    }

    /// The publisher publishes these types alone.
    var isPublishable: Bool { type == "web" || type == "cmd" }
}
