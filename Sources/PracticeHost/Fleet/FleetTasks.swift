/// The tasks of fleet's agent on its machine, from the units that it should have and those that it has.
struct FleetTasks: Hashable, Sendable {
    enum Task: Hashable, Sendable {
        case load(String, hash: String)
        case start(String)
        case stop(String)
        case unload(String)
    }

    struct Wanted: Hashable, Sendable {
        var hash: String
        /// `launched` or `loaded`.
        var desired: String
    }

    /// The units that the machine should have, by their names.
    var wanted: [String: Wanted]
    /// The hashes of the texts that are loaded, by the names of the units.
    var loaded: [String: String]
    /// The units that this agent has started and not stopped.
    var launched: Set<String>

    /// The tasks sorted by unit, with unloads first.
    func tasks() -> [Task] {
        let gone = loaded.filter { wanted[$0.key]?.hash != $0.value }.keys.sorted()
        var tasks = gone.map { Task.unload($0) }
        for (name, unit) in wanted.sorted(by: { $0.key < $1.key }) {
            let isLoaded = loaded[name] == unit.hash
            let isLaunched = isLoaded && launched.contains(name)
            if !isLoaded { tasks.append(.load(name, hash: unit.hash)) }
            switch (unit.desired, isLaunched) {
            case ("launched", false): tasks.append(.start(name))
            case ("loaded", true): tasks.append(.stop(name))
            default: break
            }
        }
        return tasks
    }
}
