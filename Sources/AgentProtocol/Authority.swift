/// By whose word an agent changes its host: a rollout and its fencing token.
public struct Authority: Codable, Hashable, Sendable {
    /// The rollout's id, for example `r-20261124-0712-4f1c`.
    public var rollout: String
    public var token: Token
    /// How far the rollout's journal had come when this was asked; nil from a coordinator that has none yet, or does not tell.
    public var journal: JournalHead?

    public init(rollout: String, token: Token, journal: JournalHead? = nil) {
        self.rollout = rollout
        self.token = token
        self.journal = journal
    }

    /// By whose word alone: two requests of one coordinator are by the same, however far its journal had come.
    public var bare: Authority { Authority(rollout: rollout, token: token) }
}
