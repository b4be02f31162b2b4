/// The holder of a cluster's lock.
public struct LockHolder: Codable, Hashable, Sendable {
    public var rollout: RolloutID
    public var token: Token
    /// `user@machine`: for people.
    public var operatorName: String
    /// ISO 8601: for people.
    public var since: String

    public init(rollout: RolloutID, token: Token, operatorName: String, since: String) {
        self.rollout = rollout
        self.token = token
        self.operatorName = operatorName
        self.since = since
    }
}
