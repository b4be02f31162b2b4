/// What fleet runs, as it says itself.
public struct FleetUnits: Codable, Hashable, Sendable {
    /// On how many machines each unit is active; a unit that is on none is not in it.
    public var active: [String: Int]
    /// Those that are to run.
    public var launched: Set<String>

    public init(active: [String: Int], launched: Set<String>) {
        self.active = active
        self.launched = launched
    }

    /// Those that are to run and do not, in order of their names.
    public var broken: [String] { launched.filter { active[$0] == nil }.sorted() }

    /// Those of `before` that are still to run, and run on fewer machines than they did; in order of their names. A unit
    /// that was broken before is nobody's to wait for, and one that moved is running.
    public func missing(since before: FleetUnits) -> [String] {
        before.active.filter { launched.contains($0.key) && active[$0.key, default: 0] < $0.value }.keys
            .sorted()
    }
}
