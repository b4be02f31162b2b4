import ClusterAnswers
import RolloutModel
import Rollouts

/// Reads etcd through one host: the members from the host's own etcd, and the health of each member from that member
/// itself.
struct EtcdReading: Sendable {
    var shell: HostShell
    let own: OwnEtcd

    init(shell: HostShell, endpoint: EtcdEndpoint) {
        self.shell = shell
        own = OwnEtcd(shell: shell, endpoint: endpoint)
    }

    func view(from host: HostID) async throws(HostFault) -> EtcdView {
        let place = try await own.place(on: host)
        let (members, here) = try await members(place)
        guard case .member(let witness) = here.word else { throw unclear(here, host) }
        guard members.contains(where: { $0.id == witness.id }) else {
            throw HostFault(
                host: host, kind: .answerUnreadable,
                why: "\(place.url) is answered by member \(witness.id), which is not among those it lists")
        }
        let rollCall = try await call(members, here, place)
        return EtcdView(
            members: members.map { member in
                EtcdView.Member(
                    id: member.id,
                    name: member.name.isEmpty ? member.id.description : member.name,
                    isLearner: member.isLearner, health: rollCall.health(of: member),
                    version: rollCall.sighting(of: member)?.server?.description)
            },
            clusterVersion: witness.clusterVersion?.description)
    }

    /// Asks the addresses of each member, until the member has answered under its own id.
    private func call(
        _ members: [EtcdMember], _ here: EtcdSighting, _ place: OwnEtcd.Place
    ) async throws(HostFault) -> EtcdRollCall {
        var rollCall = EtcdRollCall(members: members, own: here)
        var http = place.http
        // The addresses come from members, so the credentials are not sent there.
        http.credentials = nil
        http.connectDeadline = .seconds(2)
        for round in 0..<EtcdRollCall.rounds {
            var left = rollCall.addresses(round: round)[...]
            while !left.isEmpty {
                let urls = Array(left.prefix(Self.addressesAtOnce))
                left = left.dropFirst(urls.count)
                try await ask(urls, http, &rollCall)
            }
        }
        return rollCall
    }

    /// The number of addresses that one command can wait for within its deadline.
    private static let addressesAtOnce = 5

    /// Asks the addresses for their members. The first request finds dead addresses, which are not asked any further.
    private func ask(
        _ urls: [String], _ http: HostHTTP, _ rollCall: inout EtcdRollCall
    ) async throws(HostFault) {
        let answers = try await http.send(urls.map { .get(url: $0 + "/version") })
        var alive: [String] = []
        for (url, answer) in zip(urls, answers) {
            if answer.status == nil {
                rollCall.noteSilence(at: url, answer.complaint ?? "")
            } else {
                alive.append(url)
            }
        }
        guard !alive.isEmpty else { return }
        let said = try await http.send(alive.flatMap(EtcdSighting.requests))
        let count = EtcdSighting.requestCount
        for (index, url) in alive.enumerated() {
            rollCall.note(EtcdSighting(url, Array(said.dropFirst(index * count).prefix(count))))
        }
    }

    /// Reads fleet's registry from the v2 store of the same etcd, with a quorum, so that all witnesses get the same
    /// answer.
    func fleetRegistry(seenBy host: HostID) async throws(HostFault) -> [MachineID: FleetEntry] {
        let path = "/v2/keys/_coreos.com/fleet/machines?recursive=true&quorum=true"
        let place = try await own.place(on: host)
        let answers = try await place.http.send([.get(url: place.url + path)])
        try place.verify(answers)
        do {
            let found = try FleetRegistrations(answers[0].body).entries
            return Dictionary(
                uniqueKeysWithValues: found.map { id, entry in
                    (
                        MachineID(id),
                        FleetEntry(index: entry.index, timeLeft: entry.timeLeft)
                    )
                })
        } catch {
            throw HostFault(host: host, kind: .answerUnreadable, why: "\(error)")
        }
    }

    func members(seenBy host: HostID) async throws(HostFault) -> [EtcdMember] {
        try await members(try await own.place(on: host)).members
    }

    /// Reads the members from the gateway, or from the v2 API if there is no gateway (facts 6.1): only the gateway
    /// tells a learner from a voter. The gateway's list is the member's own copy, and is there without a quorum, too.
    /// The same command asks for the member that gave the list.
    private func members(
        _ place: OwnEtcd.Place
    ) async throws(HostFault) -> (members: [EtcdMember], by: EtcdSighting) {
        let lists: [HostHTTP.Request] =
            EtcdSighting.gatewayPrefixes.map { .post(url: place.url + $0 + "/cluster/member/list") }
            + [.get(url: place.url + "/v2/members")]
        let all = try await place.http.send(lists + EtcdSighting.requests(place.url))
        try place.verify(all)
        let answers = Array(all.prefix(lists.count))
        guard let served = answers.firstIndex(where: { $0.status == 200 }) else {
            let status = answers.last?.status.map { "answered \($0)" } ?? "did not answer"
            throw HostFault(
                host: place.http.host, kind: .commandFailed,
                why: "\(place.url)/v2/members \(status)\(words(of: answers))")
        }
        do {
            let body = answers[served].body
            let members = try (served == answers.count - 1 ? EtcdMembers(v2: body) : EtcdMembers(v3: body))
            return (members.members, EtcdSighting(place.url, Array(all.dropFirst(lists.count))))
        } catch {
            throw HostFault(host: place.http.host, kind: .answerUnreadable, why: "\(error)")
        }
    }

    func unclear(_ sighting: EtcdSighting, _ host: HostID) -> HostFault {
        let why: String
        switch sighting.word {
        case .member(let member): why = "is answered by member \(member.id)"
        case .nameless(let silence): why = silence
        case .mixed(let ids):
            why = """
                is answered by several members in turn, \(ids.map(\.description).joined(separator: " and ")): a balancer is \
                no host's own etcd
                """
        }
        return HostFault(host: host, kind: .answerUnreadable, why: "\(sighting.url) \(why)")
    }

    /// The words printed beside a failure.
    func words(of answers: [HostHTTP.Answer]) -> String {
        if let refusal = answers.lazy.compactMap(\.refusal).first {
            return ": " + own.endpoint.credentials.advice(refusal)
        }
        return answers.lazy.compactMap(\.complaint).first.map { " (\($0))" } ?? ""
    }
}
