/// The work of a unit while it runs.
protocol UnitService: Sendable {
    /// The port of the host that leads to its container; nil for none.
    var port: UInt16? { get }

    /// True if the unit's `ExecStartPost` lets it become active.
    var isReady: Bool { get }

    /// Works until the flag is raised.
    ///
    /// - Throws: what ended it before that, as a process that exits with an error.
    func run(until stop: StopFlag) throws
}

extension UnitService {
    var port: UInt16? { nil }
    var isReady: Bool { true }
}

/// A process that only waits to be stopped.
struct IdleService: UnitService {
    func run(until stop: StopFlag) { stop.wait() }
}

/// A component that is nothing but its keys in etcd.
struct AnnouncingService: UnitService {
    let world: HostWorld
    let announcement: Announcement
    var port: UInt16?

    func run(until stop: StopFlag) { announcement.renew(world, until: stop) }
}
