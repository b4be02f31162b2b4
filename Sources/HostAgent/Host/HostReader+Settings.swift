import AgentProtocol
import Digest

extension HostReader {
    /// As it was fetched (facts 10); a provider's metadata leaves nothing on the disk.
    static let userDataPaths = [
        "/var/lib/coreos-install/user_data", "/var/lib/flatcar-install/user_data",
        "/var/lib/coreos-vagrant/vagrantfile-user-data", "/media/configdrive/openstack/latest/user_data",
        "/media/configvirtfs/openstack/latest/user_data", "/usr/share/oem/cloud-config.yml",
    ]
    private static let unitsDirectory = "/etc/systemd/system"
    /// Changed by ourselves, or about ourselves.
    private static let ownUnits: Set = ["\(EngineControl.unit).d", "\(GoalFollower.unit).d"]
    private static let fileBytesMax = 1 << 20
    private static let dropInsMax = 1024

    func settings() throws(HostFault) -> HostSettings {
        HostSettings(
            userData: try digests(of: Self.userDataPaths), dropIns: try digests(of: dropInPaths()))
    }

    func cgroups() throws(HostFault) -> CgroupHierarchy {
        try effects.files.exists(Unreadable.cgroups) ? .v2 : .v1
    }

    private func dropInPaths() throws(HostFault) -> [String] {
        var paths: [String] = []
        for name in try effects.files.list(Self.unitsDirectory) ?? []
        where name.hasSuffix(".d") && !Self.ownUnits.contains(name) {
            let directory = "\(Self.unitsDirectory)/\(name)"
            let files = try effects.files.list(directory) ?? []
            paths += files.filter { $0.hasSuffix(".conf") }.map { "\(directory)/\($0)" }
            guard paths.count <= Self.dropInsMax else {
                throw .notUnderstood(
                    subject: Self.unitsDirectory, reason: "it has more than \(Self.dropInsMax) drop-ins")
            }
        }
        return paths.sorted()
    }

    private func digests(of paths: [String]) throws(HostFault) -> [FileDigest] {
        var digests: [FileDigest] = []
        for path in paths {
            guard let copy = try effects.files.read(path, Self.fileBytesMax, .followed) else { continue }
            digests.append(FileDigest(path: path, sha256: SHA256.hexDigest(copy.bytes)))
        }
        return digests
    }
}
