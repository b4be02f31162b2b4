extension RolloutMachine {
    /// A host's way back to the other partition.
    public struct Retreat: Codable, Hashable, Sendable {
        /// The boot that is to end.
        public var boot: BootID
        /// The version it goes back from.
        public var from: Version
        /// The label of the partition it leaves.
        public var partition: String
        /// Why, where it was not a person who asked.
        public var because: [HoldReason]
        /// The times that this boot is known to have been told to end.
        public var requests: Int

        public init(
            boot: BootID, from: Version, partition: String, because: [HoldReason] = [], requests: Int = 0
        ) {
            self.boot = boot
            self.from = from
            self.partition = partition
            self.because = because
            self.requests = requests
        }
    }
}
