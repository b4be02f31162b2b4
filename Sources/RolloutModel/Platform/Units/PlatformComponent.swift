/// A part of Deis v1 that fleet runs. The raw value is the part's name as deisctl takes it.
public enum PlatformComponent: String, Codable, CodingKeyRepresentable, Hashable, Sendable, CaseIterable,
    CustomStringConvertible
{
    case builder, controller, database, logger, logspout, publisher, registry, router
    case storeAdmin = "store-admin"
    case storeDaemon = "store-daemon"
    case storeGateway = "store-gateway"
    case storeMetadata = "store-metadata"
    case storeMonitor = "store-monitor"
    case storeVolume = "store-volume"

    public var description: String { rawValue }

    /// True if fleet runs it on every machine that may have it.
    public var isGlobal: Bool {
        switch self {
        case .publisher, .logspout, .storeMonitor, .storeDaemon, .storeMetadata, .storeVolume: true
        case .builder, .controller, .database, .logger, .registry, .router, .storeAdmin, .storeGateway: false
        }
    }

    /// True if the component's units have a number: `router@1`.
    public var isNumbered: Bool {
        switch self {
        case .registry, .router, .storeGateway: true
        case .builder, .controller, .database, .logger, .logspout, .publisher, .storeAdmin, .storeDaemon,
            .storeMetadata, .storeMonitor, .storeVolume:
            false
        }
    }

    public var role: Role {
        switch self {
        case .storeAdmin, .storeDaemon, .storeGateway, .storeMetadata, .storeMonitor, .storeVolume: .storage
        case .logger, .logspout: .logging
        case .builder, .controller, .database, .registry: .control
        case .publisher: .publishing
        case .router: .routing
        }
    }

    /// A group that deisctl counts components in.
    public enum Role: Hashable, Sendable {
        case storage, logging
        /// The control plane. The database is part of it, and keeps its data in the store.
        case control
        /// The publisher. Each application's address runs out of etcd without it.
        case publishing
        case routing
    }
}

extension PlatformComponent {
    /// The components in the order of stopping, one group after another and each group at once. No group is
    /// stopped before the groups that use it.
    public static let stopOrder: [[PlatformComponent]] = [
        [.router], [.publisher], [.controller, .builder, .database, .registry], [.logger, .logspout],
        [.storeVolume, .storeGateway], [.storeMetadata], [.storeDaemon], [.storeMonitor], [.storeAdmin],
    ]

    /// The components in the order of starting. The database starts in a group of its own, as it may change
    /// its data then.
    public static let startOrder: [[PlatformComponent]] = [
        [.storeMonitor], [.storeDaemon], [.storeMetadata], [.storeGateway], [.storeVolume], [.logger],
        [.logspout],
        [.database], [.registry, .controller], [.builder], [.publisher], [.router],
    ]
}
