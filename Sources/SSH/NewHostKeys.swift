/// The recording of keys of hosts that known_hosts says nothing of, where such keys are accepted
/// (`StrictHostKeyChecking accept-new`).
public struct NewHostKeys: Sendable {
    /// Files of known hosts; the key is added to the first that can be written.
    public var files: [String]
    /// True if the host's name is hashed in the file (`HashKnownHosts`).
    public var hashesNames: Bool
    /// Told of each key that was added.
    public var onRecord: @Sendable (RecordedHostKey) -> Void

    public init(
        files: [String], hashesNames: Bool = false, onRecord: @escaping @Sendable (RecordedHostKey) -> Void
    ) {
        self.files = files
        self.hashesNames = hashesNames
        self.onRecord = onRecord
    }
}

/// A host's key that was accepted and added to a file of known hosts.
public struct RecordedHostKey: Sendable {
    public var target: SSHTarget
    public var key: HostKeyPrint
    public var file: String
    /// The picture that `ssh-keygen -lv` shows of the key, in lines.
    public var picture: [String]
}
