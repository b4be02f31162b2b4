/// A look at Consul from all hosts, judged about one of them.
struct ConsulLook {
    let takenAt: Moment
    let host: HostID
    /// True if the host is rolled back, and may be the broken one.
    let isRetreat: Bool
    let before: [HostID: ConsulSeat]
    /// By the agents of the hosts, in the order of the hosts.
    let views: [(witness: HostID, view: ConsulView)]
    /// Hosts that do not tell, and why.
    private let silent: [(host: HostID, why: String)]
    /// Hosts without an agent.
    private let bare: [HostID]

    init(
        _ inventory: Inventory, of host: HostID, among hosts: [HostID], before: [HostID: ConsulSeat],
        isRetreat: Bool
    ) {
        takenAt = inventory.takenAt
        self.host = host
        self.isRetreat = isRetreat
        self.before = before
        let seen = hosts.map { ($0, inventory.consul[$0] ?? .unknown("not asked")) }
        views = seen.compactMap { host, sight in
            guard case .seen(.agent(let view)) = sight else { return nil }
            return (host, view)
        }
        silent = seen.compactMap { host, sight in
            guard case .unknown(let why) = sight else { return nil }
            return (host, why)
        }
        bare = seen.compactMap { host, sight in sight == .seen(.none) ? host : nil }
    }

    /// The node on the host: by its own agent, or as it was when the plan was made.
    var node: ConsulNodeID? { views.first { $0.witness == host }?.view.own.id ?? before[host]?.node }

    /// The views of the agents of other hosts.
    var others: [(witness: HostID, view: ConsulView)] { views.filter { $0.witness != host } }

    /// The reasons why Consul is not whole.
    var holds: [ConsulHold] {
        let strange = strangeHolds
        guard strange.isEmpty else { return strange }
        return silentHolds + leaderHolds + serverHolds + (isRetreat ? [] : memberHolds)
    }

    // MARK: Who answers

    /// An agent runs on one host, and all hosts are in one datacenter. Otherwise nothing counts that any of them tells.
    private var strangeHolds: [ConsulHold] {
        let isSomewhere = !views.isEmpty || !silent.isEmpty || bare.contains { before[$0] != nil }
        guard isSomewhere else { return [.consulNowhere(hosts: bare)] }
        let claims = Dictionary(grouping: views) { $0.view.own.id }.filter { $0.value.count > 1 }
        let shared = claims.sorted { $0.key < $1.key }.map { id, views in
            ConsulHold.consulNodeShared(hosts: views.map(\.witness), node: id)
        }
        guard shared.isEmpty, let first = views.first else { return shared }
        return views.first { $0.view.datacenter != first.view.datacenter }.map { other in
            [
                .consulDatacentersDiffer(
                    host: first.witness, datacenter: first.view.datacenter, other: other.witness,
                    otherDatacenter: other.view.datacenter)
            ]
        } ?? []
    }

    private var silentHolds: [ConsulHold] {
        let asked = silent.filter { !isRetreat || $0.host != host }
        let gone = bare.filter { before[$0] != nil && (!isRetreat || $0 != host) }
        return asked.map { .consulUnknown(host: $0.host, why: $0.why) } + gone.map { .consulGone(host: $0) }
    }

    // MARK: The servers

    private var leaderHolds: [ConsulHold] {
        let without = views.filter { !$0.view.hasLeader }.map(\.witness)
        return without.isEmpty ? [] : [.consulLeaderless(seenBy: without)]
    }

    /// The servers that are not well, each once, whichever hosts see it so.
    private var serverHolds: [ConsulHold] {
        var found: [(server: ConsulServer, why: String, seenBy: [HostID])] = []
        for (witness, view) in views {
            for server in view.servers + view.strays where !isRetreat || !isOwn(server) {
                guard let why = server.trouble else { continue }
                if let index = found.firstIndex(where: { $0.server.isSame(as: server) }) {
                    found[index].seenBy.append(witness)
                } else {
                    found.append((server, why, [witness]))
                }
            }
        }
        return found.map { server, why, seenBy in
            .consulServerDown(
                server: server.name, seenBy: seenBy, why: why, on: server.id.flatMap(home))
        }
    }

    /// The host of a node: by its own agent, or as it was when the plan was made.
    private func home(of node: ConsulNodeID) -> HostID? {
        views.first { $0.view.own.id == node }?.witness ?? before.first { $0.value.node == node }?.key
    }

    private func isOwn(_ server: ConsulServer) -> Bool { server.id != nil && server.id == node }

    /// Holds if the other voters cannot form a quorum.
    var quorumHolds: [ConsulHold] {
        let losses = views.compactMap { witness, view -> ConsulHold? in
            let voters = view.servers.filter(\.isVoter)
            // A client, or a server without a vote, takes no vote away.
            guard voters.contains(where: isOwn) else { return nil }
            let left = voters.count { !isOwn($0) && $0.trouble == nil }
            let votes = Quorum(voters: voters.count).votes
            guard left < votes else { return nil }
            return .consulQuorumWouldBreak(
                host: host, healthyWithout: left, votesNeeded: votes, voters: voters.count, seenBy: witness)
        }
        return Array(losses.prefix(1))
    }

    // MARK: The host's own agent

    /// The host's agent is alive as others see it: its own view says nothing about that.
    private var memberHolds: [ConsulHold] {
        guard let node, !bare.contains(host) else { return [] }
        // Other hosts that do not tell are holds of their own.
        guard !others.isEmpty else {
            return silent.contains { $0.host != host } ? [] : [.consulNoWitness(host: host)]
        }
        let missing = others.compactMap { witness, view -> (HostID, String)? in
            // After a rename gossip has the node under both names for a while.
            let members = view.members.filter { $0.id == node }
            guard !members.contains(where: { $0.presence == .alive }) else { return nil }
            return (witness, members.first?.presence.words ?? "gossip does not know it")
        }
        guard let first = missing.first else { return [] }
        return [.consulMemberMissing(host: host, seenBy: missing.map(\.0), why: first.1)]
    }

    /// True if the host's server has no vote, as another host sees it.
    var lacksVote: Bool {
        others.contains { _, view in !view.servers.contains { $0.id == node && $0.isVoter } }
    }
}

extension ConsulView {
    /// Servers that gossip knows and raft does not, except those that left for good.
    fileprivate var strays: [ConsulServer] {
        let known = Set(servers.compactMap(\.id))
        return members.filter { member in
            member.isServer && member.presence != .left && !(member.id.map(known.contains) ?? false)
        }.map {
            ConsulServer(
                id: $0.id, name: $0.name, isVoter: false, presence: $0.presence, isHealthy: true)
        }
    }
}

extension ConsulServer {
    fileprivate func isSame(as other: ConsulServer) -> Bool {
        id == nil || other.id == nil ? name == other.name : id == other.id
    }
}
