import AgentProtocol
import HostFiles

extension HostReader {
    /// Deis' units that take a host's etcd member, or its OSD and monitor, out of the cluster on shutdown (facts 0.9).
    private static let gracefulUnits = [
        "graceful-etcd-shutdown.service", "graceful-ceph-shutdown.service", "graceful-deis-shutdown.service",
    ]
    private static let locksmith = "locksmithd.service"
    /// Much longer than a locksmithd needs that was told `off`.
    private static let lookApart = Duration.seconds(1)

    /// kured reboots a host that has it (facts 0.56).
    static let rebootRequestPath = "/run/reboot-required"

    /// Conditions on the host that do not go together with a rollout.
    ///
    /// - Parameter record: says what of it is ours.
    func hazards(under record: HostRecord) async throws -> [HostHazard] {
        var hazards: [HostHazard] = []
        for unit in Self.gracefulUnits where try await state(of: unit).isUnderWay {
            hazards.append(.leavesCluster(unit))
        }
        if let hazard = try await locksmithHazard() { hazards.append(hazard) }
        if try effects.files.exists(Self.noUpdatePath) { hazards.append(.neverUpdates) }
        if try !record.owesRebootRequest(in: bootID()), try effects.files.exists(Self.rebootRequestPath) {
            hazards.append(.rebootsOnRequest)
        }
        return hazards
    }

    /// update-engine.service has `ConditionPathExists=!` of it (facts 1.7).
    static let noUpdatePath = "/usr/.noupdate"

    /// The strategy in force is the one that locksmithd was started with. Told `off` it ends at once (facts 8): one
    /// that goes on running was told something else, whatever update.conf says by now.
    private func locksmithHazard() async throws -> HostHazard? {
        let found = try await state(of: Self.locksmith)
        guard found.isUnderWay else { return nil }
        let strategy = try updateSettings().rebootStrategy?.value
        guard strategy == "off" else { return .rebootsByItself(Self.locksmith, strategy: strategy) }
        guard let process = found.mainPID else { return nil }
        await effects.sleep(Self.lookApart)
        guard try await state(of: Self.locksmith).mainPID == process else { return nil }
        return .hasNotHeard(Self.locksmith)
    }

    private func state(of unit: String) async throws(HostFault) -> SystemdUnitState {
        let show = HostCommand(
            "systemctl", ["show", "-p", "LoadState", "-p", "ActiveState", "-p", "MainPID", unit])
        let output = try await effects.succeed(show).output
        return try understood(show.description) { () throws(MalformedText) in try SystemdUnitState(output) }
    }
}

extension SystemdUnitState {
    fileprivate var isUnderWay: Bool { exists && !isAtRest }
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

    fileprivate static let rebootsOnRequest = HostHazard(
        kind: .rebootsByItself, unit: HostReader.rebootRequestPath,
        message:
            "\(HostReader.rebootRequestPath) is there, and not by Turnstile: kured reboots a host that has it, whenever it "
            + "sees fit; reboot this host once, or remove the file where the reboot it asks for is not needed"
    )

    fileprivate static let neverUpdates = HostHazard(
        kind: .neverUpdates, unit: EngineControl.unit,
        message:
            "\(HostReader.noUpdatePath) is there, as in images that are booted over the network, and "
            + "\(EngineControl.unit) never starts beside it: boot this host from an image that is installed on its "
            + "disk, or leave it out; where somebody put the file there, remove it")

    fileprivate static func hasNotHeard(_ unit: String) -> HostHazard {
        HostHazard(
            kind: .rebootsByItself, unit: unit,
            message:
                "\(unit) runs with the strategy it was started with, which was not the REBOOT_STRATEGY=off that "
                + "update.conf has now: it would reboot this host as soon as an update is staged; restart it "
                + "(`systemctl restart \(unit)`), and it ends by itself")
    }
}
