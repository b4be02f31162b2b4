import AgentProtocol
import HostFiles

/// The partition that does not run: its attributes for the boot loader, and its contents.
struct OtherPartition: Sendable {
    private static let mountDirectory = "/run/turnstile"
    private static let mountPoint = "\(mountDirectory)/usr"

    var effects: HostEffects

    /// Sets these attributes on a partition of the disk.
    func setAttributes(of partition: PartitionTable.Partition, on disk: String) async throws(HostFault) {
        let attributes = [
            "-P", "\(partition.priority)", "-T", "\(partition.tries)", "-S", partition.successful ? "1" : "0",
        ]
        try await effects.succeed(
            HostCommand("cgpt", ["add", "-i", "\(partition.number)"] + attributes + [disk]))
    }

    /// Takes the partition that does not run out of the boot order: no priority, no tries, not marked good.
    func takeOutOfBootOrder(_ table: PartitionTable) async throws(HostFault) {
        guard !table.leavesOtherOut else { return }
        try await setAttributes(of: table.leavingOtherOut.other, on: table.disk)
    }

    /// `VERSION_ID` of the os-release on a partition, the best evidence of the version that was written there
    /// (facts 0.15).
    ///
    /// - Throws: `HostFault` where the partition cannot be mounted or has no os-release, which proves nothing either
    ///   way.
    func version(on device: String) async throws(HostFault) -> String {
        try await mounting(device, "ro,nosuid,nodev,noexec") { (_) throws(HostFault) in
            try versionUnderMount()
        }
    }

    /// Reads the contents of the partition. Programs on it are run for their versions, confined to the partition.
    func contents(on device: String, of version: String, for unit: String?) async throws(HostFault)
        -> PartitionContents
    {
        try await mounting(device, "ro,nosuid,nodev") { (root) throws(HostFault) in
            await PartitionReader(effects: effects, root: root).contents(of: version, for: unit)
        }
    }

    private func mounting<Value: Sendable>(
        _ device: String, _ options: String, _ body: (String) async throws(HostFault) -> Value
    ) async throws(HostFault) -> Value {
        try effects.files.makeDirectory(Self.mountDirectory, 0o700)
        try effects.files.makeDirectory(Self.mountPoint, 0o700)
        // A killed run may have left its mount. Usually there is none, and this command fails.
        _ = try await effects.run(HostCommand("umount", [Self.mountPoint]))
        try await effects.succeed(HostCommand("mount", ["-o", options, device, Self.mountPoint]))
        let result: Result<Value, HostFault>
        do throws(HostFault) {
            result = .success(try await body(Self.mountPoint))
        } catch {
            result = .failure(error)
        }
        try await effects.succeed(HostCommand("umount", [Self.mountPoint]))
        return try result.get()
    }

    private func versionUnderMount() throws(HostFault) -> String {
        for path in [OSRelease.pathUnderUsr, "usr/" + OSRelease.pathUnderUsr] {
            let path = "\(Self.mountPoint)/\(path)"
            guard let text = try effects.files.text(path, links: .refused) else { continue }
            let release = try understood(path) { () throws(MalformedText) in try OSRelease(text) }
            guard let version = release.versionID else {
                throw .notUnderstood(subject: path, reason: "it has no VERSION_ID")
            }
            return version
        }
        throw .notUnderstood(subject: Self.mountPoint, reason: "there is no os-release in it")
    }
}
