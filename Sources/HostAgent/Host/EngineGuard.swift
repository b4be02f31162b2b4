import HostFiles

/// Keeps an update-engine that we unmasked from starting at the next boot.
///
/// A host that loses its power while the engine is unmasked comes back with the engine running; 45 s later that
/// would commit an update which nobody has judged (facts 0.3, 1.5). So there is a condition on the unit as long as it
/// is unmasked by us: a file in `/run`, which no boot finds.
struct EngineGuard: Sendable {
    static let directory = "/etc/systemd/system/\(EngineControl.unit).d"
    static let path = "\(directory)/10-turnstile.conf"
    static let permissionPath = "\(EventLog.directory)/engine-allowed"

    private static let text = """
        # Turnstile is at work: update-engine may run in this boot, and not by itself in the next one.
        [Unit]
        ConditionPathExists=\(permissionPath)

        """

    var effects: HostEffects

    func isUp() throws(HostFault) -> Bool { try effects.files.exists(Self.path) }

    /// To be followed by something that makes systemd read its files anew.
    func raise() throws(HostFault) {
        let files = effects.files
        try files.makeDirectory(EventLog.directory, 0o700)
        try files.replace(Self.permissionPath, FileCopy(bytes: [], mode: 0o600))
        guard try !isUp() else { return }
        try files.makeDirectory(Self.directory, 0o755)
        try files.replace(Self.path, FileCopy(bytes: Array(Self.text.utf8), mode: 0o644))
    }

    /// For an engine that is masked again, or is to run as it was found.
    func lower() async throws(HostFault) {
        let files = effects.files
        try files.remove(Self.permissionPath)
        guard try isUp() else { return }
        try files.remove(Self.path)
        files.removeEmptyDirectory(Self.directory)
        try await reload()
    }

    func reload() async throws(HostFault) {
        try await effects.succeed(HostCommand("systemctl", ["daemon-reload"], allowed: .seconds(120)))
    }
}
