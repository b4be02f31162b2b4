import RolloutModel

/// The units and components that run on a cluster before a rollout, once two readings in a row agree.
///
/// A fleetd that stops removes the states of its global units on all machines. The state of a unit comes back with the
/// next heartbeat of its machine (facts 0.48). A single reading in between would miss these units.
public struct Baselines: Sendable {
    private let access: HostAccess
    private let hosts: [HostID]
    private let clock: RolloutClock
    /// The time between two readings.
    public let apart: Duration
    /// The longest time for which readings may differ.
    private let longest: Duration

    /// - Parameters:
    ///   - longest: how long readings may differ before nothing is known.
    ///   - fleet: nil where nothing runs fleet.
    public init(
        access: HostAccess, hosts: [HostID], clock: RolloutClock, fleet: GateSettings.Fleet?,
        longest: Duration
    ) async {
        self.access = access
        self.hosts = hosts
        self.clock = clock
        self.longest = longest
        let registry = fleet == nil ? nil : await access.firstAnswer(hosts, access.fleetRegistry).value
        let ttl = registry?.values.compactMap(\.timeLeft).max() ?? .zero
        // Half of fleet's TTL is one heartbeat. The extra second allows for a heartbeat that is late.
        apart = max(ttl, fleet?.ttl ?? .zero) / 2 + .seconds(1)
    }

    public func units() async throws -> Observation<FleetUnits> {
        try await agreed(on: { $0.launched.isEmpty && $0.active.isEmpty }) {
            await access.firstAnswer(hosts, access.units)
        }
    }

    /// Deis' components; nil where Deis is not the platform.
    public func components() async throws -> Observation<DeisComponents?> {
        switch await access.firstAnswer(hosts, access.deis) {
        case .unknown(let why): return .unknown(why)
        case .seen(nil): return .seen(nil)
        case .seen(let first?):
            return try await agreed(on: { _ in false }, first: first) {
                await access.firstAnswer(hosts, access.deis).known
            }.map { $0 }
        }
    }

    /// - Parameter isNothing: true for a reading that has nothing to wait for; a second reading is not needed then.
    private func agreed<Units: RunningUnits>(
        on isNothing: (Units) -> Bool, first: Units? = nil, _ read: () async -> Observation<Units>
    ) async throws -> Observation<Units> {
        let start = clock.now()
        var latest: Units
        if let first {
            latest = first
        } else {
            switch await read() {
            case .unknown(let why): return .unknown(why)
            case .seen(let units): latest = units
            }
        }
        guard !isNothing(latest) else { return .seen(latest) }
        while true {
            try await clock.sleep(apart)
            switch await read() {
            case .unknown(let why): return .unknown(why)
            case .seen(let units):
                if units == latest { return .seen(units) }
                guard clock.now() + apart < start + longest else {
                    return .unknown(Self.difference(latest, units, apart))
                }
                latest = units
            }
        }
    }

    private static func difference<Units: RunningUnits>(
        _ earlier: Units, _ later: Units, _ apart: Duration
    ) -> String {
        let changed = Set(later.missing(since: earlier) + earlier.missing(since: later)).sorted()
        let what = changed.isEmpty ? "" : ", in \(Names.text(changed))"
        return "readings \(apart.wholeSeconds) s apart differ still\(what)"
    }
}

extension Observation where Value == DeisComponents? {
    /// The components; unknown if Deis was there at the first reading and is gone.
    fileprivate var known: Observation<DeisComponents> {
        switch self {
        case .unknown(let why): .unknown(why)
        case .seen(nil): .unknown("/etc/deis-release was there, and is gone")
        case .seen(let components?): .seen(components)
        }
    }
}
