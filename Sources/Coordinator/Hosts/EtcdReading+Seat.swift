import ClusterAnswers
import RolloutModel
import Rollouts

/// Reads the member that runs on a host.
extension EtcdReading {
    func seat(on host: HostID) async throws(HostFault) -> EtcdSeat {
        let place = try await own.place(on: host)
        let (sighting, answers, isProxy) = try await sight(place)
        guard answers.contains(where: { $0.status != nil }) else {
            return try await seatOfSilent(place, words(of: answers))
        }
        // A proxy passes on a member's answers, but is no member itself.
        if isProxy { return .none }
        guard case .member(let member) = sighting.word else {
            let version = answers.lazy.filter { $0.status == 200 }
                .compactMap { try? EtcdVersionAnswer($0.body) }.first
            if let server = version?.server, server.major == 0 { return .ancient(server: server.description) }
            throw unclear(sighting, host)
        }
        return .member(member.id, server: member.server?.description)
    }

    /// The leader, as the member behind the host's own endpoint sees it.
    func leader(seenBy host: HostID) async throws(HostFault) -> EtcdMemberID {
        let (member, place) = try await ownMember(of: host)
        guard let leader = member.leader else {
            throw HostFault(
                host: host, kind: .answerUnreadable,
                why: "\(place.url) is answered by member \(member.id), which sees no leader")
        }
        return leader
    }

    /// - Throws: `HostFault` where no member runs on the host, or the member is not known.
    func ownMember(
        of host: HostID
    ) async throws(HostFault) -> (member: EtcdSighting.Member, place: OwnEtcd.Place) {
        let place = try await own.place(on: host)
        let (sighting, answers, isProxy) = try await sight(place)
        if isProxy {
            throw HostFault(
                host: host, kind: .answerUnreadable,
                why: "\(place.url) is a proxy of etcd, and no member")
        }
        guard case .member(let member) = sighting.word else {
            let fault = unclear(sighting, host)
            throw HostFault(host: host, kind: fault.kind, why: fault.why + words(of: answers))
        }
        return (member, place)
    }

    private func sight(
        _ place: OwnEtcd.Place
    ) async throws(HostFault) -> (EtcdSighting, answers: [HostHTTP.Answer], isProxy: Bool) {
        let answers = try await place.http.send(
            EtcdSighting.requests(place.url) + [.get(url: place.url + Self.proxyPath)])
        try place.verify(answers)
        let proxy = answers.last.map { $0.status == 200 && EtcdProxyAnswer.isOne($0.body) } ?? false
        return (EtcdSighting(place.url, Array(answers.dropLast())), answers, proxy)
    }

    /// The path that an etcd2 which runs as a proxy answers by itself; it passes on all other requests.
    static let proxyPath = "/v2/config/local/proxy"

    /// The seat of a host on whose endpoint no etcd listens: none, if the host was never given etcd; unknown otherwise.
    /// An etcd of the operator's own unit, or of a container, is found by its process, since it may listen elsewhere.
    private func seatOfSilent(_ place: OwnEtcd.Place, _ words: String) async throws(HostFault) -> EtcdSeat {
        let units = try await shell.run(
            place.http.host,
            HostCommand(
                """
                systemctl is-enabled etcd.service etcd2.service etcd-member.service 2>/dev/null
                systemctl is-active etcd.service etcd2.service etcd-member.service
                cat /proc/[0-9]*/comm 2>/dev/null | grep -qxE 'etcd2?' && echo running
                """
            ))
        let states = Set(units.outputText.split(separator: "\n").map(String.init))
        guard
            states.isDisjoint(with: [
                "enabled", "active", "activating", "failed", "enabled-runtime", "running",
            ])
        else {
            throw HostFault(
                host: place.http.host, kind: .commandFailed,
                why: """
                    nothing answers on \(place.url), though etcd is set up there\(words); where it listens elsewhere, \
                    say so in gates.etcd.endpoint, with {address} for the host's own
                    """)
        }
        return .none
    }
}
