import ClusterAnswers

/// The member that answered at one address, and its health.
///
/// Several members may share an address (`0.0.0.0`, a shared name, a balancer), and each request may reach another one.
/// So the address is asked for its member id before and after it is asked for its health. A single curl makes these
/// requests over one connection, which a balancer of connections leaves at one member. If the two ids differ, the
/// health counts for neither member. The v3 gateway's status has id, cluster and version in one answer.
struct EtcdSighting: Hashable, Sendable {
    var url: String
    var word: Word

    enum Word: Hashable, Sendable {
        case member(Member)
        /// The reason why no member id came.
        case nameless(String)
        /// Several members answered at the address in turn.
        case mixed([EtcdMemberID])
    }

    struct Member: Hashable, Sendable {
        var id: EtcdMemberID
        /// The cluster's id, from the gateway. The v2 API has no such id; an id there depends on the cluster's token.
        var cluster: UInt64?
        var leader: EtcdMemberID?
        var server: EtcdVersion?
        var clusterVersion: EtcdVersion?
        var health: Health
    }

    enum Health: Hashable, Sendable {
        case healthy
        case unhealthy(String)
        /// The reason why the member did not tell its health.
        case untold(String)
    }

    /// The gateway's paths in etcd 3.4 and later, and in 3.3.
    static let gatewayPrefixes = ["/v3", "/v3beta"]

    private static func identity(_ url: String) -> [HostHTTP.Request] {
        [.get(url: url + "/v2/stats/self")]
            + gatewayPrefixes.map { .post(url: url + $0 + "/maintenance/status") }
    }

    static func requests(_ url: String) -> [HostHTTP.Request] {
        identity(url) + [.get(url: url + "/health"), .get(url: url + "/version")] + identity(url)
    }

    static let requestCount = 2 * (1 + gatewayPrefixes.count) + 2

    /// - Parameter answers: the answers to `requests`, in their order.
    init(_ url: String, _ answers: [HostHTTP.Answer]) {
        let count = 1 + Self.gatewayPrefixes.count
        let (before, after) = (Identity(answers.prefix(count)), Identity(answers.suffix(count)))
        self.url = url
        guard answers.count == Self.requestCount, let first = before.id ?? after.id else {
            word = .nameless(Self.silence(of: answers))
            return
        }
        let ids = before.ids + after.ids
        guard ids.allSatisfy({ $0 == first }), Set(before.clusters + after.clusters).count <= 1 else {
            word = .mixed(ids.reduce(into: []) { if !$0.contains($1) { $0.append($1) } })
            return
        }
        guard before.id != nil, after.id != nil else {
            word = .nameless("it said only once which member it is")
            return
        }
        let version = try? EtcdVersionAnswer(answers[count + 1].body)
        word = .member(
            Member(
                id: first, cluster: before.clusters.first, leader: after.leader ?? before.leader,
                server: before.server ?? version?.server, clusterVersion: version?.cluster,
                health: Self.health(answers[count])))
    }

    private static func health(_ answer: HostHTTP.Answer) -> Health {
        guard let status = answer.status else {
            return .untold("/health was not answered\(answer.complaint.map { " (\($0))" } ?? "")")
        }
        guard let health = try? EtcdHealthAnswer(answer.body) else {
            return .untold(answer.refusal ?? "/health answered \(status), and no health")
        }
        return health.isHealthy ? .healthy : .unhealthy(health.reason ?? "/health says so (\(status))")
    }

    private static func silence(of answers: [HostHTTP.Answer]) -> String {
        guard let answer = answers.first(where: { $0.status != nil }) ?? answers.first else {
            return "did not answer"
        }
        guard let status = answer.status else {
            return "did not answer" + (answer.complaint.map { " (\($0))" } ?? "")
        }
        if let refusal = answers.lazy.compactMap(\.refusal).first {
            return "does not say who it is: \(refusal)"
        }
        return "answered \(status), and no member id"
    }

    /// The member ids and other facts from one round of questions for the identity.
    private struct Identity {
        var ids: [EtcdMemberID] = []
        var clusters: [UInt64] = []
        var leader: EtcdMemberID?
        var server: EtcdVersion?

        var id: EtcdMemberID? { ids.first }

        init(_ answers: ArraySlice<HostHTTP.Answer>) {
            guard let first = answers.first else { return }
            if first.status == 200, let stats = try? EtcdSelfStats(first.body), let id = stats.memberID {
                ids.append(id)
                leader = stats.leaderID
            }
            for answer in answers.dropFirst() where answer.status == 200 {
                guard let status = try? EtcdEndpointStatus(gateway: answer.body) else { continue }
                ids.append(status.memberID)
                clusters.append(status.clusterID)
                leader = status.leader ?? leader
                server = status.version
            }
        }
    }
}
