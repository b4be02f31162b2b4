/// How long a unit takes, in seconds that are still to be scaled, where its image is on the host already.
struct UnitTimes: Hashable, Sendable {
    var start: Double
    var stop = 1.5

    /// Docker's pull of one image.
    static let pull = 15.0
    /// `RestartSec` of every unit of Deis'.
    static let restart = 5.0

    init(_ component: DeisComponent?) {
        switch component {
        case .storeDaemon: start = 8
        case .storeMonitor, .storeMetadata, .storeGateway, .storeVolume: start = 4
        case .database, .controller, .builder, .registry: start = 4
        case .logger, .logspout, .publisher, .router, .storeAdmin: start = 2
        case nil: start = 3
        }
    }
}
