import AgentProtocol
import HostFiles

extension HostReader {
    /// Much longer than a locksmithd needs that was told `off`.
    private static let lookApart = Duration.seconds(1)

    /// kured reboots a host that has it (facts 0.56).
    static let rebootRequestPath = "/run/reboot-required"

    /// Conditions on the host that do not go together with a rollout.
    ///
    /// - Parameters:
    ///   - record: says what of it is ours.
    ///   - states: of the watched units, as systemd told them just now.
    func hazards(under record: HostRecord, in states: SystemdUnitStates) async throws -> [HostHazard] {
        var hazards: [HostHazard] = []
        for unit in WatchedUnits.graceful where try state(of: unit, in: states).isUnderWay {
            hazards.append(.leavesCluster(unit))
        }
        if let hazard = try await locksmithHazard(in: states) { hazards.append(hazard) }
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
    private func locksmithHazard(in states: SystemdUnitStates) async throws -> HostHazard? {
        let found = try state(of: WatchedUnits.locksmith, in: states)
        guard found.isUnderWay else { return nil }
        let strategy = try updateSettings().rebootStrategy?.value
        guard strategy == "off" else { return .rebootsByItself(WatchedUnits.locksmith, strategy: strategy) }
        guard let process = found.mainPID else { return nil }
        await effects.sleep(Self.lookApart)
        guard try await state(of: WatchedUnits.locksmith).mainPID == process else { return nil }
        return .hasNotHeard(WatchedUnits.locksmith)
    }
}

extension SystemdUnitState {
    /// Running, or on its way up or down.
    var isUnderWay: Bool { exists && !isAtRest }
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
