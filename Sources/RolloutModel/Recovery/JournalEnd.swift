/// The last entry of a rollout's journal that a host or etcd was told of: its number, and its line's digest, which
/// stands for all entries before it.
///
/// A chain of digests tells what was changed within a journal, and nothing of what is gone from its end.
public struct JournalEnd: Codable, Hashable, Sendable {
    public var rollout: RolloutID
    /// The token under which it was told. A journal begun anew from the hosts has only higher ones.
    public var token: UInt64
    /// Entries count from 1.
    public var entry: Int
    /// SHA-256 in 64 digits, lower-case hexadecimal.
    public var sha256: String

    /// Every reader of JSON keeps numbers up to it exactly, and no journal has as many entries.
    public static let entryMax = 1 << 53

    public init(rollout: RolloutID, token: UInt64, entry: Int, sha256: String) {
        self.rollout = rollout
        self.token = token
        self.entry = entry
        self.sha256 = sha256
    }

    /// An end that a host or etcd tells; nil if no journal can have it.
    public init?(foreign rollout: String, token: UInt64, entry: Int, sha256: String) {
        guard let id = RolloutID(foreign: rollout) else { return nil }
        self.init(rollout: id, token: token, entry: entry, sha256: sha256)
        guard isPossible else { return nil }
    }

    /// True if the numbers are in range and the digest has the form of a SHA-256.
    public var isPossible: Bool {
        token <= ClusterLock.tokenMax && (1...Self.entryMax).contains(entry) && sha256.utf8.count == 64
            && sha256.utf8.allSatisfy { Self.digits.contains($0) }
    }

    private static let digits = Set("0123456789abcdef".utf8)
}
