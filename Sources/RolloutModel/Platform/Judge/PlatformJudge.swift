/// Judges a platform's state. A judge depends on nothing but the facts that were seen and the platform as
/// it was before.
public struct PlatformJudge: Sendable {
    public var baseline: PlatformBaseline
    public var facts: PlatformFacts
    /// True if a person accepts that there is no way back from the version wanted.
    public var acceptsNoReturn: Bool
    /// True if a backup was made for this procedure, or a person says that there is one.
    public var isBackedUp: Bool

    public init(
        _ facts: PlatformFacts, since baseline: PlatformBaseline, acceptsNoReturn: Bool = false,
        isBackedUp: Bool = false
    ) {
        self.facts = facts
        self.baseline = baseline
        self.acceptsNoReturn = acceptsNoReturn
        self.isBackedUp = isBackedUp
    }

    /// The holds that keep these proofs from being seen. The list is empty if all proofs are seen.
    public func holds(_ proofs: [PlatformProof]) -> [PlatformHold] {
        var holds: [PlatformHold] = []
        for hold in proofs.flatMap({ self.holds($0) }) where !holds.contains(hold) { holds.append(hold) }
        return holds
    }

    private func holds(_ proof: PlatformProof) -> [PlatformHold] {
        switch proof {
        case .etcdWhole: etcdHolds
        case .machinesPresent: machineHolds
        case .dead(let units): deadHolds(units)
        case .controlPlaneDead: controlPlaneHolds
        case .gone(let units): goneHolds(units)
        case .nothingInstalled: goneHolds(nil)
        case .notLaunched(let units): launchedHolds(units)
        case .installed(let units): installedHolds(units)
        case .renewed(let units): oldHolds(units) + installedHolds(units)
        case .removed(let units): oldHolds(units)
        case .quiet:
            seen(facts.commands, "the hosts' commands") { hosts in
                hosts.isEmpty ? [] : [.deisctlAtWork(hosts: hosts)]
            }
        case .running(let units): runningHolds(units)
        case .version(let version): versionHolds(version)
        case .proxyProtocol(let isOn): proxyProtocolHolds(isOn)
        case .keysHeld(let time): keyHolds(time)
        case .published: publishedHolds
        case .republished: republishedHolds
        case .othersServe(let router): otherRouterHolds(router)
        case .serves(let router): routerHolds(router)
        case .controller(let version): controllerHolds(version)
        case .noReturnAccepted(let version):
            acceptsNoReturn ? [] : [.databaseWouldMigrate(from: baseline.version, to: version)]
        case .backedUp: isBackedUp ? [] : [.backupMissing]
        case .steadily(_, let proofs): holds(proofs)
        case .readable: facts.unreadable
        }
    }

    private var etcdHolds: [PlatformHold] {
        seen(facts.etcd, "etcd") { view in
            let unwell = view.members.filter { $0.health != .healthy }.map(\.name).sorted()
            return unwell.isEmpty ? [] : [.platformEtcdUnwell(members: unwell)]
        }
    }

    private var machineHolds: [PlatformHold] {
        seen(facts.machines, "fleet's list of machines") { machines in
            let present = Set(machines.map(\.id))
            return baseline.machines.filter { !present.contains($0.id) }.map {
                .platformMachineMissing(machine: $0.id, address: $0.address)
            }
        }
    }

    private func versionHolds(_ version: PlatformVersion) -> [PlatformHold] {
        seen(facts.settings, "the platform's settings") { settings in
            settings.version == version.tag
                ? [] : [.versionKeyDiffers(found: settings.version, wanted: version)]
        }
    }

    private func proxyProtocolHolds(_ isOn: Bool?) -> [PlatformHold] {
        seen(facts.settings, "the platform's settings") { settings in
            let wanted = isOn.map { $0 ? "1" : "0" }
            return settings.proxyProtocol == wanted
                ? [] : [.proxyProtocolDiffers(found: settings.proxyProtocol, wanted: wanted)]
        }
    }

    private func controllerHolds(_ version: PlatformVersion) -> [PlatformHold] {
        switch facts.controller {
        case .unknown(let why): return [.controllerSilent(why: why)]
        case .seen(let controller):
            return controller.version == version
                ? [] : [.controllerDiffers(found: controller.version, wanted: version)]
        }
    }

    /// Judges a fact that was seen. An unknown fact proves nothing, and holds.
    func seen<Value>(
        _ observation: Observation<Value>, _ part: String, _ judge: (Value) -> [PlatformHold]
    ) -> [PlatformHold] {
        switch observation {
        case .unknown(let why): [.platformUnreadable(part: part, why: why)]
        case .seen(let value): judge(value)
        }
    }
}

extension PlatformFacts {
    /// The parts that every procedure needs and that could not be read.
    public var unreadable: [PlatformHold] {
        func missing<Value>(_ observation: Observation<Value>, _ part: String) -> PlatformHold? {
            guard case .unknown(let why) = observation else { return nil }
            return .platformUnreadable(part: part, why: why)
        }
        return [
            missing(etcd, "etcd"), missing(machines, "fleet's list of machines"),
            missing(jobs, "fleet's list of units"), missing(states, "fleet's states of units"),
            missing(settings, "the platform's settings"), missing(services, "the applications' addresses"),
        ].compactMap(\.self)
    }
}
