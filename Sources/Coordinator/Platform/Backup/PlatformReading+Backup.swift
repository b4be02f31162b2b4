public import RolloutModel
import Rollouts

/// The files that are kept of a platform before it is changed, by their names.
public struct PlatformBackup: Hashable, Sendable {
    public var files: [String: [UInt8]]

    public init(files: [String: [UInt8]]) { self.files = files }

    /// The directories of etcd, with the file that each is kept in. The directory `/deis` has secrets in
    /// it.
    static let directories = [
        "/deis": "etcd-deis.json", "/_coreos.com/fleet/job": "fleet-job.json",
        "/_coreos.com/fleet/unit": "fleet-unit.json", "/_coreos.com/fleet/states": "fleet-states.json",
        "/_coreos.com/fleet/machines": "fleet-machines.json",
    ]
}

extension PlatformReading {
    /// Reads etcd's keys of Deis and of fleet, to the byte, with a quorum and through one host.
    public func backup() async -> Observation<PlatformBackup> {
        await asked { host throws(HostFault) in
            let place = try await own.place(on: host)
            var files: [String: [UInt8]] = [:]
            for (directory, file) in PlatformBackup.directories {
                files[file] = try await place.http.bytes(
                    "\(place.url)/v2/keys\(directory)?recursive=true&quorum=true",
                    bytesMax: Self.backupBytesMax)
            }
            return PlatformBackup(files: files)
        }.1
    }

    private static let backupBytesMax = 256 << 20
}
