/// A state of a platform that lets an act begin, or proves one. Judged from facts alone: exit codes prove nothing.
public indirect enum PlatformProof: StepProof {
    /// etcd answers with a quorum, and each of its members is healthy.
    case etcdWhole
    /// Every machine of before is in fleet.
    case machinesPresent
    /// None of the units has a process left, on any machine.
    case dead([PlatformUnit])
    /// Nothing of the control plane has a process left: the store is not stopped under the database.
    case controlPlaneDead
    /// fleet knows nothing of these units any more.
    case gone([PlatformUnit])
    /// fleet knows no unit of Deis any more.
    case nothingInstalled
    /// None of the units runs or is to run: `install` would stop it.
    case notLaunched([PlatformUnit])
    /// fleet has the units, and a place for each.
    case installed([PlatformUnit])
    /// Each unit was installed since the procedure began: neither text nor name of before is left.
    case renewed([PlatformUnit])
    /// Each unit was taken away since the procedure began, whether or not it is back.
    case removed([PlatformUnit])
    /// No command of the procedure's runs any more, on any host: one that was cut off goes on there.
    case quiet
    /// Each unit runs: a global one wherever it did before.
    case running([PlatformUnit])
    /// The version in etcd, which each unit takes its image by when it starts.
    case version(PlatformVersion)
    /// The routers' setting of the PROXY protocol; nil where there is none.
    case proxyProtocol(Bool?)
    /// Every container's key in etcd lasts so many seconds at least.
    case keysHeld(seconds: Int)
    /// Every container of before is published, and no key outlives its container by more than the publisher's TTL.
    case published
    /// Every container of before was written by the publisher just now; others may be left that it does not write any more.
    case republished
    /// Routers other than this one are well, and answer for applications as before. With nil, all of them.
    case othersServe(PlatformUnit?)
    /// The router is well, and answers for applications as before.
    case serves(PlatformUnit)
    /// The controller answers, and is of this version.
    case controller(PlatformVersion)
    /// A person's word that there is no way back after this.
    case noReturnAccepted(PlatformVersion)
    /// A backup that was made for this upgrade, or a person's word that there is one.
    case backedUp
    /// The proofs are seen for so long without a break, where they are waited for: a container that died is in etcd for up
    /// to 20 s more, and routers answer for it with an error.
    case steadily(seconds: Double, [PlatformProof])
    /// Asked for so that something is looked at; always so where etcd can be read.
    case readable
}

/// The names of values in a journal.
extension PlatformProof {
    enum DeadCodingKeys: String, CodingKey {
        case _0 = "units"
    }

    typealias GoneCodingKeys = DeadCodingKeys
    typealias NotLaunchedCodingKeys = DeadCodingKeys
    typealias InstalledCodingKeys = DeadCodingKeys
    typealias RenewedCodingKeys = DeadCodingKeys
    typealias RemovedCodingKeys = DeadCodingKeys
    typealias RunningCodingKeys = DeadCodingKeys

    enum VersionCodingKeys: String, CodingKey {
        case _0 = "version"
    }

    typealias ControllerCodingKeys = VersionCodingKeys
    typealias NoReturnAcceptedCodingKeys = VersionCodingKeys

    enum ProxyProtocolCodingKeys: String, CodingKey {
        case _0 = "isOn"
    }

    enum OthersServeCodingKeys: String, CodingKey {
        case _0 = "router"
    }

    typealias ServesCodingKeys = OthersServeCodingKeys

    enum SteadilyCodingKeys: String, CodingKey {
        case seconds
        case _1 = "proofs"
    }
}

extension PlatformProof {
    /// How long it must be seen without a break where it is waited for, in seconds.
    public var steadySeconds: Double {
        guard case .steadily(let seconds, _) = self else { return 0 }
        return seconds
    }
}

extension PlatformProof: CustomStringConvertible {
    public var description: String {
        switch self {
        case .etcdWhole: "etcd is whole"
        case .machinesPresent: "fleet has every machine that it had"
        case .dead(let units): "nothing of \(units.text) runs, on any machine"
        case .controlPlaneDead: "nothing of the control plane runs"
        case .gone(let units): "fleet has none of \(units.text)"
        case .nothingInstalled: "fleet has no unit of Deis"
        case .notLaunched(let units): "none of \(units.text) is to run"
        case .installed(let units): "fleet has \(units.text), each with a place"
        case .renewed(let units): "\(units.text) are newly installed"
        case .removed(let units): "\(units.text) were taken away"
        case .quiet: "no deisctl of ours runs on any host"
        case .running(let units): "\(units.text) run, everywhere that they did"
        case .version(let version): "the version in etcd is \(version.tag)"
        case .proxyProtocol(let isOn?): "the routers' PROXY protocol is \(isOn ? "on" : "off") in etcd"
        case .proxyProtocol(nil): "the routers' PROXY protocol is not set in etcd"
        case .keysHeld(let seconds): "every application's address in etcd lasts for \(seconds) s"
        case .published: "every application is published as before"
        case .republished: "the publisher writes every address of before"
        case .othersServe(let router?): "the routers other than \(router) answer as before"
        case .othersServe(nil): "every router answers as before"
        case .serves(let router): "\(router) answers as before"
        case .controller(let version): "the controller of \(version) answers"
        case .noReturnAccepted(let version): "a person accepts that no way leads back from \(version)"
        case .backedUp: "there is a backup"
        case .steadily(let seconds, let proofs):
            "for \(Int(clamping: seconds)) s, \(proofs.map(\.description).joined(separator: ", and "))"
        case .readable: "the platform can be read"
        }
    }
}
