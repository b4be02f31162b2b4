import HostFiles

/// The units that a report tells of. systemd is asked for all of them in one command: reports are made every second.
enum WatchedUnits {
    /// Deis' units that take a host's etcd member, or its OSD and monitor, out of the cluster on shutdown (facts 0.9).
    static let graceful = [
        "graceful-etcd-shutdown.service", "graceful-ceph-shutdown.service", "graceful-deis-shutdown.service",
    ]
    static let locksmith = "locksmithd.service"
    /// The services that run etcd, by their names on CoreOS and Flatcar (facts 6.4).
    static let etcd = ["etcd-member.service", "etcd2.service", "etcd.service"]

    static let all = [EngineControl.unit, locksmith] + graceful + etcd
}

extension HostReader {
    func watchedUnits() async throws(HostFault) -> SystemdUnitStates {
        try await states(of: WatchedUnits.all)
    }

    func states(of units: [String]) async throws(HostFault) -> SystemdUnitStates {
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
