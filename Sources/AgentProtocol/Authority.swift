/// By whose word an agent changes its host: a rollout and its fencing token.
///
/// Tokens only grow. An agent remembers the highest it has seen and refuses any lower one, so that a coordinator
/// which lost its place cannot act late.
public struct Authority: Codable, Hashable, Sendable {
    /// The rollout's id, for example `r-20261124-0712-4f1c`.
    public var rollout: String
    public var token: UInt64
    /// How far the rollout's journal had come when this was asked; nil from a coordinator that has none yet, or does not tell.
    public var journal: JournalHead?

    public init(rollout: String, token: UInt64, journal: JournalHead? = nil) {
        self.rollout = rollout
        self.token = token
        self.journal = journal
    }

    /// By whose word alone: two requests of one coordinator are by the same, however far its journal had come.
    public var bare: Authority { Authority(rollout: rollout, token: token) }

    /// The highest token there is; a higher one is nobody's. A token counts how often a cluster was taken, so that no count
    /// comes near it, and every reader of JSON keeps numbers up to it exactly.
    ///
    /// `ClusterLock.tokenMax` is the same number, in a module that imports nothing.
    public static let tokenMax: UInt64 = 1 << 53

    /// A token further than this above all that others have seen was not counted: somebody made it up, or damaged it.
    public static let tokenLeapMax: UInt64 = 1 << 20

    /// Tokens may be set back from `seen` to `token`, on a person's word, only where counting did not lead there.
    public static func isLeap(from token: UInt64, to seen: UInt64) -> Bool {
        seen > tokenMax || (seen > token && seen - token > tokenLeapMax)
    }
}
