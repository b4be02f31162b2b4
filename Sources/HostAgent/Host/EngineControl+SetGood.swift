import HostFiles

extension EngineControl {
    /// Where the processes of a control group are listed: hybrid, v1 and v2 hierarchies.
    private static let controlGroupRoots = [
        "/sys/fs/cgroup/systemd", "/sys/fs/cgroup/unified", "/sys/fs/cgroup",
    ]

    /// Processes of the unit besides its main one: set-good, while it works (facts 0.27).
    ///
    /// nil where the host does not tell.
    func childProcesses() async throws(HostFault) -> Int? {
        let state = try await state()
        guard let group = state["ControlGroup"], group.hasPrefix("/"), group != "/" else { return nil }
        for root in Self.controlGroupRoots {
            guard let text = try effects.files.text("\(root)\(group)/cgroup.procs") else { continue }
            let main = state.mainPID.map(String.init)
            return text.split(separator: "\n").count { String($0) != main }
        }
        return nil
    }
}
