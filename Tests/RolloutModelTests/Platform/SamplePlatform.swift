import RolloutModel
import SampleValues

/// A whole platform of three machines, to be broken by tests.
struct SamplePlatform {
    static let machines = ["m1", "m2", "m3"].map { MachineID($0) }
    static let old = PlatformVersion(1, 13, 3)
    static let new = PlatformVersion(1, 13, 4)

    var facts: PlatformFacts
    var deisctls: [DeisctlSide: DeisctlView]

    init(_ version: PlatformVersion = old, to wanted: PlatformVersion = new, isStateless: Bool = false) {
        let units = Self.units.filter {
            !isStateless || ($0.component.role != .storage && $0.component != .database)
        }
        facts = PlatformFacts(
            takenAt: 0, etcd: .seen(Self.etcd(unwell: [])),
            machines: .seen(Self.machines.map { PlatformMachine(id: $0, address: "10.0.0.1") }),
            jobs: .seen(PlatformJobs(jobs: units.map { Self.job($0, .launched) })),
            states: .seen(units.flatMap { Self.states($0, "active", "running") }),
            settings: .seen(PlatformSettings(version: version.tag, domain: "example.org")),
            services: .seen(PublishedServices(keys: Self.keys(ttl: 15), empty: ["idle"])),
            routers: Dictionary(uniqueKeysWithValues: Self.routers.map { ($0, Self.router()) }),
            controller: .seen(ControllerView(version: version, api: "1.7")))
        deisctls = [.old: Self.deisctl(version), .new: Self.deisctl(wanted)]
    }

    var baseline: PlatformBaseline? { PlatformBaseline(facts) }

    // MARK: Units

    static let routers = (1...3).map { PlatformUnit(.router, $0) }

    static let units: [PlatformUnit] =
        routers
        + [
            PlatformUnit(.builder), PlatformUnit(.controller), PlatformUnit(.database), PlatformUnit(.logger),
            PlatformUnit(.logspout), PlatformUnit(.publisher), PlatformUnit(.registry, 1),
            PlatformUnit(.storeDaemon), PlatformUnit(.storeGateway, 1), PlatformUnit(.storeMetadata),
            PlatformUnit(.storeMonitor), PlatformUnit(.storeVolume),
        ].sorted()

    private static func place(_ unit: PlatformUnit) -> MachineID { machines[((unit.number ?? 1) - 1) % 3] }

    private static func job(_ unit: PlatformUnit, _ goal: PlatformJob.Goal) -> PlatformJob {
        PlatformJob(unit: unit, goal: goal, machine: unit.component.isGlobal ? nil : place(unit))
    }

    private static func states(_ unit: PlatformUnit, _ active: String, _ sub: String) -> [PlatformUnitState] {
        (unit.component.isGlobal ? machines : [place(unit)]).map {
            PlatformUnitState(unit: unit, machine: $0, active: active, sub: sub)
        }
    }

    /// fleet forgets the units.
    mutating func remove(_ units: [PlatformUnit]) {
        guard var jobs = facts.jobs.value, let states = facts.states.value else { return }
        jobs.jobs.removeAll { units.contains($0.unit) }
        facts.jobs = .seen(jobs)
        facts.states = .seen(states.filter { !units.contains($0.unit) })
        for unit in units { facts.routers[unit] = nil }
    }

    /// The units are brought to a goal, and are found in a state everywhere.
    mutating func set(
        _ units: [PlatformUnit], _ goal: PlatformJob.Goal, _ active: String, _ sub: String
    ) {
        remove(units)
        guard var jobs = facts.jobs.value, let states = facts.states.value else { return }
        jobs.jobs += units.map { Self.job($0, goal) }
        facts.jobs = .seen(jobs)
        facts.states = .seen(states + units.flatMap { Self.states($0, active, sub) })
        for unit in units where unit.component == .router { facts.routers[unit] = Self.router() }
    }

    /// A state is told of one machine alone.
    mutating func set(_ unit: PlatformUnit, on machine: MachineID, _ active: String, _ sub: String) {
        guard let states = facts.states.value else { return }
        facts.states = .seen(
            states.filter { $0.unit != unit || $0.machine != machine } + [
                PlatformUnitState(unit: unit, machine: machine, active: active, sub: sub)
            ])
    }

    mutating func changeJobs(_ change: (inout PlatformJobs) -> Void) {
        guard var jobs = facts.jobs.value else { return }
        change(&jobs)
        facts.jobs = .seen(jobs)
    }

    // MARK: Serving

    static func key(_ number: Int, ttl: Int?, value: String = "10.0.0.1:49153") -> ServiceKey {
        ServiceKey(
            application: "web", name: "web_v3.web.\(number)", value: value, ttl: ttl.map { .seconds($0) },
            index: 7)
    }

    static func keys(ttl: Int?) -> [ServiceKey] { [key(1, ttl: ttl), key(2, ttl: ttl)] }

    mutating func publish(_ keys: [ServiceKey]) {
        facts.services = .seen(PublishedServices(keys: keys, empty: ["idle"]))
    }

    static func router(health: Int = 200, web: Int? = 200) -> RouterView {
        RouterView(
            address: "10.0.0.1", health: .seen(health),
            answers: [
                "web": web.map { .seen($0) } ?? .unknown("no answer within 3 s"), "idle": .seen(503),
            ])
    }

    // MARK: The rest

    static func etcd(unwell: [String]) -> EtcdView {
        EtcdView(
            members: (1...3).compactMap { number in
                EtcdMemberID(hexadecimal: "\(number)").map { id in
                    EtcdView.Member(
                        id: id, name: "e\(number)", isLearner: false,
                        health: unwell.contains("e\(number)") ? .unhealthy("no leader") : .healthy)
                }
            }, clusterVersion: "2.3.0")
    }

    static func deisctl(_ version: PlatformVersion, lacking: [String] = []) -> DeisctlView {
        let templates = PlatformTemplates.files.filter { !lacking.contains($0) }
        return DeisctlView(
            version: .seen(version),
            templates: .seen(Dictionary(uniqueKeysWithValues: templates.map { ($0, "digest") })))
    }

    func check(_ way: PlatformWish.Way, to version: PlatformVersion = new) -> [PlatformHold] {
        PlatformCheck(PlatformWish(way: way, version: version), facts, deisctls: deisctls).holds
    }
}

extension [PlatformHold] {
    var names: [String] { map { HoldReason.platform($0).name } }
}
