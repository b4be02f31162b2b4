import RolloutModel

/// The report of `platform audit`.
package struct PlatformReport: Encodable {
    /// The version in etcd, which units take their image by; nil where the key could not be read, or is not
    /// set.
    var versionWanted: String?
    /// The version of the controller that answers; nil where none does.
    var versionRunning: String?
    var api: String?
    var domain: String?
    /// The CoreOS release that the version was made for; nil where that is not known.
    var coreOS: String?
    var isStateless: Bool
    var machines: [Machine]
    var components: [Component]
    /// Components that do not take the version's image.
    var images: [String: String]
    /// Names in fleet's registry that are no unit.
    var strayJobs: [String]
    var applications: [Application]
    package var holds: [HoldReport]

    struct Machine: Encodable {
        var id: String
        var address: String?
    }

    struct Component: Encodable {
        var unit: String
        var goal: String?
        var places: [Place]
    }

    struct Place: Encodable {
        var machine: String
        var address: String?
        var state: String
    }

    struct Application: Encodable {
        var name: String
        var releases: [String]
        var containers: Int
        /// The shortest time that an address of the application lasts; nil where there is no address, or
        /// it stays.
        var leastTTL: Duration?
        /// The status through each router, by the router; nil where the router gave none.
        var answers: [String: Int?]

        private enum CodingKeys: String, CodingKey {
            case name, releases, containers
            case leastTTL = "leastTTLSeconds"
            case answers
        }
    }

    package init(_ facts: PlatformFacts, _ invocation: Invocation) {
        let settings = facts.settings.value
        let units = facts.jobs.value?.units ?? []
        versionWanted = settings?.version
        versionRunning = facts.controller.value?.version.description
        api = facts.controller.value?.api
        domain = settings?.domain
        coreOS =
            settings?.version.flatMap { PlatformVersion($0) }.flatMap(PlatformRelease.of)?.coreOS.description
        isStateless = !units.isEmpty && units.of(.storage).isEmpty && units.of([.database]).isEmpty
        machines = (facts.machines.value ?? []).map { Machine(id: $0.id.rawValue, address: $0.address) }
        components = Self.components(facts)
        images = Dictionary(
            uniqueKeysWithValues: (settings?.images ?? [:]).map { ($0.key.rawValue, $0.value) })
        strayJobs = facts.jobs.value?.strays ?? []
        applications = Self.applications(facts)
        holds = facts.auditHolds.map(HoldReason.platform).causes.map { HoldReport($0, in: nil, invocation) }
    }

    private static func components(_ facts: PlatformFacts) -> [Component] {
        let addresses = Dictionary(
            (facts.machines.value ?? []).map { ($0.id, $0.address) }, uniquingKeysWith: { first, _ in first })
        let states = facts.states.value ?? []
        let jobs = facts.jobs.value
        return Set((jobs?.units ?? []) + states.map(\.unit)).sorted().map { unit in
            Component(
                unit: unit.target, goal: jobs?.job(of: unit)?.goal.rawValue,
                places: states.filter { $0.unit == unit }.map { state in
                    Place(
                        machine: String(state.machine.rawValue.prefix(8)),
                        address: addresses[state.machine] ?? nil, state: "\(state.active)/\(state.sub)")
                })
        }
    }

    private static func applications(_ facts: PlatformFacts) -> [Application] {
        let services = facts.services.value
        let keys = Dictionary(grouping: services?.keys ?? [], by: \.application)
        let routers = facts.routers.sorted { $0.key < $1.key }
        return Set(keys.keys).union(services?.empty ?? []).sorted().map { name in
            let own = keys[name] ?? []
            return Application(
                name: name, releases: Set(own.compactMap(\.release)).sorted(), containers: own.count,
                leastTTL: own.compactMap(\.ttl).min(),
                answers: Dictionary(
                    uniqueKeysWithValues: routers.map { ($0.key.target, $0.value.answers[name]?.value) }))
        }
    }
}
