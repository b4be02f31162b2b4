/// The reason why one gate holds. Every gate has an enum of its own, whose cases are data: what was seen. Everything
/// that is told of a case stands beside it.
///
/// A case's name is the name that journals have for it.
public protocol Hold: Codable, Hashable, Sendable {
    /// True if one of the cases has this name.
    static func isNamed(_ name: String) -> Bool

    /// The gate that holds, or what else does, in a word or two.
    var gate: String { get }
    /// The observation, as one sentence without its full stop.
    var says: String { get }
    /// `says` in a few words, without its witness, its cause and its amounts. Two reasons with the same text are the same
    /// news.
    var brief: String { get }
    /// The steps for a person to take.
    var remedy: Remedy { get }
    /// The means by which it clears: time, a person's act, or a person's word.
    var patience: Patience { get }
    /// The host that it is about; nil if it is about the cluster, or about several hosts.
    var subject: HostID? { get }
    /// The one host that was asked in this look, where other looks ask others. Only its own next answer takes the reason
    /// back.
    var witness: HostID? { get }
    /// The place in the order of mending.
    var rank: HoldRank { get }
    /// The trouble of its subject that it follows from; nil if it follows from none.
    var basis: HoldBasis? { get }
}

extension Hold {
    public var brief: String { says }
    public var witness: HostID? { nil }
    public var basis: HoldBasis? { nil }
}

/// The trouble of a host from which a reason that is about it follows.
public enum HoldBasis: Hashable, Sendable {
    /// The host was asked for it, and tells nothing if it takes no commands.
    case answer
    /// The other hosts miss the host, which may be down.
    case presence
}

/// The order in which reasons are mended. The first one is mended first: the ones behind it may follow from it.
public enum HoldRank: Int, Comparable, Sendable {
    /// The whole rollout stands, whatever its hosts do.
    case rollout
    case unreadableHost
    /// Found by a step, or told by a host about itself.
    case host
    case etcdMember, etcd, quorum, fleet, fleetMember, units, deis
    /// Asked through hosts and etcd.
    case throughHosts
    case other
    /// Waiting mends it.
    case waiting

    public static func < (one: HoldRank, other: HoldRank) -> Bool { one.rawValue < other.rawValue }
}

extension HostID? {
    /// ` on 'core-1'`; empty without a host. Likewise the others.
    var on: String { map { " on '\($0)'" } ?? "" }
    var through: String { map { " through '\($0)'" } ?? "" }
    var askedFrom: String { map { ", asked from '\($0)'" } ?? "" }
}
