/// fleet's engine, which schedules the units of the whole cluster on one machine at a time: the one that has the lease.
struct FleetEngine {
    let machineID: String
    let registry: FleetRegistry
    let jobs: FleetJobs

    private static let lease = FleetJobs.root + "/lease/engine-leader"
    private static let leaseTime = Duration.seconds(10)

    /// The lease as it was last written by this one, and when it is to be renewed.
    private var held: (index: UInt64, renewal: ContinuousClock.Instant)?

    init(machineID: String, registry: FleetRegistry, jobs: FleetJobs) {
        self.machineID = machineID
        self.registry = registry
        self.jobs = jobs
    }

    mutating func pass(_ jobs: [FleetJobs.Job], _ texts: inout UnitTexts) {
        guard leads(), let machines = try? registry.machines() else { return }
        let units = jobs.compactMap { job -> FleetSchedule.Unit? in
            guard let hash = job.hash, let file = texts.file(hash, self.jobs) else { return nil }
            return .init(name: job.unit, file: file, desired: job.desired, target: job.target)
        }
        for change in FleetSchedule(units: units, machines: machines).changes() {
            switch change {
            case .schedule(let unit, let machine): try? self.jobs.schedule(unit, on: machine)
            case .unschedule(let unit): try? self.jobs.unschedule(unit)
            }
        }
    }

    /// Lets another machine lead at once.
    mutating func resign() {
        guard held != nil else { return }
        held = nil
        try? jobs.etcd.remove(Self.lease)
    }

    private mutating func leads() -> Bool {
        if let held, ContinuousClock.now < held.renewal { return true }
        let value = #"{"MachineID":"\#(machineID)","Version":1}"#
        let condition = held.map { EtcdKeys.Condition.isAt($0.index) } ?? .isAbsent
        held = nil
        guard let node = try? jobs.etcd.set(Self.lease, value, ttl: Self.leaseTime, if: condition),
            let index = node.modifiedIndex
        else { return false }
        held = (index, .now + Self.leaseTime / 3)
        return true
    }
}
