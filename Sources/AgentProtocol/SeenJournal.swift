/// The journal that an agent was told of last, and by whom.
public struct SeenJournal: Codable, Hashable, Sendable {
    public var rollout: String
    public var token: Token
    public var head: JournalHead

    public init(rollout: String, token: Token, head: JournalHead) {
        self.rollout = rollout
        self.token = token
        self.head = head
    }
}
