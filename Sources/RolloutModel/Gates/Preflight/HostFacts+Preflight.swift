extension HostFacts {
    /// Which hierarchy of control groups the host runs.
    public enum Cgroups: String, Codable, Hashable, Sendable {
        case v1, v2
    }

    /// The room there is for something that staging writes.
    public struct Space: Codable, Hashable, Sendable {
        public var purpose: Purpose
        /// Where it is written.
        public var path: String
        /// The room of what is overwritten is part of it.
        public var freeBytes: Int64
        /// At least.
        public var neededBytes: Int64

        public init(purpose: Purpose, path: String, freeBytes: Int64, neededBytes: Int64) {
            self.purpose = purpose
            self.path = path
            self.freeBytes = freeBytes
            self.neededBytes = neededBytes
        }

        public enum Purpose: String, Codable, Hashable, Sendable {
            /// The new image's kernel, beside the one that runs.
            case kernel
            /// The agent's record, the engine's preferences, the journal.
            case state
        }
    }
}
