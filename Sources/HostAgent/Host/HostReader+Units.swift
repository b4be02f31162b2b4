import AgentProtocol
import HostFiles

extension HostReader {
    /// systemd's states of units that are not well, or not there yet. `--failed` alone misses one that is started anew time
    /// and again.
    private static let list = HostCommand(
        "systemctl",
        ["list-units", "--state=failed,auto-restart,activating", "--no-legend", "--no-pager", "--full"])

    func units() async throws -> HostUnits {
        let output = try await effects.succeed(Self.list).output
        let list = try understood(Self.list.description) { () throws(MalformedText) in
            try SystemdUnitList(output)
        }
        return HostUnits(
            failed: list.entries.filter(\.isFailing).map(\.unit).sorted(),
            starting: list.entries.filter(\.isStarting).map(\.unit).sorted())
    }
}
