import ClusterAnswers
import RolloutModel
import Rollouts

/// Consul as the agent on a host sees it.
struct ConsulReading: Sendable {
    private let shell: HostShell
    private let endpoint: ConsulEndpoint
    private let addresses: HostAddresses
    private let identities: HostIdentities

    init(shell: HostShell, endpoint: ConsulEndpoint) {
        self.shell = shell
        self.endpoint = endpoint
        addresses = HostAddresses(shell: shell)
        identities = HostIdentities(shell: shell)
    }

    /// - Throws: `HostFault` also if another machine answers, or an agent that is not the host's own.
    func sight(of host: HostID) async throws(HostFault) -> ConsulSight {
        let url = try await url(of: host)
        var http = HostHTTP(shell: shell, host: host, tls: endpoint.tls, outputBytesMax: Self.outputBytesMax)
        if let token = endpoint.token {
            // The token is for the host's own agent alone, and silence does not say who is there.
            let first = try await http.send([.get(url: url + ConsulQuestion.open.path)])
            guard first.contains(where: { $0.status != nil }) else {
                return try await silence(host, url, first.first?.complaint)
            }
            try own(first, http, url)
            http.secretHeader = token.header
        }
        let answers = try await http.send(ConsulQuestion.allCases.map { .get(url: url + $0.path) })
        guard answers.contains(where: { $0.status != nil }) else {
            return try await silence(host, url, answers.first?.complaint)
        }
        try own(answers, http, url)
        return .agent(
            try await view(ConsulAnswers(answers, of: host, url: url, token: endpoint.token), host))
    }

    /// An answer has some hundred bytes a member, and the agent's whole configuration.
    private static let outputBytesMax = 8 << 20

    private func url(of host: HostID) async throws(HostFault) -> String {
        guard endpoint.needsAddress else { return endpoint.url }
        let address = try await addresses.address(of: host, for: ConsulEndpoint.setting)
        return endpoint.url.replacing(EtcdEndpoint.addressPlace, with: address.inURL)
    }

    private func own(_ answers: [HostHTTP.Answer], _ http: HostHTTP, _ url: String) throws(HostFault) {
        try http.requireOwn(
            answers, at: url, setting: ConsulEndpoint.setting, port: ConsulEndpoint.usualPort)
    }

    private func view(_ answers: ConsulAnswers, _ host: HostID) async throws(HostFault) -> ConsulView {
        let agent = try answers.agent()
        guard try await identities.has(host, name: agent.name, or: agent.address) else {
            throw HostFault(
                host: host, kind: .answerUnreadable,
                why: """
                    \(answers.url) is answered by the agent of '\(agent.name)', which is neither the host's name nor a \
                    member at one of its addresses: it may be another host's
                    """)
        }
        let members = try answers.members(of: agent)
        let raft = try answers.raft()
        return ConsulView(
            own: ConsulNode(id: agent.id, name: agent.name), datacenter: agent.datacenter,
            hasLeader: raft != nil, members: members.map { ConsulMember($0) },
            servers: try servers(of: raft, among: members, answers))
    }

    /// - Parameter raft: nil without a leader.
    private func servers(
        of raft: ConsulRaft?, among members: [ConsulMemberList.Member], _ answers: ConsulAnswers
    ) throws(HostFault) -> [ConsulServer] {
        guard let raft else { return [] }
        let health = try answers.health()
        return raft.servers.map { ConsulServer($0, among: members, health) }
    }

    /// The result if no agent answers: `none` if the host was never given one; unknown otherwise, as the agent may
    /// listen elsewhere.
    private func silence(
        _ host: HostID, _ url: String, _ complaint: String?
    ) async throws(HostFault) -> ConsulSight {
        let result = try await shell.run(
            host,
            HostCommand(
                """
                systemctl is-enabled consul.service 2>/dev/null
                systemctl is-active consul.service
                cat /proc/[0-9]*/comm 2>/dev/null | grep -qx consul && echo running
                exit 0
                """))
        let states = Set(result.outputText.split(separator: "\n").map(String.init))
        guard
            states.isDisjoint(with: [
                "enabled", "enabled-runtime", "linked", "active", "activating", "failed", "running",
            ])
        else {
            throw HostFault(
                host: host, kind: .commandFailed,
                why: """
                    nothing answers on \(url), though Consul is set up there\(complaint.map { " (\($0))" } ?? ""); where \
                    the agent listens elsewhere, say so in \(ConsulEndpoint.setting), with {address} for the host's own
                    """)
        }
        return .none
    }
}

extension Lookout {
    /// Consul, asked of each host's own agent.
    public static func consul(shell: HostShell, endpoint: ConsulEndpoint) -> Lookout {
        let reading = ConsulReading(shell: shell, endpoint: endpoint)
        return Lookout(
            \.consul, ask: { host throws(HostFault) in try await reading.sight(of: host) },
            note: { host, seen, plan in plan.noteConsul(seen, of: host) })
    }
}

extension ConsulMember {
    init(_ member: ConsulMemberList.Member) {
        self.init(
            id: member.id, name: member.name, isServer: member.server != nil,
            presence: Presence(rawValue: member.status) ?? .none)
    }
}

extension ConsulServer {
    /// A server that autopilot does not know is not well.
    init(
        _ server: ConsulRaft.Server, among members: [ConsulMemberList.Member], _ health: ConsulHealth
    ) {
        let own = members.filter { member in
            server.id.map { member.id == $0 } ?? (member.server == server.place)
        }
        // After a rename gossip has the node under both names for a while.
        let member = own.first { $0.status == ConsulMember.Presence.alive.rawValue } ?? own.first
        let name = member?.name ?? server.name
        let found = health.servers.first { known in
            server.id.map { known.id == $0 } ?? (known.name == name)
        }
        self.init(
            id: server.id ?? member?.id, name: name, isVoter: server.isVoter,
            presence: member.flatMap { ConsulMember.Presence(rawValue: $0.status) },
            isHealthy: found?.isHealthy == true)
    }
}
