public import HostFiles

/// `etcdctl cluster-health`, of every era (facts 6.2).
///
/// etcdctl's own verdict is not enough: `cluster is healthy` needs no more than one healthy member. Count `members`.
public struct EtcdClusterHealth: Hashable, Sendable {
    public enum Verdict: String, Hashable, Sendable {
        case healthy
        case unhealthy
        /// Some members are not healthy (3.x).
        case degraded
        case unavailable
    }

    public enum MemberHealth: Hashable, Sendable {
        case healthy
        case unhealthy
        /// With what etcdctl says of it.
        case unreachable(reason: String)
    }

    public struct Member: Hashable, Sendable {
        public var id: EtcdMemberID
        public var health: MemberHealth
    }

    public var verdict: Verdict
    public var members: [Member]

    public var healthyCount: Int { members.count { $0.health == .healthy } }

    /// - Parameter text: what was printed on standard output.
    /// - Throws: `MalformedText` where there is no verdict: etcdctl could not ask, and says why in the line quoted.
    public init(_ text: String) throws(MalformedText) {
        var verdict: Verdict?
        members = []
        for line in try TextBounds.list.lines(of: text, as: .etcdClusterHealth) where !line.text.isEmpty {
            if let member = Member(line: line.text) {
                members.append(member)
            } else if let word = line.text.after("cluster is ").flatMap({ Verdict(rawValue: String($0)) }) {
                verdict = word
            } else if line.text.after("failed to check the health of member ") == nil {
                // A line of this kind is followed by the member's own line, which counts.
                throw .unexpected(
                    .etcdClusterHealth, line: line.number, found: line.text,
                    expected: "the health of a member or of the cluster")
            }
        }
        guard let verdict else { throw .missing(.etcdClusterHealth, "the verdict on the cluster") }
        self.verdict = verdict
    }
}

extension EtcdClusterHealth.Member {
    /// `member ID is healthy`, and from 2.1 with `: …` after it.
    init?(line: Substring) {
        guard let (id, rest) = line.after("member ")?.split(atFirst: " is "),
            let id = EtcdMemberID(hexadecimal: id)
        else { return nil }
        let (word, reason) = rest.split(atFirst: ":" as Unicode.Scalar) ?? (rest, "")
        self.id = id
        switch word {
        case "healthy": health = .healthy
        case "unhealthy": health = .unhealthy
        case "unreachable": health = .unreachable(reason: String(reason.trimmingBlanks))
        default: return nil
        }
    }
}
