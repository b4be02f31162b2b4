/// The times that a unit takes, still to be scaled, where its image is on the host already.
struct UnitTimes: Hashable, Sendable {
    var start: Duration
    var stop = Duration.seconds(1.5)

    /// Docker's pull of one image.
    static let pull = Duration.seconds(15)
    /// `RestartSec` of every unit of Deis'.
    static let restart = Duration.seconds(5)

    init(_ component: DeisComponent?) {
        switch component {
        case .storeDaemon: start = .seconds(8)
        case .storeMonitor, .storeMetadata, .storeGateway, .storeVolume: start = .seconds(4)
        case .database, .controller, .builder, .registry: start = .seconds(4)
        case .logger, .logspout, .publisher, .router, .storeAdmin: start = .seconds(2)
        case nil: start = .seconds(3)
        }
    }
}
