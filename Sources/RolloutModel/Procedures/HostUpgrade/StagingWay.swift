/// The way in which a host comes to its update in its turn.
public enum StagingWay: Hashable, Sendable {
    /// The update is downloaded, and armed.
    case download
    /// The update was downloaded ahead. It is proved to be there still, and armed.
    case arm(Version)

    /// - Parameters:
    ///   - prefetched: the version that the host's agent has downloaded ahead; nil where it has none.
    ///   - target: the rollout's; nil as long as the first host's decides. Another version than that is of no use.
    public init(prefetched: Version?, target: Version?) {
        if let prefetched, target == nil || target == prefetched {
            self = .arm(prefetched)
        } else {
            self = .download
        }
    }
}
