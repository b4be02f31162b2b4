import Driving
import HostFiles
import RolloutModel

/// etcd as seen from one host: its members by the endpoint given, each member's health by its own client address.
struct EtcdReading: Sendable {
    var shell: HostShell
    var endpoint: EtcdEndpoint

    func view(from host: HostID) async throws(HostFault) -> EtcdView {
        let http = http(host)
        let members = try await members(http)
        let answers = try await http.send(
            members.map { .get(url: ($0.clientURLs.first ?? "http://unknown") + "/health") }
                + [.get(url: endpoint.url + "/version")])
        let version = answers.last.flatMap { try? EtcdVersionAnswer($0.body) }
        var view = EtcdView(
            members: zip(members, answers).map { member, answer in
                EtcdView.Member(
                    id: RolloutModel.EtcdMemberID(member.id.description),
                    name: member.name.isEmpty ? member.id.description : member.name,
                    isLearner: member.isLearner, health: health(of: member, answer))
            },
            clusterVersion: version?.cluster?.description)
        let versions = try await versions(of: members, in: view, http)
        for (index, version) in versions.enumerated() { view.members[index].version = version }
        return view
    }

    /// Each member's server version. Where a voter is not healthy nobody needs it yet, and a dead one would only be
    /// waited for.
    private func versions(
        of members: [EtcdMember], in view: EtcdView, _ http: HostHTTP
    ) async throws(HostFault) -> [String?] {
        let asked = view.members.indices.filter { view.members[$0].health == .healthy }
        guard view.members.allSatisfy({ $0.isLearner || $0.health == .healthy }), !asked.isEmpty else {
            return []
        }
        let answers = try await http.send(
            asked.map { .get(url: (members[$0].clientURLs.first ?? "http://unknown") + "/version") })
        var versions = [String?](repeating: nil, count: members.count)
        for (index, answer) in zip(asked, answers) {
            versions[index] = (try? EtcdVersionAnswer(answer.body))?.server.description
        }
        return versions
    }

    /// The member behind the host's own endpoint.
    func seat(on host: HostID) async throws(HostFault) -> EtcdSeat {
        let http = http(host)
        let answers = try await http.send(ownStatus + [.get(url: endpoint.url + "/version")])
        guard answers.contains(where: { $0.status != nil }) else {
            return try await seatOfSilent(http, words(of: answers))
        }
        let server = answers.last.flatMap { try? EtcdVersionAnswer($0.body) }?.server
        guard let own = OwnStatus(answers) else {
            if let server, server.major == 0 { return .ancient(server: server.description) }
            throw unclear(answers, host, "no member id")
        }
        return .member(RolloutModel.EtcdMemberID(own.member.description), server: server?.description)
    }

    /// The leader, as the member behind the host's own endpoint sees it.
    func leader(seenBy host: HostID) async throws(HostFault) -> RolloutModel.EtcdMemberID {
        let answers = try await http(host).send(ownStatus)
        guard let leader = OwnStatus(answers)?.leader else { throw unclear(answers, host, "no leader") }
        return RolloutModel.EtcdMemberID(leader.description)
    }

    /// fleet's registry, which is in the v2 store of the same etcd; read with a quorum, so that every witness tells the same.
    func fleetRegistry(seenBy host: HostID) async throws(HostFault) -> [MachineID: FleetEntry] {
        let path = "/v2/keys/_coreos.com/fleet/machines?recursive=true&quorum=true"
        let answers = try await http(host).send([.get(url: endpoint.url + path)])
        do {
            let found = try FleetRegistrations(answers[0].body).entries
            return Dictionary(
                uniqueKeysWithValues: found.map { id, entry in
                    (
                        MachineID(id),
                        FleetEntry(index: entry.index, secondsLeft: entry.secondsLeft.map { Double($0) })
                    )
                })
        } catch {
            throw HostFault(host: host, kind: .answerUnreadable, why: "\(error)")
        }
    }

    func members(seenBy host: HostID) async throws(HostFault) -> [EtcdMember] {
        try await members(http(host))
    }

    func http(_ host: HostID) -> HostHTTP { HostHTTP(shell: shell, host: host, tls: endpoint.tls) }

