/// Where the etcd of a host comes from: how its own service starts it, by its agent's word.
public struct EtcdSource: Codable, Hashable, Sendable {
    /// `etcd2.service`
    public var unit: String
    public var origin: Origin
    /// `2.3.7`: what its program or its image's name says; nil where that is not known.
    public var version: String?
    /// Why something about it is not known.
    public var why: String?

    public enum Origin: Codable, Hashable, Sendable {
        /// It comes with the release; the table of releases knows it by this name, where it does.
        case release(ReleasePart?)
        /// The release is to bring it, and does not.
        case missing(ReleasePart?)
        /// The host has it from elsewhere, and an update of the system leaves it.
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

/// What a staged partition brings, as its agent read it there before the reboot.
public struct StagedContents: Codable, Hashable, Sendable {
    public var version: Version
    /// nil where no service runs etcd, or the partition could not be read.
    public var etcd: EtcdSource?
    /// Why it could not be read.
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
