/// etcd's members and their health, as one witness found them.
public struct EtcdView: Hashable, Sendable {
    public var members: [Member]
    /// major.minor.patch; nil while undecided.
    public var clusterVersion: String?

    public init(members: [Member], clusterVersion: String?) {
        self.members = members
        self.clusterVersion = clusterVersion
    }

    public struct Member: Hashable, Sendable {
        public var id: EtcdMemberID
        public var name: String
        /// A learner has no vote, and is never counted.
        public var isLearner: Bool
        public var health: Health
        /// The version of the member's server; nil where it was not asked, or does not say.
        public var version: String?
        /// The host it runs on, for people; nil where nothing tells.
        public var host: HostID?

        public init(
            id: EtcdMemberID, name: String, isLearner: Bool, health: Health, version: String? = nil,
            host: HostID? = nil
        ) {
            self.id = id
            self.name = name
            self.isLearner = isLearner
            self.health = health
            self.version = version
            self.host = host
        }

        /// As people know it.
        var shown: String { host.map { "the member on '\($0)'" } ?? "member '\(name)'" }
    }

    /// A member's health by its own answer. An answer that another member gives in its place does not count.
    public enum Health: Hashable, Sendable {
        case healthy
        /// The answer that the member gave instead, or that nobody answers at its addresses.
        case unhealthy(String)
        /// Why the member's health is unknown.
        case unknown(String)
    }
}
