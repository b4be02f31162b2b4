/// What is to run, and on how many machines each of it does.
public protocol RunningUnits: Codable, Hashable, Sendable {
    /// What is to run and does not, in order of the names.
    var broken: [String] { get }
    /// What ran at that moment and does not run on as many machines now, in order of the names.
    func missing(since before: Self) -> [String]
}

/// What fleet runs, as it says itself.
public struct FleetUnits: RunningUnits {
    /// On how many machines each unit is active; a unit that is on none is not in it.
    public var active: [String: Int]
    /// Those that are to run.
    public var launched: Set<String>
    /// On how many machines each unit is, and is not active; one that is on none so is not in it. nil where that was not
    /// told.
    public var idle: [String: Int]?

    public init(active: [String: Int], launched: Set<String>, idle: [String: Int]? = nil) {
        self.active = active
        self.launched = launched
        self.idle = idle
    }

    /// Those that are to run and run on some of their machines alone: `x.service (on 2 of 3)`.
    public var partial: [String] {
        launched.sorted().compactMap { unit in
            guard let active = active[unit], let idle = idle?[unit] else { return nil }
            return "\(unit) (on \(active) of \(active + idle))"
        }
    }

    public var broken: [String] { launched.filter { active[$0] == nil }.sorted() }

    /// Those that are still to run: whom somebody stopped nobody waits for. A unit that was broken before is not waited for
    /// either, and one that moved is running.
    public func missing(since before: FleetUnits) -> [String] {
        before.active.keys.filter { launched.contains($0) && active.runsLess($0, than: before.active) }
            .sorted()
    }
}

/// Deis' components, as deisctl lists them. It does not say which are to run: whatever is listed is.
public struct DeisComponents: RunningUnits {
    /// On how many machines each component is active and running.
    public var running: [String: Int]
    /// All of them.
    public var listed: Set<String>

    public init(running: [String: Int], listed: Set<String>) {
        self.running = running
        self.listed = listed
    }

    public var broken: [String] { listed.filter { running[$0] == nil }.sorted() }

    /// Also those that are not listed any more.
    public func missing(since before: DeisComponents) -> [String] {
        before.running.keys.filter { running.runsLess($0, than: before.running) }.sorted()
    }
}

extension [String: Int] {
    fileprivate func runsLess(_ name: String, than before: Self) -> Bool {
        self[name, default: 0] < before[name, default: 0]
    }
}
