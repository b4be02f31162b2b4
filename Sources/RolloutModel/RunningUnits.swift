/// The units that are to run, and the number of machines that each runs on.
public protocol RunningUnits: Codable, Hashable, Sendable {
    /// The names of units that are to run and do not, sorted.
    var broken: [String] { get }
    /// The names of units that run on fewer machines than `before`, sorted.
    func missing(since before: Self) -> [String]
}

/// fleet's units, as fleetctl lists them.
public struct FleetUnits: RunningUnits {
    /// The number of machines that each unit is active on; units that are active nowhere are left out.
    public var active: [String: Int]
    /// The units that are to run.
    public var launched: Set<String>
    /// The number of machines that each unit is on without being active; units with none are left out. nil if unknown.
    public var idle: [String: Int]?

    public init(active: [String: Int], launched: Set<String>, idle: [String: Int]? = nil) {
        self.active = active
        self.launched = launched
        self.idle = idle
    }

    /// The units that run on only some of their machines: `x.service (on 2 of 3)`.
    public var partial: [String] {
        launched.sorted().compactMap { unit in
            guard let active = active[unit], let idle = idle?[unit] else { return nil }
            return "\(unit) (on \(active) of \(active.adding(clamping: idle)))"
        }
    }

    public var broken: [String] { launched.filter { active[$0] == nil }.sorted() }

    /// Only units that are still to run: a unit that somebody stopped is not missing. Neither is a unit that was broken
    /// before, nor one that moved to another machine.
    public func missing(since before: FleetUnits) -> [String] {
        before.active.keys.filter { launched.contains($0) && active.runsLess($0, than: before.active) }
            .sorted()
    }
}

/// Deis' components, as deisctl lists them. Every listed component is to run.
public struct DeisComponents: RunningUnits {
    /// The number of machines that each component is active and running on.
    public var running: [String: Int]
    /// All components.
    public var listed: Set<String>

    public init(running: [String: Int], listed: Set<String>) {
        self.running = running
        self.listed = listed
    }

    public var broken: [String] { listed.filter { running[$0] == nil }.sorted() }

    /// Components that are not listed any more are missing, too.
    public func missing(since before: DeisComponents) -> [String] {
        before.running.keys.filter { running.runsLess($0, than: before.running) }.sorted()
    }
}

extension [String: Int] {
    fileprivate func runsLess(_ name: String, than before: Self) -> Bool {
        self[name, default: 0] < before[name, default: 0]
    }
}
