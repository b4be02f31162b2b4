import AgentProtocol
import HostFiles

extension HostReader {
    /// systemd's states of units that are not well, or not there yet, and of those that run. `failed` alone misses a unit
    /// that is started anew time and again.
    static let listedStates = ["failed", "auto-restart", "activating", "running"]

    private static let list = HostCommand(
        "systemctl",
        [
            "list-units", "--state=\(listedStates.joined(separator: ","))", "--no-legend", "--no-pager",
            "--full",
        ])

    /// The units as systemctl lists them.
    func shownList() async throws(HostFault) -> SystemdUnitList {
        let output = try await effects.succeed(Self.list).output
        return try understood(Self.list.description) { () throws(MalformedText) in
            try SystemdUnitList(output)
        }
    }

    /// The units that are not well or not there yet, and the running services that a boot is to bring back.
    func units(in sight: SystemdSight) async throws(HostFault) -> HostUnits {
        let list = try sight.list.get()
        let services =
            if let told = sight.services { told } else { try await shownServices(list.runningServices) }
        return HostUnits(
            failed: list.entries.filter(\.isFailing).map(\.unit).sorted(),
            starting: list.entries.filter(\.isStarting).map(\.unit).sorted(),
            running: services.filter { $0.isRunning && $0.isLasting }.map(\.unit).sorted())
    }

    private func shownServices(_ names: [String]) async throws(HostFault) -> [SystemdService] {
        guard !names.isEmpty else { return [] }
        let properties = SystemdService.properties.flatMap { ["-p", $0] }
        let output = try await effects.succeed(HostCommand("systemctl", ["show"] + properties + names)).output
        return try understood("systemctl show of the running services") { () throws(MalformedText) in
            try SystemdService.list(output)
        }
    }
}

extension SystemdUnitList {
    var runningServices: [String] { entries.filter(\.isRunningService).map(\.unit) }
}
