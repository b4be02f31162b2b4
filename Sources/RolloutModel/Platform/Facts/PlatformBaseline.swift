/// A platform as it was before anything was touched. The platform is compared with it afterwards. The
/// baseline is part of the plan.
public struct PlatformBaseline: Codable, Hashable, Sendable {
    public var version: PlatformVersion
    public var domain: String
    /// The version of the controller's API; nil where the controller did not answer.
    public var api: String?
    /// Every unit, with the machines that the unit ran on.
    public var placements: [Placement]
    /// Every application that was published.
    public var applications: [Application]
    /// Components that have an image of their own, which no version changes.
    public var images: [PlatformComponent: String]
    public var machines: [PlatformMachine]
    /// The routers' setting of the PROXY protocol; nil where there is none.
    public var proxyProtocol: Bool?

    public struct Placement: Codable, Hashable, Sendable {
        public var unit: PlatformUnit
        public var machines: [MachineID]
        /// The index of the unit's installation, as in `PlatformJob`.
        public var index: UInt64

        public init(unit: PlatformUnit, machines: [MachineID], index: UInt64 = 0) {
            self.unit = unit
            self.machines = machines
            self.index = index
        }
    }

    public struct Application: Codable, Hashable, Sendable {
        public var name: String
        /// The releases that were published: `v3`.
        public var releases: [String]
        /// The number of containers that were published; 0 for an application that is scaled to nothing.
        public var count: Int
        /// The status of the application's probe through the routers; nil where they gave none, or not one
        /// and the same.
        public var status: Int?

        public init(name: String, releases: [String], count: Int, status: Int?) {
            self.name = name
            self.releases = releases
            self.count = count
            self.status = status
        }
    }

    public init(
        version: PlatformVersion, domain: String, api: String? = nil, placements: [Placement],
        applications: [Application], images: [PlatformComponent: String] = [:], machines: [PlatformMachine],
        proxyProtocol: Bool? = nil
    ) {
        self.version = version
        self.domain = domain
        self.api = api
        self.placements = placements
        self.applications = applications
        self.images = images
        self.machines = machines
        self.proxyProtocol = proxyProtocol
    }

    public var units: [PlatformUnit] { placements.map(\.unit) }

    /// True if the platform keeps its data elsewhere. Such a platform was installed as
    /// `stateless-platform`, without store and database.
    public var isStateless: Bool { units.of(.storage).isEmpty && units.of([.database]).isEmpty }

    /// True if the unit was installed since.
    public func isRenewed(_ job: PlatformJob) -> Bool {
        placements.first { $0.unit == job.unit }.map { job.index > $0.index } ?? true
    }

    /// Removes machines that are not waited for any more.
    mutating func remove(_ lost: Set<MachineID>) {
        machines.removeAll { lost.contains($0.id) }
        for index in placements.indices { placements[index].machines.removeAll(where: lost.contains) }
    }

    func machines(of unit: PlatformUnit) -> [MachineID] {
        placements.first { $0.unit == unit }?.machines ?? []
    }
}

extension PlatformBaseline {
    /// Makes a platform's baseline.
    ///
    /// - Returns: nil where one of the facts that it needs is not known. `PlatformProof.readable` says which.
    public init?(_ facts: PlatformFacts) {
        guard let settings = facts.settings.value,
            let version = settings.version.flatMap({ PlatformVersion($0) }),
            let domain = settings.domain, let jobs = facts.jobs.value, let states = facts.states.value,
            let machines = facts.machines.value, let services = facts.services.value
        else { return nil }
        self.init(
            version: version, domain: domain, api: facts.controller.value?.api,
            placements: jobs.jobs.sorted { $0.unit < $1.unit }.map { job in
                Placement(
                    unit: job.unit, machines: states.filter { $0.unit == job.unit }.map(\.machine).sorted(),
                    index: job.index)
            },
            applications: Self.applications(services, facts.routers), images: settings.images,
            machines: machines.sorted { $0.id < $1.id },
            proxyProtocol: settings.proxyProtocol.map { $0 == "1" })
    }

    private static func applications(
        _ services: PublishedServices, _ routers: [PlatformUnit: RouterView]
    ) -> [Application] {
        let published = Dictionary(grouping: services.keys, by: \.application)
        let names = Set(published.keys).union(services.empty).sorted()
        return names.map { name in
            let keys = published[name] ?? []
            let statuses = Set(routers.values.map { $0.answers[name]?.value })
            return Application(
                name: name, releases: Set(keys.compactMap(\.release)).sorted(), count: keys.count,
                status: statuses.count == 1 ? statuses.first.flatMap(\.self) : nil)
        }
    }
}
