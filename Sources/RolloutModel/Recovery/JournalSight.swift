/// The comparison of a journal here with an end that a host or etcd saw.
public enum JournalSight: Hashable, Sendable {
    /// The end is of another rollout, or of a journal that was lost before this one began; it proves nothing.
    case unrelated
    /// The journal has that entry, as it was seen.
    case matches
    /// The journal ends before it: lines are gone from its end, or an older copy was put in its place.
    case missing
    /// The journal has another entry under that number: it was written anew.
    case differs

    /// - Parameters:
    ///   - firstToken: the first that the journal names; nil where it names none yet.
    ///   - entries: how many the journal has.
    ///   - sha256: the digest of its entry with the number that was seen; nil where it has none.
    public init(
        of seen: JournalEnd, in rollout: RolloutID, firstToken: Token?, entries: Int, sha256: String?
    ) {
        if seen.rollout != rollout || seen.token < firstToken ?? 0 {
            self = .unrelated
        } else if seen.head.entry > entries {
            self = .missing
        } else {
            self = seen.head.sha256 == sha256 ? .matches : .differs
        }
    }

    /// The journal here is not the one that was seen.
    public var isDoubt: Bool {
        switch self {
        case .unrelated, .matches: false
        case .missing, .differs: true
        }
    }
}
