import HostFiles

/// The units that a report tells of. systemd is asked for all of them at once: reports are made every second.
enum WatchedUnits {
    /// Deis' units that take a host's etcd member, or its OSD and monitor, out of the cluster on shutdown (facts 0.9).
    static let graceful = [
        "graceful-etcd-shutdown.service", "graceful-ceph-shutdown.service", "graceful-deis-shutdown.service",
    ]
    static let locksmith = "locksmithd.service"
    /// The services that run etcd, by their names on CoreOS and Flatcar (facts 6.4).
    static let etcd = ["etcd-member.service", "etcd2.service", "etcd.service"]

    static let all = [EngineControl.unit, locksmith] + graceful + etcd

    /// Enough for `EngineUnit`.
    static let ofEngineAtRest = ["LoadState", "ActiveState", "UnitFileState"]
    private static let ofEngine = SystemdUnitState.properties + ["ControlGroup"]
    private static let ofOneUnderWay = ["LoadState", "ActiveState", "MainPID"]

    /// The state of the engine's unit, and of the others whether they are under way. systemd looks for the files of a unit
    /// that it does not have at each call (facts 0.63), so there is one call for each.
    static func inquiry(
        _ units: [String], ofEngine: [String] = ofEngine
    ) -> SystemdInquiry<SystemdUnitStates> {
        .services(units) { unit in unit == EngineControl.unit ? ofEngine : ["ActiveState"] }
    }

    /// The rest about those of the units that are under way.
    static func inquiry(underWay states: SystemdUnitStates, of units: [String]) -> SystemdInquiry<
        SystemdUnitStates
    > {
        let underWay = units.filter { $0 != EngineControl.unit && states[$0]?.isAtRest == false }
        return .services(underWay) { _ in ofOneUnderWay }
    }
}

extension HostReader {
    func watchedUnits() async throws(HostFault) -> SystemdUnitStates {
        try await states(of: WatchedUnits.all)
    }

    func states(of units: [String]) async throws(HostFault) -> SystemdUnitStates {
        let told = await told(WatchedUnits.inquiry(units)) { states in
            WatchedUnits.inquiry(underWay: states, of: units)
        }
        if let (states, rest) = told { return states.completed(by: rest, of: units) }
        return try await shown(units)
    }

    /// The states as systemctl shows them.
    func shown(_ units: [String]) async throws(HostFault) -> SystemdUnitStates {
        let properties = (SystemdUnitState.properties + ["ControlGroup"]).flatMap { ["-p", $0] }
        let output = try await effects.succeed(HostCommand("systemctl", ["show"] + properties + units)).output
        return try understood("systemctl show \(units.joined(separator: " "))") { () throws(MalformedText) in
            try SystemdUnitStates(output, of: units)
        }
    }

    /// The state of one unit.
    func state(of unit: String) async throws(HostFault) -> SystemdUnitState {
        try state(of: unit, in: try await states(of: [unit]))
    }

    /// - Throws: `HostFault.notUnderstood` for a unit that was not asked for.
    func state(of unit: String, in states: SystemdUnitStates) throws(HostFault) -> SystemdUnitState {
        guard let state = states[unit] else {
            throw .notUnderstood(subject: unit, reason: "systemd was not asked for its state")
        }
        return state
    }
}

extension SystemdUnitStates {
    /// The states of the units, with those of another answer in place of their own.
    func completed(by rest: SystemdUnitStates, of units: [String]) -> SystemdUnitStates {
        var states: [String: SystemdUnitState] = [:]
        for unit in units { states[unit] = rest[unit] ?? self[unit] }
        return SystemdUnitStates(states)
    }
}
