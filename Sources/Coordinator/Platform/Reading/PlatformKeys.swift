import ClusterAnswers
import RolloutModel

/// The keys of Deis and of fleet in etcd, as one host's own etcd answered with a quorum.
struct PlatformKeys: Hashable, Sendable {
    var machines: Observation<[PlatformMachine]>
    var jobs: Observation<PlatformJobs>
    var states: Observation<[PlatformUnitState]>
    var settings: Observation<PlatformSettings>
    var services: Observation<PublishedServices>

    /// The directories, in the order in which they are asked for.
    static let directories = [
        "/_coreos.com/fleet/machines", "/_coreos.com/fleet/job", "/_coreos.com/fleet/states", "/deis",
    ]

    /// The requests for all directories, with a quorum. The memory of a lone member proves nothing.
    static func requests(_ url: String) -> [HostHTTP.Request] {
        directories.map { .get(url: "\(url)/v2/keys\($0)?recursive=true&quorum=true") }
    }

    /// - Parameter answers: the answers, one for each directory.
    init(_ answers: [HostHTTP.Answer]) {
        let trees = zip(Self.directories, answers).map(Self.tree)
        machines = trees[0].reading { try FleetMachineRecords($0).machines.map(PlatformMachine.init) }
        jobs = trees[1].reading { PlatformJobs(FleetJobList($0).jobs) }
        states = trees[2].reading { try FleetStateList($0).states.compactMap(PlatformUnitState.init) }
        settings = trees[3].map { PlatformSettings($0) }
        services = trees[3].map { PublishedServices($0.below("services")) }
    }

    /// The keys where no host could be asked.
    init(unknown why: String) {
        machines = .unknown(why)
        jobs = .unknown(why)
        states = .unknown(why)
        settings = .unknown(why)
        services = .unknown(why)
    }

    private static func tree(_ directory: String, _ answer: HostHTTP.Answer) -> Observation<EtcdTree> {
        guard let status = answer.status else {
            return .unknown("etcd does not answer\(answer.complaint.map { ": \($0)" } ?? "")")
        }
        // etcd answers 404 with an error of its own for a directory that is not there.
        guard status == 200 || status == 404 else {
            return .unknown(
                "etcd answered \(status) for \(directory): \(ForeignText.line(answer.body, charactersMax: 120))"
            )
        }
        do {
            return .seen(try EtcdTree(answer.body))
        } catch {
            return .unknown("\(error)")
        }
    }
}

extension Observation<EtcdTree> {
    fileprivate func reading<Part>(_ read: (EtcdTree) throws -> Part) -> Observation<Part> {
        switch self {
        case .unknown(let why): return .unknown(why)
        case .seen(let tree):
            do {
                return .seen(try read(tree))
            } catch {
                return .unknown("\(error)")
            }
        }
    }
}

extension PlatformMachine {
    fileprivate init(_ machine: FleetMachineRecords.Machine) {
        self.init(id: MachineID(machine.id), address: machine.address)
    }
}

extension PlatformUnitState {
    /// Makes the state of a unit of Deis; nil for any other unit.
    fileprivate init?(_ state: FleetStateList.State) {
        guard let unit = PlatformUnit(name: state.unit) else { return nil }
        self.init(unit: unit, machine: MachineID(state.machine), active: state.active, sub: state.sub)
    }
}

extension PlatformJobs {
    fileprivate init(_ jobs: [FleetJobList.Job]) {
        self.init(jobs: [])
        for job in jobs {
            if let unit = PlatformUnit(name: job.unit), job.isWhole {
                let goal = job.goal.flatMap { PlatformJob.Goal(rawValue: $0) } ?? .inactive
                self.jobs.append(
                    PlatformJob(
                        unit: unit, goal: goal, machine: job.machine.map { MachineID($0) }, index: job.index))
            } else if job.unit.hasPrefix("deis-") {
                strays.append(job.unit)
            } else if job.unit.hasPrefix("router") {
                likeRouters.append(job.unit)
            }
        }
    }
}

extension PlatformSettings {
    /// - Parameter deis: the tree of `/deis`.
    fileprivate init(_ deis: EtcdTree) {
        var images: [PlatformComponent: String] = [:]
        for component in PlatformComponent.allCases {
            images[component] = deis["\(component)/image"].map { ForeignText.line($0) }
        }
        self.init(
            version: deis["platform/version"].map { ForeignText.line($0) },
            domain: deis["platform/domain"].flatMap { PlainName.isPlain($0) ? $0 : nil }, images: images,
            proxyProtocol: deis["router/proxyProtocol"].map { ForeignText.line($0) },
            hasSSHKey: deis["platform/sshPrivateKey"] != nil,
            placesByRole: deis["platform/enablePlacementOptions"] == "true")
    }
}

extension PublishedServices {
    /// - Parameter services: the tree of `/deis/services`.
    fileprivate init(_ services: EtcdTree) {
        self.init(
            keys: services.leaves.filter { $0.path.count == 2 }.map { leaf in
                ServiceKey(
                    application: leaf.path[0], name: leaf.name, value: leaf.value,
                    ttl: leaf.ttl,
                    index: leaf.index)
            },
            empty: services.emptyDirectories.filter { $0.count == 1 }.compactMap(\.first).sorted())
    }
}
