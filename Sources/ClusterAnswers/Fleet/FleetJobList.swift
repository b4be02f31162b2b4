public import HostFiles

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The units that fleet is to run: `/_coreos.com/fleet/job` in etcd.
public struct FleetJobList: Hashable, Sendable {
    public struct Job: Hashable, Sendable {
        public var unit: String
        /// The target state: `launched`, `loaded` or `inactive`; nil where fleet was asked for none.
        public var goal: String?
        /// The machine that fleet chose; nil for a global unit, and for one without a place.
        public var machine: String?
        /// False for a target state alone, which no unit goes with. deisctl leaves such a state behind for
        /// a unit that it did not find.
        public var isWhole: Bool
        /// etcd's index of the write that made the job. The index rises with each installation.
        public var index: UInt64
    }

    /// The jobs, in the order of their names.
    public var jobs: [Job]

    /// - Parameter tree: the tree of `/_coreos.com/fleet/job`.
    public init(_ tree: EtcdTree) {
        var jobs: [String: Job] = [:]
        for leaf in tree.leaves where leaf.path.count == 2 {
            let unit = leaf.path[0]
            guard unit[...].isUnitName else { continue }
            var job = jobs[unit] ?? Job(unit: unit, goal: nil, machine: nil, isWhole: false, index: 0)
            switch leaf.name {
            case "object": (job.isWhole, job.index) = (true, leaf.index)
            case "target-state": job.goal = leaf.value
            case "target": job.machine = leaf.value.isEmpty ? nil : leaf.value
            default: break
            }
            jobs[unit] = job
        }
        self.jobs = jobs.values.sorted { $0.unit < $1.unit }
    }
}

/// The state of each unit on each machine, as that machine told last: `/_coreos.com/fleet/states` in etcd.
public struct FleetStateList: Hashable, Sendable {
    public struct State: Hashable, Sendable {
        public var unit: String
        public var machine: String
        public var active: String
        public var sub: String
    }

    /// The states, in the order of units and machines.
    public var states: [State]

    /// - Parameter tree: the tree of `/_coreos.com/fleet/states`.
    /// - Throws: `MalformedText` for a state that cannot be read. The unit would be taken for one that runs
    ///   nowhere.
    public init(_ tree: EtcdTree) throws(MalformedText) {
        states = []
        for leaf in tree.leaves where leaf.path.count == 2 && leaf.path[0][...].isUnitName {
            let value = try JSONText.decode(Value.self, from: leaf.value, as: .fleetStates)
            guard [value.activeState, value.subState].allSatisfy({ $0[...].consists(of: Self.isOfState) })
            else {
                throw .unexpected(
                    .fleetStates, found: "\(value.activeState)/\(value.subState)",
                    expected: "two states of systemd")
            }
            states.append(
                State(
                    unit: leaf.path[0], machine: leaf.path[1], active: value.activeState, sub: value.subState)
            )
        }
        states.sort { ($0.unit, $0.machine) < ($1.unit, $1.machine) }
    }

    private static func isOfState(_ byte: UInt8) -> Bool { byte.isLetter || byte == UInt8(ascii: "-") }

    private struct Value: Decodable {
        var activeState: String
        var subState: String
    }
}

/// The machines, with the address of each: `/_coreos.com/fleet/machines` in etcd.
public struct FleetMachineRecords: Hashable, Sendable {
    public struct Machine: Hashable, Sendable {
        public var id: String
        public var address: String?
    }

    /// The machines, in the order of their ids.
    public var machines: [Machine]

    /// Machines that left keep empty directories (facts 0.18). Such directories are no machines.
    ///
    /// - Parameter tree: the tree of `/_coreos.com/fleet/machines`.
    public init(_ tree: EtcdTree) throws(MalformedText) {
        machines = []
        for leaf in tree.leaves where leaf.path.count == 2 && leaf.name == "object" {
            let value = try JSONText.decode(Value.self, from: leaf.value, as: .fleetMachines)
            machines.append(
                Machine(id: leaf.path[0], address: value.address.flatMap { IPAddress($0) == nil ? nil : $0 }))
        }
        machines.sort { $0.id < $1.id }
    }

    private struct Value: Decodable {
        var address: String?

        enum CodingKeys: String, CodingKey {
            case address = "PublicIP"
        }
    }
}
