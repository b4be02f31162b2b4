/// Observations of a platform, all of them made after `takenAt`.
public struct PlatformFacts: Hashable, Sendable {
    public var takenAt: Moment
    /// etcd's members as one host sees them.
    public var etcd: Observation<EtcdView>
    /// fleet's machines.
    public var machines: Observation<[PlatformMachine]>
    /// The units of Deis that fleet is to run.
    public var jobs: Observation<PlatformJobs>
    /// The units' states, machine by machine.
    public var states: Observation<[PlatformUnitState]>
    public var settings: Observation<PlatformSettings>
    public var services: Observation<PublishedServices>
    /// Each router that has a place.
    public var routers: [PlatformUnit: RouterView]
    public var controller: Observation<ControllerView>
    /// The hosts on which a deisctl that was asked for by a procedure still runs.
    public var commands: Observation<[HostID]>

    public init(
        takenAt: Moment, etcd: Observation<EtcdView>, machines: Observation<[PlatformMachine]>,
        jobs: Observation<PlatformJobs>, states: Observation<[PlatformUnitState]>,
        settings: Observation<PlatformSettings>, services: Observation<PublishedServices>,
        routers: [PlatformUnit: RouterView], controller: Observation<ControllerView>,
        commands: Observation<[HostID]> = .seen([])
    ) {
        self.takenAt = takenAt
        self.etcd = etcd
        self.machines = machines
        self.jobs = jobs
        self.states = states
        self.settings = settings
        self.services = services
        self.routers = routers
        self.controller = controller
        self.commands = commands
    }

    /// True if no publisher writes the applications' addresses anew.
    public var isUnpublished: Bool {
        guard let jobs = jobs.value, let states = states.value else { return false }
        let publisher = PlatformUnit(.publisher)
        return jobs.job(of: publisher)?.goal != .launched
            || !states.contains { $0.unit == publisher && $0.isRunning }
    }
}

/// The jobs in fleet's registry, as far as they matter to Deis.
public struct PlatformJobs: Hashable, Sendable {
    public var jobs: [PlatformJob]
    /// Names of Deis that are no job. deisctl leaves a target state behind for a unit that it did not find,
    /// and units of older versions may be there.
    public var strays: [String]
    /// Containers of applications whose names begin with `router`. deisctl takes such containers for
    /// routers.
    public var likeRouters: [String]

    public init(jobs: [PlatformJob], strays: [String] = [], likeRouters: [String] = []) {
        self.jobs = jobs
        self.strays = strays
        self.likeRouters = likeRouters
    }

    /// The jobs' units, in the order of their names.
    public var units: [PlatformUnit] { jobs.map(\.unit).sorted() }

    public func job(of unit: PlatformUnit) -> PlatformJob? { jobs.first { $0.unit == unit } }
}
