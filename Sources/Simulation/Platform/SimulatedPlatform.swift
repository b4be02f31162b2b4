public import RolloutModel

/// Deis v1 on a few machines, as its commands change it: fleet's units, applications' addresses that run out,
/// and routers that answer while an address is there. Time passes only when it is told so.
public struct SimulatedPlatform: Sendable {
    public private(set) var now = Moment.start
    public internal(set) var units: [PlatformUnit: Unit] = [:]
    public internal(set) var version: PlatformVersion
    public internal(set) var proxyProtocol: String?
    /// Each container's address, with the moment at which it runs out.
    var addresses: [Address: Moment] = [:]
    /// The changes that fleet and the programs of units make later.
    var agenda: [(at: Moment, what: Change)] = []
    /// Versions that the database was started by. The database changes its data for each.
    public internal(set) var databaseVersions: Set<PlatformVersion> = []
    /// The time in which no router answered for the application.
    public internal(set) var darkTime = Duration.zero
    /// The rules that were broken.
    public internal(set) var breaches: Set<Breach> = []
    /// The number of times that each act was heard, by the act's description.
    public internal(set) var heard: [String: Int] = [:]
    /// The time that the store takes to start.
    public var storeTime: Duration
    private var lastPublished = Moment.start
    /// The versions of the two deisctl.
    private(set) var oldVersion: PlatformVersion
    private(set) var newVersion: PlatformVersion
    var installations: UInt64 = 0

    public struct Unit: Hashable, Sendable {
        public var goal: PlatformJob.Goal
        /// The version whose template the unit was installed with.
        public var template: PlatformVersion
        /// The version that the unit started with, on each machine where it runs.
        public var running: [MachineID: PlatformVersion]
        /// The index of the unit's installation, which rises with each.
        public var index: UInt64 = 0
    }

    struct Address: Hashable, Sendable {
        var number: Int
        var index: UInt64
    }

    enum Change: Sendable {
        case started(PlatformUnit)
        case stopped(PlatformUnit)
        case act(PlatformAct)
        /// A part of `upgrade-takeover`.
        case takeover(TakeoverPart)
    }

    /// An event that must never happen.
    public enum Breach: Hashable, Sendable {
        case storeStoppedUnderDatabase
        /// A new program started with the old unit, or the other way round.
        case versionMixed(PlatformUnit)
    }

    static let machines = (1...3).map { MachineID("machine-\($0)") }
    static let application = "web"
    static let containers = 1...2
    private static let publishedEvery = Duration.seconds(10)

    /// A platform that runs whole.
    public init(version: PlatformVersion, routers: Int = 3, storeTime: Duration = .seconds(3)) {
        self.version = version
        oldVersion = version
        newVersion = version
        self.storeTime = storeTime
        let all = PlatformComponent.allCases.filter { $0 != .storeAdmin }.flatMap { component in
            component == .router
                ? (1...routers).map { PlatformUnit(.router, $0) }
                : [PlatformUnit(component, component.isNumbered ? 1 : nil)]
        }
        for unit in all {
            units[unit] = Unit(goal: .launched, template: version, running: [:])
            for machine in Self.places(of: unit) { units[unit]?.running[machine] = version }
        }
        databaseVersions = [version]
        publish()
    }

    mutating func upgrade(from old: PlatformVersion, to new: PlatformVersion) {
        oldVersion = old
        newVersion = new
    }

    static func places(of unit: PlatformUnit) -> [MachineID] {
        unit.component.isGlobal ? machines : [machines[((unit.number ?? 1) - 1) % machines.count]]
    }

    func isRunning(_ unit: PlatformUnit) -> Bool { units[unit]?.running.isEmpty == false }

    /// True if parts of a takeover are yet to come, as its deisctl runs still.
    var isAtWork: Bool { agenda.contains { if case .takeover = $0.what { true } else { false } } }

    func isRunning(_ component: PlatformComponent) -> Bool {
        units.contains { $0.key.component == component && !$0.value.running.isEmpty }
    }

    // MARK: Time

    /// Lets time pass, with everything that happens in it.
    public mutating func pass(_ span: Duration) {
        let end = now + span
        while now < end {
            let next = min(end, now + Self.tick)
            if !isServed { darkTime += next - now }
            now = next
            while let index = agenda.indices.filter({ agenda[$0].at <= now }).min(by: {
                agenda[$0].at < agenda[$1].at
            }) {
                let change = agenda.remove(at: index)
                happen(change.what)
            }
            if now - lastPublished >= Self.publishedEvery { publish() }
            addresses = addresses.filter { $0.value > now }
        }
    }

    private static let tick = Duration.milliseconds(250)

    /// True if a router answers 200 for the application.
    var isServed: Bool { isRunning(.router) && !addresses.isEmpty }

    private mutating func publish() {
        lastPublished = now
        guard isRunning(.publisher) else { return }
        for number in Self.containers {
            write(number, until: now + ServiceKey.publishedTTL)
        }
    }

    mutating func write(_ number: Int, until end: Moment) {
        let before = addresses.keys.first { $0.number == number }
        if let before { addresses[before] = nil }
        addresses[Address(number: number, index: (before?.index ?? 0) + 1)] = end
    }

    private mutating func happen(_ change: Change) {
        switch change {
        case .started(let unit): start(unit)
        case .stopped(let unit): stop(unit)
        case .act(let act): apply(act)
        case .takeover(let part): takeOver(part)
        }
    }

    private mutating func start(_ unit: PlatformUnit) {
        // The unit may have been told otherwise meanwhile.
        guard let found = units[unit], found.goal == .launched, found.running.isEmpty else { return }
        if found.template != version { breaches.insert(.versionMixed(unit)) }
        for machine in Self.places(of: unit) { units[unit]?.running[machine] = version }
        if unit.component == .database || unit.component == .controller { databaseVersions.insert(version) }
        if unit.component == .publisher { publish() }
    }

    private mutating func stop(_ unit: PlatformUnit) {
        guard units[unit]?.goal != .launched else { return }
        if unit.component.role == .storage, isRunning(.database) {
            breaches.insert(.storeStoppedUnderDatabase)
        }
        units[unit]?.running = [:]
    }
}
