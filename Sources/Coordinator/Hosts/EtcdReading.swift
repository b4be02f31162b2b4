import Driving
import HostFiles
import RolloutModel

/// etcd as seen from one host: its members by the endpoint given, each member's health by its own client address.
struct EtcdReading: Sendable {
    var shell: HostShell
    /// As a host reaches it, for example `http://127.0.0.1:2379`.
    var endpoint: String

    func view(from host: HostID) async throws(HostFault) -> EtcdView {
        let http = HostHTTP(shell: shell, host: host)
        let members = try await members(http)
        let answers = try await http.send(
            members.map { .get(url: ($0.clientURLs.first ?? "http://unknown") + "/health") }
                + [.get(url: endpoint + "/version")])
        let version = answers.last.flatMap { try? EtcdVersionAnswer($0.body) }
        return EtcdView(
            members: zip(members, answers).map { member, answer in
                EtcdView.Member(
                    id: RolloutModel.EtcdMemberID(member.id.description),
                    name: member.name.isEmpty ? member.id.description : member.name,
                    isLearner: member.isLearner, health: health(of: member, answer))
            },
            clusterVersion: version?.cluster?.description)
    }

    /// The member behind the host's own endpoint.
    func seat(on host: HostID) async throws(HostFault) -> EtcdSeat {
        let http = HostHTTP(shell: shell, host: host)
        let answers = try await http.send([
            .get(url: endpoint + "/v2/stats/self"), .get(url: endpoint + "/version"),
        ])
        let answer = answers[0]
        guard answer.status != nil else { return try await seatOfSilent(host, http) }
        guard let id = (try? EtcdSelfStats(answer.body))?.memberID else {
            throw HostFault(
                host: host, kind: .answerUnreadable,
                why: "\(endpoint)/v2/stats/self answered \(answer.status ?? 0), and no member id")
        }
        let server = answers.last.flatMap { try? EtcdVersionAnswer($0.body) }?.server.description
        return .member(RolloutModel.EtcdMemberID(id.description), server: server)
    }

    /// The leader, as the member behind the host's own endpoint sees it.
    func leader(seenBy host: HostID) async throws(HostFault) -> RolloutModel.EtcdMemberID {
        let answers = try await HostHTTP(shell: shell, host: host).send([
            .get(url: endpoint + "/v2/stats/self")
        ])
        guard let leader = (try? EtcdSelfStats(answers[0].body))?.leaderID else {
            let status = answers[0].status.map { "answered \($0), and no leader" } ?? "did not answer"
            throw HostFault(host: host, kind: .answerUnreadable, why: "\(endpoint)/v2/stats/self \(status)")
        }
        return RolloutModel.EtcdMemberID(leader.description)
    }

    /// Nothing listens on the host's endpoint. No seat, if the host was never given etcd at all; unknown otherwise.
    private func seatOfSilent(_ host: HostID, _ http: HostHTTP) async throws(HostFault) -> EtcdSeat {
        let units = try await shell.run(
            host,
            HostCommand(
                "systemctl is-enabled etcd.service etcd2.service etcd-member.service 2>/dev/null; systemctl is-active etcd.service etcd2.service etcd-member.service"
            ))
        let states = Set(units.outputText.split(separator: "\n").map(String.init))
        guard states.isDisjoint(with: ["enabled", "active", "activating", "failed", "enabled-runtime"]) else {
            throw HostFault(
                host: host, kind: .commandFailed,
                why: "nothing answers on \(endpoint), though etcd is set up there")
        }
        return .none
    }

    /// By the v2 API where it is served, else by the gateway of 3.3 and later (facts 6.1).
    private func members(_ http: HostHTTP) async throws(HostFault) -> [EtcdMember] {
        let answers = try await http.send([
            .get(url: endpoint + "/v2/members"), .post(url: endpoint + "/v3/cluster/member/list"),
            .post(url: endpoint + "/v3beta/cluster/member/list"),
        ])
        guard let served = answers.firstIndex(where: { $0.status == 200 }) else {
            let status = answers[0].status.map { "answered \($0)" } ?? "did not answer"
            throw HostFault(host: http.host, kind: .commandFailed, why: "\(endpoint)/v2/members \(status)")
        }
        do {
            let body = answers[served].body
            return try (served == 0 ? EtcdMembers(v2: body) : EtcdMembers(v3: body)).members
        } catch {
            throw HostFault(host: http.host, kind: .answerUnreadable, why: "\(error)")
        }
    }

    private func health(of member: EtcdMember, _ answer: HostHTTP.Answer) -> EtcdView.Health {
        guard member.hasStarted else { return .unhealthy("it was added and never started") }
        guard let url = member.clientURLs.first else { return .unhealthy("it publishes no client address") }
        guard let status = answer.status else { return .unhealthy("no answer from \(url)/health") }
        guard let health = try? EtcdHealthAnswer(answer.body) else {
            return .unhealthy("\(url)/health answered \(status), and no health")
        }
        return health.isHealthy ? .healthy : .unhealthy(health.reason ?? "\(url)/health says so (\(status))")
    }
}
