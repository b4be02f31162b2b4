/// The files by which a host sets up its services, apart from its image.
public struct HostSettings: Codable, Hashable, Sendable {
    /// The user-data on the disk (facts 10).
    public var userData: [FileDigest]
    /// `/etc/systemd/system/*.d/*.conf`, without the files that Turnstile itself puts there.
    ///
    /// Drop-ins in `/run` are left out: cloud-init writes each host's own addresses there at every boot.
    public var dropIns: [FileDigest]

    public init(userData: [FileDigest], dropIns: [FileDigest]) {
        self.userData = userData
        self.dropIns = dropIns
    }
}

/// A file and the digest of its contents.
public struct FileDigest: Codable, Hashable, Sendable {
    public var path: String
    /// The digest, as `sha256sum` prints it.
    public var sha256: String

    public init(path: String, sha256: String) {
        self.path = path
        self.sha256 = sha256
    }
}
