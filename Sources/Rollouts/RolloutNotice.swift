import RolloutModel

/// The news of a rollout that a driver tells people. The record is the journal.
public enum RolloutNotice: Hashable, Sendable {
    /// The machine is in a new state.
    case entered(RolloutMachine)
    /// A step on a host goes on.
    case progress(HostID, message: String, fraction: Double?)
    /// The rollout waits: why, since when, until when, and for what. Told after every look.
    case waiting(Wait)

    public struct Wait: Hashable, Sendable {
        /// The host that is waited for; nil where the platform is.
        public var host: HostID?
        public var reasons: [HoldReason]
        public var what: String
        /// The last answer of the host, where no gate is asked.
        public var heard: String
        public var since: Moment
        public var deadline: Moment

        public init(
            host: HostID?, reasons: [HoldReason], what: String, heard: String = "", since: Moment,
            deadline: Moment
        ) {
            self.host = host
            self.reasons = reasons
            self.what = what
            self.heard = heard
            self.since = since
            self.deadline = deadline
        }
    }
}
