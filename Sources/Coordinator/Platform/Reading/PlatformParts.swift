import RolloutModel

/// The parts of a platform that are looked at.
struct PlatformParts: OptionSet, Sendable {
    var rawValue: UInt8

    static let etcd = PlatformParts(rawValue: 1)
    /// fleet's machines, jobs and states; settings and addresses, which one command reads as well.
    static let keys = PlatformParts(rawValue: 2)
    /// Each router's health, and its answers for applications.
    static let routers = PlatformParts(rawValue: 4)
    static let controller = PlatformParts(rawValue: 8)
    /// Commands of deisctl's that were asked for before.
    static let commands = PlatformParts(rawValue: 16)

    static let all: PlatformParts = [.etcd, .keys, .routers, .controller]

    /// The parts that these proofs are judged by.
    init(_ proofs: [PlatformProof]) {
        self = []
        for proof in proofs { formUnion(Self(proof)) }
    }

    init(rawValue: UInt8) { self.rawValue = rawValue }

    private init(_ proof: PlatformProof) {
        switch proof {
        case .etcdWhole: self = .etcd
        case .machinesPresent, .dead, .controlPlaneDead, .gone, .nothingInstalled, .notLaunched, .installed,
            .renewed, .removed, .running, .version, .proxyProtocol, .keysHeld, .published, .republished:
            self = .keys
        case .quiet: self = .commands
        case .othersServe, .serves: self = [.keys, .routers]
        case .controller: self = [.keys, .routers, .controller]
        case .readable: self = [.etcd, .keys]
        case .steadily(_, let proofs): self = PlatformParts(proofs)
        case .noReturnAccepted, .backedUp: self = []
        }
    }
}
