extension RolloutMachine {
    /// Where a rollout is. There is room for one host at work and no more: that is what "one at a time" is made of.
    public indirect enum State: Hashable, Sendable {
        /// Planned and journalled; nothing was asked of any host.
        case planned
        case gating(HostID)
        case staging(HostID)
        /// Staged, and the gates are asked again at the last instant.
        case rechecking(HostID, Staged)
        /// The intent to reboot is journalled. Whether the host heard of it may be unknown.
        case rebooting(HostID, Staged)
        /// Back on the target's partition, on its single try.
        case proving(HostID, Returned)
        case committing(HostID, Returned)
        case settling(HostID)
        /// Stopped until a person acts; `then` is where it goes on.
        case held([HoldReason], then: State)
        case finished(Outcome)
    }

    /// An update on a host's other partition, armed.
    public struct Staged: Codable, Hashable, Sendable {
        public var version: Version
        /// The boot that is to end.
        public var boot: BootID
        /// The label of the partition it is on, for example `USR-B`.
        public var partition: String
        /// How often this boot has been told to end.
        public var requests: Int

        public init(version: Version, boot: BootID, partition: String, requests: Int = 0) {
            self.version = version
            self.boot = boot
            self.partition = partition
            self.requests = requests
        }
    }

    /// A later boot of a host, on the version that was staged.
    public struct Returned: Codable, Hashable, Sendable {
        public var version: Version
        public var boot: BootID

        public init(version: Version, boot: BootID) {
            self.version = version
            self.boot = boot
        }
    }

    public enum Outcome: Codable, Hashable, Sendable {
        /// Every host runs the target, committed.
        case upgraded
        /// No host was offered anything.
        case nothingOffered
    }

    /// What became of a host.
    public enum Result: Codable, Hashable, Sendable {
        case upgraded
        /// It ran the target when its turn came.
        case alreadyThere
        /// It was offered nothing, before any host was.
        case unchanged
    }
}
