/// The rules of etcd's own servers for a cluster that goes, member by member, from one minor version to another (facts
/// 6.3).
public enum EtcdCompatibility {
    public enum Verdict: Hashable, Sendable {
        case allowed(EtcdRule)
        case forbidden(EtcdRule)
    }

    /// Every minor version that rules are known of, in their order, and the lowest cluster version that its servers speak
    /// with; nil where there is no such thing yet.
    static let minClusterVersions: [(minor: EtcdMinor, lowest: EtcdMinor?)] = [
        (EtcdMinor(0, 4), nil), (EtcdMinor(2, 0), nil),
        (EtcdMinor(2, 1), EtcdMinor(2, 0)), (EtcdMinor(2, 2), EtcdMinor(2, 1)),
        (EtcdMinor(2, 3), EtcdMinor(2, 2)), (EtcdMinor(3, 0), EtcdMinor(2, 3)),
        (EtcdMinor(3, 1), EtcdMinor(3, 0)), (EtcdMinor(3, 2), EtcdMinor(3, 0)),
        (EtcdMinor(3, 3), EtcdMinor(3, 0)), (EtcdMinor(3, 4), EtcdMinor(3, 0)),
        (EtcdMinor(3, 5), EtcdMinor(3, 0)),
    ]

    private static func rank(_ minor: EtcdMinor) -> Int? {
        minClusterVersions.firstIndex { $0.minor == minor }
    }

    /// The one minor version that a cluster may go to; nil after the last that is known, and from 0.4.
    public static func next(after minor: EtcdMinor) -> EtcdMinor? {
        guard minor.major > 0, let rank = rank(minor), rank + 1 < minClusterVersions.count else { return nil }
        return minClusterVersions[rank + 1].minor
    }

    /// - Parameters:
    ///   - from: the lowest of all members, which is what the cluster has agreed on.
    ///   - to: what the next member would run.
    public static func verdict(from: EtcdMinor, to: EtcdMinor) -> Verdict {
        guard from != to else { return .allowed(.samePatchLine) }
        guard let old = rank(from), let new = rank(to) else { return .forbidden(.unlisted) }
        guard from.major > 0, to.major > 0 else {
            return .forbidden(
                min(old, new) == 0 && max(from, to) >= EtcdMinor(2, 2) ? .noConversion : .notRolling)
        }
        guard from < to else { return .forbidden(.neverDown) }
        if let lowest = minClusterVersions[new].lowest, from < lowest {
            return .forbidden(.minClusterVersion)
        }
        guard new == old + 1 else { return .forbidden(.oneMinorAtATime) }
        return .allowed(to == EtcdMinor(3, 0) ? .twoToThree : .nextMinor)
    }
}

extension EtcdCompatibility {
    /// The rule that forbids it; nil where it is allowed.
    static func isForbidden(from: EtcdMinor, to: EtcdMinor) -> EtcdRule? {
        guard case .forbidden(let rule) = verdict(from: from, to: to) else { return nil }
        return rule
    }
}

/// The rule that decides.
public enum EtcdRule: String, Codable, Hashable, Sendable, CaseIterable {
    /// Any mix of patch levels is accepted.
    case samePatchLine
    case nextMinor
    /// 2.3 to 3.0 is the one step from 2 to 3.
    case twoToThree
    /// The peers of the server answer 412, "incompatible version".
    case minClusterVersion
    /// Not refused by a server, but the only way that etcd documents.
    case oneMinorAtATime
    /// A server below the cluster version ends itself at its start.
    case neverDown
    /// 0.4 and 2.0 speak another peer protocol: all members stop, and start on 2.0 or 2.1, which convert the data.
    case notRolling
    /// From 2.2 on no server reads the data of 0.4.
    case noConversion
    /// No rule is known for one of the two versions.
    case unlisted

    public var words: String {
        switch self {
        case .samePatchLine: "any patch levels of one minor version go together"
        case .nextMinor: "etcd goes up by one minor version at a time"
        case .twoToThree: "from etcd 2 to etcd 3 there is one step, 2.3 to 3.0"
        case .minClusterVersion:
            "its servers refuse peers as old as that: they answer 412, incompatible version"
        case .oneMinorAtATime: "etcd is to go up by one minor version at a time"
        case .neverDown: "a server below the cluster version does not start"
        case .notRolling: "etcd 0.4 and 2 do not speak with each other: all members must be stopped at once"
        case .noConversion: "etcd 2.2 and later do not read the data of 0.4"
        case .unlisted: "nothing is known of how these two go together"
        }
    }
}
