/// A state of a platform that lets an act begin, or proves an act. Facts alone are judged, as exit codes
/// prove nothing.
public indirect enum PlatformProof: StepProof {
    /// etcd answers with a quorum, and each of its members is healthy.
    case etcdWhole
    /// Every machine of before is in fleet.
    case machinesPresent
    /// The units have no process left, on any machine.
    case dead([PlatformUnit])
    /// The control plane has no process left: the store is not stopped under the database.
    case controlPlaneDead
    /// fleet knows nothing of these units any more.
    case gone([PlatformUnit])
    /// fleet knows no unit of Deis any more.
    case nothingInstalled
    /// The units neither run nor are to run: `install` would stop them.
    case notLaunched([PlatformUnit])
    /// fleet has the units, and a place for each.
    case installed([PlatformUnit])
    /// Each unit was installed since the procedure began, so that no text or name of before is left.
    case renewed([PlatformUnit])
    /// Each unit was taken away since the procedure began. The unit may be back.
    case removed([PlatformUnit])
    /// No command of the procedure's runs any more, on any host. A command that was cut off goes on there.
    case quiet
    /// Each unit runs. A global unit runs wherever it did before.
    case running([PlatformUnit])
    /// The version in etcd is this one. Each unit takes its image by that version when it starts.
    case version(PlatformVersion)
    /// The routers' setting of the PROXY protocol is this one; nil for no setting.
    case proxyProtocol(Bool?)
    /// Every container's key in etcd lasts so long at least.
    case keysHeld(for: Duration)
    /// Every container of before is published, and no key outlives its container by more than the publisher's
    /// TTL.
    case published
    /// The publisher wrote every container of before just now. Containers that it does not write any more
    /// may be left.
    case republished
    /// Routers other than this one are well, and answer for applications as before; nil for all routers.
    case othersServe(PlatformUnit?)
    /// The router is well, and answers for applications as before.
    case serves(PlatformUnit)
    /// The controller answers, and is of this version.
    case controller(PlatformVersion)
    /// A person accepts that there is no way back after this.
    case noReturnAccepted(PlatformVersion)
    /// A backup was made for this upgrade, or a person says that there is one.
    case backedUp
    /// The proofs are seen for so long without a break, where they are waited for. A container that died is
    /// in etcd for up to 20 s more, and routers answer for it with an error.
    case steadily(for: Duration, [PlatformProof])
    /// etcd can be read. A step with this proof has the platform looked at.
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

    enum KeysHeldCodingKeys: String, CodingKey {
        case `for` = "seconds"
    }

    enum SteadilyCodingKeys: String, CodingKey {
        case `for` = "seconds"
        case _1 = "proofs"
    }
}

extension PlatformProof {
    /// The time that the proof must be seen without a break where it is waited for.
    public var steadyTime: Duration {
        guard case .steadily(let time, _) = self else { return .zero }
        return time
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
        case .keysHeld(let time): "every application's address in etcd lasts for \(time.wholeSeconds) s"
        case .published: "every application is published as before"
        case .republished: "the publisher writes every address of before"
        case .othersServe(let router?): "the routers other than \(router) answer as before"
        case .othersServe(nil): "every router answers as before"
        case .serves(let router): "\(router) answers as before"
        case .controller(let version): "the controller of \(version) answers"
        case .noReturnAccepted(let version): "a person accepts that no way leads back from \(version)"
        case .backedUp: "there is a backup"
        case .steadily(let time, let proofs):
            "for \(time.wholeSeconds) s, \(proofs.map(\.description).joined(separator: ", and "))"
        case .readable: "the platform can be read"
        }
    }
}
