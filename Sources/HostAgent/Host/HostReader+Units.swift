import AgentProtocol
import HostFiles

extension HostReader {
    /// systemd's states of units that are not well, or not there yet. `--failed` alone misses one that is started anew time
    /// and again.
    private static let list = HostCommand(
        "systemctl",
        [
            "list-units", "--state=failed,auto-restart,activating,running", "--no-legend", "--no-pager",
            "--full",
        ])

    func units() async throws -> HostUnits {
        let output = try await effects.succeed(Self.list).output
        let list = try understood(Self.list.description) { () throws(MalformedText) in
            try SystemdUnitList(output)
        }
        return HostUnits(
            failed: list.entries.filter(\.isFailing).map(\.unit).sorted(),
            starting: list.entries.filter(\.isStarting).map(\.unit).sorted(),
            running: try await lasting(list.entries.filter(\.isRunningService).map(\.unit)).sorted())
    }

    /// The running services that a boot is to bring back.
    private func lasting(_ services: [String]) async throws -> [String] {
        guard !services.isEmpty else { return [] }
        let properties = SystemdService.properties.flatMap { ["-p", $0] }
        let output = try await effects.succeed(HostCommand("systemctl", ["show"] + properties + services))
            .output
        return try understood("systemctl show of the running services") { () throws(MalformedText) in
            try SystemdService.list(output)
        }.filter { $0.isRunning && $0.isLasting }.map(\.unit)
    }
}
