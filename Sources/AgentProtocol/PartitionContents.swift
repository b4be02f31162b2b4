/// The contents of a partition, read from it before the host is rebooted into it.
public struct PartitionContents: Codable, Hashable, Sendable {
    /// `VERSION_ID` of the partition's os-release, or the staged version if os-release could not be read.
    public var version: String
    /// The etcd that the host's own service will start from the partition; nil if the partition could not be read.
    public var etcd: EtcdStart?
    /// The versions that the programs on the partition print, and for flannel the one in the unit's image name. nil if
    /// a program is missing, or does not tell.
    public var docker: String?
    public var fleet: String?
    public var flannel: String?
    public var unreadable: [Unreadable]

    public init(
        version: String, etcd: EtcdStart? = nil, docker: String? = nil, fleet: String? = nil,
        flannel: String? = nil, unreadable: [Unreadable] = []
    ) {
        self.version = version
        self.etcd = etcd
        self.docker = docker
        self.fleet = fleet
        self.flannel = flannel
        self.unreadable = unreadable
    }
}

/// How a host's service starts etcd, and the version that it starts.
public struct EtcdStart: Codable, Hashable, Sendable {
    /// The service, for example `etcd2.service`; empty if no service runs etcd.
    public var unit: String
    public var origin: Origin
    /// The program's path, or the container's image; nil where neither is clear.
    public var starts: String?
    /// nil where it is not known.
    public var version: String?
    /// Why something about it is not known, in words.
    public var why: String?

    public enum Origin: String, Codable, CaseIterable, Sendable {
        /// A program of the operating system's image.
        case imageProgram
        /// A program that is looked for in the operating system's image, and is not there.
        case missingProgram
        /// A container whose version is named in the operating system's image.
        case imageContainer
        /// A program of the host's own, which an update does not touch.
        case ownProgram
        /// A container whose version the host itself names.
        case ownContainer
        case unclear
    }

    public init(
        unit: String, origin: Origin, starts: String? = nil, version: String? = nil, why: String? = nil
    ) {
        self.unit = unit
        self.origin = origin
        self.starts = starts
        self.version = version
        self.why = why
    }
}
