public import HostFiles

/// `GET /v2/stats/self` (facts 6.1). Answers without quorum too, then with a stale state (facts 0.22).
public struct EtcdSelfStats: Hashable, Sendable {
    public enum State: String, Hashable, Sendable {
        case leader = "StateLeader"
        case follower = "StateFollower"
        case candidate = "StateCandidate"
        case preCandidate = "StatePreCandidate"
    }

    public var name: String
    /// As written: hexadecimal since 2.0; 0.4 has no ids.
    public var id: String
    /// nil for a state of an era not known here.
    public var state: State?
    /// The leader's id as this member sees it; nil while there is none.
    public var leader: String?

    public var memberID: EtcdMemberID? { EtcdMemberID(hexadecimal: id) }
    public var leaderID: EtcdMemberID? { leader.flatMap { EtcdMemberID(hexadecimal: $0) } }

    public init(_ body: String) throws(MalformedText) {
        let answer = try JSONText.decode(Answer.self, from: body, as: .etcdSelfStats)
        name = answer.name
        id = answer.id ?? ""
        state = answer.state.flatMap(Self.state)
        leader = answer.leaderInfo?.leader.flatMap { $0.isEmpty || $0 == "0" ? nil : $0 }
    }

    /// 0.4 says `leader` and `follower`.
    private static func state(_ text: String) -> State? {
        switch text {
        case "leader": .leader
        case "follower": .follower
        case "candidate": .candidate
        default: State(rawValue: text)
        }
    }

    private struct Answer: Decodable {
        var name: String
        var id: String?
        var state: String?
        var leaderInfo: Leader?

        struct Leader: Decodable { var leader: String? }
    }
}
