public import RolloutModel

extension SimulatedPlatform {
    /// The facts that there are to see of the platform now.
    public var facts: PlatformFacts {
        PlatformFacts(
            takenAt: now, etcd: .seen(EtcdView(members: [], clusterVersion: "2.3.0")),
            machines: .seen(Self.machines.map { PlatformMachine(id: $0, address: "10.0.0.1") }),
            jobs: .seen(PlatformJobs(jobs: units.sorted { $0.key < $1.key }.map(Self.job))),
            states: .seen(units.sorted { $0.key < $1.key }.flatMap { states(of: $0.key, $0.value) }),
            settings: .seen(
                PlatformSettings(version: version.tag, domain: "example.org", proxyProtocol: proxyProtocol)),
            services: .seen(PublishedServices(keys: keys)), routers: routers, controller: controller,
            commands: .seen(isAtWork ? [HostID("core-1")] : []))
    }

    private static func job(_ unit: PlatformUnit, _ found: Unit) -> PlatformJob {
        PlatformJob(
            unit: unit, goal: found.goal,
            machine: unit.component.isGlobal ? nil : Self.places(of: unit).first, index: found.index)
    }

    private func states(of unit: PlatformUnit, _ found: Unit) -> [PlatformUnitState] {
        Self.places(of: unit).map { machine in
            let isRunning = found.running[machine] != nil
            return PlatformUnitState(
                unit: unit, machine: machine, active: isRunning ? "active" : "inactive",
                sub: isRunning ? "running" : "dead")
        }
    }

    private var keys: [ServiceKey] {
        addresses.sorted { $0.key.number < $1.key.number }.map { address, end in
            ServiceKey(
                application: Self.application, name: "\(Self.application)_v3.web.\(address.number)",
                value: "10.0.0.1:4915\(address.number)", ttl: .seconds((end - now).secondsRoundedUp),
                index: address.index)
        }
    }

    private var routers: [PlatformUnit: RouterView] {
        var views: [PlatformUnit: RouterView] = [:]
        for (unit, found) in units where unit.component == .router {
            let isRunning = !found.running.isEmpty
            let status = addresses.isEmpty ? 503 : 200
            views[unit] = RouterView(
                address: "10.0.0.1", health: isRunning ? .seen(200) : .unknown("connection refused"),
                answers: [Self.application: isRunning ? .seen(status) : .unknown("connection refused")])
        }
        return views
    }

    private var controller: Observation<ControllerView> {
        let running = units[PlatformUnit(.controller)]?.running.values.first
        guard isRunning(.router), let running else { return .unknown("it answered 503") }
        return .seen(ControllerView(version: running, api: "1.7"))
    }
}
