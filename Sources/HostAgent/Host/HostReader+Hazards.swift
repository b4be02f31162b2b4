import AgentProtocol
import HostFiles

extension HostReader {
    /// Deis' units that take a host's etcd member, or its OSD and monitor, out of the cluster on shutdown (facts 0.9).
    private static let gracefulUnits = [
        "graceful-etcd-shutdown.service", "graceful-ceph-shutdown.service", "graceful-deis-shutdown.service",
    ]
    private static let locksmith = "locksmithd.service"

    /// What does not go together with a rollout.
    func hazards() async throws -> [HostHazard] {
        var hazards: [HostHazard] = []
        for unit in Self.gracefulUnits where try await isActive(unit) { hazards.append(.leavesCluster(unit)) }
        if try await isActive(Self.locksmith) {
            let strategy = try updateSettings().rebootStrategy?.value
            if strategy != "off" { hazards.append(.rebootsByItself(Self.locksmith, strategy: strategy)) }
        }
        return hazards
    }

    private func isActive(_ unit: String) async throws(HostFault) -> Bool {
        let show = HostCommand("systemctl", ["show", "-p", "LoadState", "-p", "ActiveState", unit])
        let output = try await effects.succeed(show).output
        let state = try understood(show.description) { () throws(MalformedText) in
            try SystemdUnitState(output)
        }
        return state.exists && !state.isAtRest
    }
}

extension HostHazard {
    fileprivate static func leavesCluster(_ unit: String) -> HostHazard {
        HostHazard(
            kind: .leavesClusterOnShutdown, unit: unit,
            message:
                "\(unit) is active: a reboot would take this host's etcd member or its storage out of the "
                + "cluster for good; stop the unit first (`systemctl kill -s KILL \(unit)`, as a plain stop does "
                + "what it is there for), or disable it and reboot the host by hand")
    }

    fileprivate static func rebootsByItself(_ unit: String, strategy: String?) -> HostHazard {
        let strategy = strategy.map { "REBOOT_STRATEGY=\($0)" } ?? "no REBOOT_STRATEGY, which means reboot"
        return HostHazard(
            kind: .rebootsByItself, unit: unit,
            message:
                "\(unit) is active with \(strategy): it would reboot this host as soon as an update is staged, "
                + "up to 5 minutes late while somebody is logged in; set REBOOT_STRATEGY=off (coreos.update."
                + "reboot-strategy in the cloud-config, where there is one) and restart it, or stop it")
    }
}
