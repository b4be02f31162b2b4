import ClusterAnswers
import RolloutModel

/// Chooses the addresses at which members are asked, and judges each member by the answers that came under its own id.
struct EtcdRollCall: Sendable {
    let members: [EtcdMember]
    /// The cluster's id, by the gateway of the host that is asked; nil if it has no gateway.
    let cluster: UInt64?
    private var sightings: [EtcdSighting]
    private var silent: [String: String] = [:]

    /// The number of addresses that are asked for one member.
    private static let urlsMax = 8

    /// - Parameter own: the member behind the endpoint of the host that is asked.
    init(members: [EtcdMember], own: EtcdSighting) {
        self.members = members
        sightings = [own]
        if case .member(let member) = own.word { cluster = member.cluster } else { cluster = nil }
    }

    // MARK: Asking

    /// The rounds of questions: the first asks each member's first address, the second all other addresses.
    static let rounds = 2

    /// The addresses to ask in a round, each once, without those that were asked before.
    func addresses(round: Int) -> [String] {
        let missing = members.filter { $0.hasStarted && sighting(of: $0) == nil }
        var urls: [String] = []
        for member in missing {
            let candidates = candidates(of: member)
            for url in round == 0 ? candidates.prefix(1) : candidates.prefix(Self.urlsMax)
            where !urls.contains(url) && !wasAsked(url) {
                urls.append(url)
            }
        }
        return urls
    }

    mutating func note(_ sighting: EtcdSighting) { sightings.append(sighting) }

    /// - Parameter words: curl's message, or nothing.
    mutating func noteSilence(at url: String, _ words: String) { silent[url] = words }

    private func wasAsked(_ url: String) -> Bool {
        silent[url] != nil || sightings.contains { $0.url == url }
    }

    /// The member's addresses: its published client URLs, then its peer URLs' hosts at every client port of the
    /// cluster.
    private func candidates(of member: EtcdMember) -> [String] {
        var urls = member.clientURLs.compactMap { EtcdAddress($0)?.url }
        for peer in member.peerURLs.compactMap({ EtcdAddress($0) }) where !peer.isLocal {
            for client in clientPorts {
                urls.append(
                    EtcdAddress(scheme: client.scheme, host: peer.host, zone: peer.zone, port: client.port)
                        .url)
            }
        }
        return urls.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private struct ClientPort: Hashable {
        var scheme: EtcdAddress.Scheme
        var port: UInt16?
    }

    private var clientPorts: [ClientPort] {
        let published = members.flatMap(\.clientURLs) + sightings.prefix(1).map(\.url)
        return published.compactMap { EtcdAddress($0) }.map { ClientPort(scheme: $0.scheme, port: $0.port) }
            .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    // MARK: What came of it

    /// The answer that came under the member's own id and from this cluster; nil if none did.
    func sighting(of member: EtcdMember) -> EtcdSighting.Member? {
        for sighting in sightings {
            if case .member(let seen) = sighting.word, seen.id == member.id, isOfThisCluster(seen) {
                return seen
            }
        }
        return nil
    }

    private func isOfThisCluster(_ seen: EtcdSighting.Member) -> Bool {
        guard let cluster, let other = seen.cluster else { return true }
        return cluster == other
    }

    func health(of member: EtcdMember) -> EtcdView.Health {
        guard member.hasStarted else { return .unhealthy("it was added and never started") }
        switch sighting(of: member)?.health {
        case .healthy: return .healthy
        case .unhealthy(let why): return .unhealthy(why)
        case .untold(let why): return .unknown(why)
        case nil: return absence(of: member)
        }
    }

    /// The health of a member that did not answer: unhealthy if nobody answers at its addresses, otherwise unknown.
    private func absence(of member: EtcdMember) -> EtcdView.Health {
        let odd = member.clientURLs.first { EtcdAddress($0) == nil }
        let asked = candidates(of: member).prefix(Self.urlsMax)
        if asked.isEmpty {
            return .unknown(
                odd.map { "it publishes \($0.prefix(80).debugDescription), which is no address" }
                    ?? "it publishes no address")
        }
        let words = asked.map(word).joined(separator: ", ")
        return asked.allSatisfy { silent[$0] != nil } && odd == nil
            ? .unhealthy(words) : .unknown("none of its addresses is answered by it: \(words)")
    }

    private func word(on url: String) -> String {
        if let why = silent[url] { return "no answer from \(url)" + (why.isEmpty ? "" : " (\(why))") }
        switch sightings.first(where: { $0.url == url })?.word {
        case .member(let seen): return "\(url) is answered by \(name(of: seen))"
        case .mixed(let ids):
            return "\(url) is answered by several: \(ids.map(name).joined(separator: " and "))"
        case .nameless(let why): return "\(url) \(why)"
        case nil: return "\(url) was not asked"
        }
    }

    private func name(of seen: EtcdSighting.Member) -> String {
        isOfThisCluster(seen) ? name(of: seen.id) : "\(seen.id), of another cluster"
    }

    private func name(of id: EtcdMemberID) -> String {
        let name = members.first { $0.id == id }?.name ?? ""
        return name.isEmpty ? "\(id)" : "'\(name)'"
    }
}
