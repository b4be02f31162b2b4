/// By whose word an agent changes its host: a rollout and its fencing token.
///
/// Tokens only grow. An agent remembers the highest it has seen and refuses any lower one, so that a coordinator
/// which lost its place cannot act late.
public struct Authority: Codable, Hashable, Sendable {
    /// The rollout's id, for example `r-20261124-0712-4f1c`.
    public var rollout: String
    public var token: UInt64

    public init(rollout: String, token: UInt64) {
        self.rollout = rollout
        self.token = token
    }
}