    /// What a member says of itself: the v2 API, and the gateway where that is off, as from 3.4 (facts 6.1).
    var ownStatus: [HostHTTP.Request] {
        [.get(url: endpoint.url + "/v2/stats/self")]
            + Self.gatewayPrefixes.map { .post(url: endpoint.url + $0 + "/maintenance/status") }
    }

    /// 3.4 and later, 3.3.
    static let gatewayPrefixes = ["/v3", "/v3beta"]

    struct OwnStatus {
        var member: HostFiles.EtcdMemberID
        var leader: HostFiles.EtcdMemberID?

        /// - Parameter answers: to `ownStatus`, in its order.
        init?(_ answers: [HostHTTP.Answer]) {
            if let stats = try? EtcdSelfStats(answers[0].body), let id = stats.memberID {
                (member, leader) = (id, stats.leaderID)
                return
            }
            let statuses = answers.dropFirst().lazy.compactMap { try? EtcdEndpointStatus(gateway: $0.body) }
            guard let status = statuses.first else { return nil }
            (member, leader) = (status.memberID, status.leader)
        }
    }

    func unclear(_ answers: [HostHTTP.Answer], _ host: HostID, _ what: String) -> HostFault {
        let path = "\(endpoint.url)/v2/stats/self and /v3/maintenance/status"
        let said = answers[0].status.map { "answered \($0), and \(what)" } ?? "did not answer"
        return HostFault(host: host, kind: .answerUnreadable, why: "\(path) \(said)\(words(of: answers))")
    }

    private func words(of answers: [HostHTTP.Answer]) -> String {
        answers.lazy.compactMap(\.complaint).first.map { " (\($0))" } ?? ""
    }

    /// Nothing listens on the host's endpoint. No seat, if the host was never given etcd at all; unknown otherwise.
    private func seatOfSilent(_ http: HostHTTP, _ words: String) async throws(HostFault) -> EtcdSeat {
        let units = try await shell.run(
            http.host,
            HostCommand(
                "systemctl is-enabled etcd.service etcd2.service etcd-member.service 2>/dev/null; systemctl is-active etcd.service etcd2.service etcd-member.service"
            ))
        let states = Set(units.outputText.split(separator: "\n").map(String.init))
        guard states.isDisjoint(with: ["enabled", "active", "activating", "failed", "enabled-runtime"]) else {
            throw HostFault(
                host: http.host, kind: .commandFailed,
                why: "nothing answers on \(endpoint.url), though etcd is set up there\(words)")
        }
        return .none
    }

    /// By the gateway, which alone tells a learner from a voter; by the v2 API where there is none (facts 6.1). The
    /// gateway's list is the member's own: it is there without a quorum, too.
    private func members(_ http: HostHTTP) async throws(HostFault) -> [EtcdMember] {
        let answers = try await http.send(
            Self.gatewayPrefixes.map { .post(url: endpoint.url + $0 + "/cluster/member/list") }
                + [.get(url: endpoint.url + "/v2/members")])
        guard let served = answers.firstIndex(where: { $0.status == 200 }) else {
            let status = answers.last?.status.map { "answered \($0)" } ?? "did not answer"
            throw HostFault(
                host: http.host, kind: .commandFailed,
                why: "\(endpoint.url)/v2/members \(status)\(words(of: answers))")
        }
        do {
            let body = answers[served].body
            return try (served == answers.count - 1 ? EtcdMembers(v2: body) : EtcdMembers(v3: body)).members
        } catch {
            throw HostFault(host: http.host, kind: .answerUnreadable, why: "\(error)")
        }
    }

    private func health(of member: EtcdMember, _ answer: HostHTTP.Answer) -> EtcdView.Health {
        guard member.hasStarted else { return .unhealthy("it was added and never started") }
        guard let url = member.clientURLs.first else { return .unhealthy("it publishes no client address") }
        guard let status = answer.status else {
            return .unhealthy("no answer from \(url)/health" + words(of: [answer]))
        }
        guard let health = try? EtcdHealthAnswer(answer.body) else {
            return .unhealthy("\(url)/health answered \(status), and no health")
        }
        return health.isHealthy ? .healthy : .unhealthy(health.reason ?? "\(url)/health says so (\(status))")
    }
}
