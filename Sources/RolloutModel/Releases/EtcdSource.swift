/// The source of a host's etcd, by the service that starts it, as the host's agent reports.
public struct EtcdSource: Codable, Hashable, Sendable {
    /// `etcd2.service`
    public var unit: String
    public var origin: Origin
    /// The version by the program or by the image's name, for example `2.3.7`; nil if unknown.
    public var version: String?
    /// Why the version or the origin is unknown.
    public var why: String?

    public enum Origin: Codable, Hashable, Sendable {
        /// etcd comes with the release, as this part in the table of releases; nil if the table does not have it.
        case release(ReleasePart?)
        /// The service expects an etcd from the release, and the release does not have it.
        case missing(ReleasePart?)
        /// The host has an etcd of its own, which an update of the system leaves in place.
        case own
        case unclear
    }

    public init(unit: String, origin: Origin, version: String? = nil, why: String? = nil) {
        self.unit = unit
        self.origin = origin
        self.version = version
        self.why = why
    }

    var minor: EtcdMinor? { version.flatMap { EtcdMinor($0) } }
}

/// The contents of a staged partition, as the agent read them before the reboot.
public struct StagedContents: Codable, Hashable, Sendable {
    public var version: Version
    /// nil if no service runs etcd, or the partition could not be read.
    public var etcd: EtcdSource?
    /// Why the partition could not be read.
    public var why: String?
    public var docker: String?
    public var fleet: String?
    public var flannel: String?

    public init(
        version: Version, etcd: EtcdSource? = nil, why: String? = nil, docker: String? = nil,
        fleet: String? = nil, flannel: String? = nil
    ) {
        self.version = version
        self.etcd = etcd
        self.why = why
        self.docker = docker
        self.fleet = fleet
        self.flannel = flannel
    }

    /// `etcd 2.3.7, docker 1.10.3`; nil where nothing is known.
    public var words: String? {
        let parts = [("etcd", etcd?.version), ("docker", docker), ("fleet", fleet), ("flannel", flannel)]
        let known = parts.compactMap { name, version in version.map { "\(name) \($0)" } }
        return known.isEmpty ? nil : known.joined(separator: ", ")
    }
}
