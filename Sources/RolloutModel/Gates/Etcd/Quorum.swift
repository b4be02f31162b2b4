/// Votes in a raft cluster (facts 6.3).
public struct Quorum: Hashable, Sendable {
    public var voters: Int

    public init(voters: Int) { self.voters = voters }

    /// Votes needed to decide anything.
    public var votes: Int { voters / 2 + 1 }

    /// Voters that may be gone at once.
    public var tolerates: Int { max(0, voters - votes) }
}
