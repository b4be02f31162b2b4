/// The last entry of a rollout's journal that a host or etcd was told of.
public struct JournalEnd: Hashable, Sendable {
    public var rollout: RolloutID
    /// The token under which it was told. A journal begun anew from the hosts has only higher ones.
    public var token: Token
    public var head: JournalHead

    public init(rollout: RolloutID, token: Token, head: JournalHead) {
        self.rollout = rollout
        self.token = token
        self.head = head
    }

    /// An end that a host or etcd tells; nil if no journal can have it.
    public init?(foreign rollout: String, token: Token, head: JournalHead) {
        guard let id = RolloutID(foreign: rollout) else { return nil }
        self.init(rollout: id, token: token, head: head)
        guard isPossible else { return nil }
    }

    /// True if the numbers are in range and the digest has the form of a SHA-256.
    public var isPossible: Bool { token.isPossible && head.complaint == nil }
}

/// In the cluster's lock, rollout and token stand beside the keys of the head.
extension JournalEnd: Codable {
    private enum CodingKeys: CodingKey { case rollout, token }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        rollout = try container.decode(RolloutID.self, forKey: .rollout)
        token = try container.decode(Token.self, forKey: .token)
        head = try JournalHead(from: decoder)
    }

    public func encode(to encoder: any Encoder) throws {
        try head.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(rollout, forKey: .rollout)
        try container.encode(token, forKey: .token)
    }
}
