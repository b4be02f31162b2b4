/// fleetd's agent and engine: the machine's own units, and the schedule of all, where this one leads.
///
/// Times are those of fleet 0.11, scaled: the agent looks each 5 s, the engine each 2 s, and both a second after a unit's
/// target or target state has changed. A unit that is made or destroyed is no such change.
struct FleetAgent {
    let machine: FleetRecord
    let ttl: Duration
    let registry: FleetRegistry
    let jobs: FleetJobs
    let units: UnitHostClient

    static let pollInterval = Duration.milliseconds(100)

    private var engine: FleetEngine
    private var texts = UnitTexts()
    private var launched: Set<String> = []
    private var published: [String: UnitReport] = [:]
    private var seen: [String: FleetJobs.Job] = [:]
    private var nextLook = ContinuousClock.now
    private var nextAgentPass = ContinuousClock.now
    private var nextEnginePass = ContinuousClock.now

    init(
        machine: FleetRecord, ttl: Duration, registry: FleetRegistry, jobs: FleetJobs, units: UnitHostClient
    ) {
        self.machine = machine
        self.ttl = ttl
        self.registry = registry
        self.jobs = jobs
        self.units = units
        engine = FleetEngine(machineID: machine.id, registry: registry, jobs: jobs)
    }

    /// Does what is due. etcd may be away: it is asked again with the next pass.
    mutating func pass() {
        publishChanges()
        guard ContinuousClock.now >= nextLook else { return }
        let scale = PlatformSettings.ofThisHost().scale
        nextLook = .now + .seconds(max(0.1, min(0.5, 2 * scale)))
        guard let jobs = try? jobs.jobs([]).filter({ $0.hash != nil }) else { return }
        noticeChanges(jobs, scale)
        if ContinuousClock.now >= nextEnginePass {
            nextEnginePass = .now + .seconds(2 * scale)
            engine.pass(jobs, &texts)
        }
        if ContinuousClock.now >= nextAgentPass {
            nextAgentPass = .now + .seconds(5 * scale)
            perform(jobs)
        }
    }

    private mutating func noticeChanges(_ jobs: [FleetJobs.Job], _ scale: Double) {
        let now = Dictionary(jobs.map { ($0.unit, $0) }, uniquingKeysWith: { $1 })
        let hasChanged = now.contains { name, job in
            seen[name].map { $0.desired != job.desired || $0.target != job.target } ?? false
        }
        seen = now
        guard hasChanged else { return }
        nextAgentPass = min(nextAgentPass, .now + .seconds(scale))
        nextEnginePass = min(nextEnginePass, .now + .seconds(scale))
    }

    private mutating func perform(_ jobs: [FleetJobs.Job]) {
        let loaded = units.reports().map { ($0.unit, $0.hash) }
        var wanted: [String: FleetTasks.Wanted] = [:]
        for job in jobs where job.desired != "inactive" {
            guard let hash = job.hash, let file = texts.file(hash, self.jobs) else { continue }
            guard file.isGlobal ? file.fits(machine) : job.target == machine.id else { continue }
            wanted[job.unit] = .init(hash: hash, desired: job.desired)
        }
        let tasks = FleetTasks(
            wanted: wanted, loaded: Dictionary(loaded, uniquingKeysWith: { $1 }), launched: launched
        ).tasks()
        for task in tasks {
            do {
                try perform(task)
            } catch {
                log("ERROR reconcile.go: Failed resolving task: \(task): \(error)")
            }
        }
    }

    private mutating func perform(_ task: FleetTasks.Task) throws {
        switch task {
        case .load(let unit, let hash):
            guard let file = texts.file(hash, jobs) else { return }
            try units.load(unit, text: file.text)
            launched.remove(unit)
            try jobs.markHeld(unit, by: machine.id)
        case .start(let unit):
            try units.start(unit)
            launched.insert(unit)
        case .stop(let unit):
            try units.stop(unit)
            launched.remove(unit)
        case .unload(let unit):
            try units.unload(unit)
            launched.remove(unit)
        }
    }

    /// Tells etcd what changed on this machine.
    private mutating func publishChanges() {
        let reports = Dictionary(units.reports().map { ($0.unit, $0) }, uniquingKeysWith: { $1 })
        for (unit, report) in reports where published[unit] != report {
            publish(report)
        }
        for unit in published.keys where reports[unit] == nil {
            guard (try? jobs.eraseStates(of: unit)) != nil else { continue }
            published[unit] = nil
        }
    }

    /// Tells etcd all of this machine, with each heartbeat.
    mutating func publishAll() {
        for report in published.values { publish(report) }
    }

    private mutating func publish(_ report: UnitReport) {
        let state = FleetJobs.State(
            unit: report.unit, machineID: machine.id, active: report.state.active, sub: report.state.sub,
            hash: report.hash)
        guard (try? jobs.publish(state, ttl: ttl)) != nil else { return }
        published[report.unit] = report
    }

    /// Unloads every unit, and with that stops it: the way of a fleetd that is told to stop.
    mutating func purge() {
        for report in units.reports() { try? units.unload(report.unit) }
        for unit in published.keys { try? jobs.eraseStates(of: unit) }
        engine.resign()
    }

    private func log(_ text: String) { StandardError.write(text + "\n") }
}

/// Texts of units by their hashes, which never change.
struct UnitTexts {
    private var files: [String: FleetUnitFile] = [:]

    mutating func file(_ hash: String, _ jobs: FleetJobs) -> FleetUnitFile? {
        if let file = files[hash] { return file }
        guard let text = try? jobs.text(hash: hash) else { return nil }
        let file = FleetUnitFile(text: text)
        files[hash] = file
        return file
    }
}
