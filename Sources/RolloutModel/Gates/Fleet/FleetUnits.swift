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

    /// The units that run on fewer machines than before. Units that somebody stopped, that were broken before, or that
    /// moved to another machine are not missing.
    public func missing(since before: FleetUnits) -> [String] {
        before.active.keys.filter { launched.contains($0) && active.runsLess($0, than: before.active) }
            .sorted()
    }
}
