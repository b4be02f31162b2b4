extension RolloutMachine {
    /// An update on a host's other partition, armed.
    public struct Staged: Codable, Hashable, Sendable {
        public var version: Version
        /// The boot that is to end.
        public var boot: BootID
        /// The label of the partition it is on, for example `USR-B`.
        public var partition: String
        /// How often this boot has been told to end.
        public var requests: Int
        /// How often the host was told in all, and may have heard it.
        public var told: Int
        /// The host's node was cordoned and drained for it.
        public var isEvacuated: Bool

        public init(
            version: Version, boot: BootID, partition: String, requests: Int = 0, told: Int = 0,
            isEvacuated: Bool = false
        ) {
            self.version = version
            self.boot = boot
            self.partition = partition
            self.requests = requests
            self.told = told
            self.isEvacuated = isEvacuated
        }
    }

    /// A later boot of a host, on the version that was staged.
    public struct Returned: Codable, Hashable, Sendable {
        public var version: Version
        public var boot: BootID
        /// The label of the running partition.
        public var partition: String

        public init(version: Version, boot: BootID, partition: String) {
            self.version = version
            self.boot = boot
            self.partition = partition
        }
    }
}
