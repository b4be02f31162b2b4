/// The answers of an agent of Consul, as its HTTP API gives them (facts 11).
struct ConsulAPI {
    var pool: ConsulPool
    var fault: ConsulFault?

    struct Answer: Hashable, Sendable {
        var status = 200
        var body: String
    }

    private var roster: ConsulRoster { pool.roster }

    /// - Parameter token: that was shown with the question.
    func answer(_ path: String, token: String?) -> Answer {
        if fault == .html { return Answer(body: "<html><body>Welcome to nginx!</body></html>") }
        let isOpen = path == "/v1/status/leader"
        if fault == .denied || !isOpen && roster.token != nil && token != roster.token {
            return Answer(
                status: 403,
                body: "Permission denied: token with AccessorID 'anonymous' lacks permission 'operator:read'")
        }
        switch path {
        case "/v1/agent/self": return Answer(body: agent)
        case "/v1/agent/members": return Answer(body: fault == .filtered ? "[]" : members)
        case "/v1/status/leader": return Answer(body: "\"\(leader.map(Self.place) ?? "")\"")
        case "/v1/operator/raft/configuration": return leader == nil ? Self.leaderless : Answer(body: raft)
        case "/v1/operator/autopilot/health": return health
        default: return Answer(status: 404, body: "Invalid URL path: not a recognized HTTP API endpoint")
        }
    }

    private static let leaderless = Answer(status: 500, body: "No cluster leader")

    private var leader: ConsulRoster.Member? { fault == .leaderless ? nil : pool.leader }

    private static func place(_ member: ConsulRoster.Member) -> String {
        "\(member.address):\(ConsulRoster.serverPort)"
    }

    private var agent: String {
        let other = roster.members.first { $0 != roster.own }
        let own = fault == .stranger ? other ?? roster.own : roster.own
        return """
            {"Config":{"Datacenter":"\(ConsulRoster.datacenter)","NodeName":"\(own.name)","NodeID":"\(own.id)",\
            "Server":\(own.role == .server),"Revision":"0","Version":"1.10.0"},"DebugConfig":{},"Coord":null,\
            "Member":\(member(own)),"Meta":{}}
            """
    }

    private var members: String { "[\(roster.members.map(member).joined(separator: ","))]" }

    private func member(_ member: ConsulRoster.Member) -> String {
        let status = fault == .stale && member.role != .left ? 1 : pool.status(of: member)
        let role = member.role == .client ? #""role":"node""# : #""role":"consul","port":"8300""#
        return """
            {"Name":"\(member.name)","Addr":"\(member.address)","Port":\(ConsulRoster.gossipPort),\
            "Tags":{"dc":"\(ConsulRoster.datacenter)","id":"\(member.id)",\(role)},"Status":\(status),\
            "ProtocolMin":1,"ProtocolMax":5,"ProtocolCur":2,"DelegateMin":2,"DelegateMax":5,"DelegateCur":4}
            """
    }

    private var raft: String {
        let servers = roster.servers.map { server in
            """
            {"ID":"\(server.id)","Node":"\(server.name)","Address":"\(Self.place(server))",\
            "Leader":\(server == leader),"ProtocolVersion":"3","Voter":\(pool.isVoter(server))}
            """
        }
        return "{\"Servers\":[\(servers.joined(separator: ","))],\"Index\":0}"
    }

    private var health: Answer {
        if fault == .limited { return Answer(status: 429, body: "rate limit exceeded, try again later") }
        guard leader != nil else { return Self.leaderless }
        // The last of them, so that the leader is well.
        let sick = fault == .unhealthy ? roster.servers.last : nil
        let isWell = { (server: ConsulRoster.Member) in pool.isAlive(server) && server != sick }
        let servers = roster.servers.map { server in
            """
            {"ID":"\(server.id)","Name":"\(server.name)","Address":"\(Self.place(server))",\
            "SerfStatus":"\(pool.isAlive(server) ? "alive" : "failed")","Leader":\(server == leader),\
            "Healthy":\(isWell(server)),"Voter":\(pool.isVoter(server))}
            """
        }
        let allAreWell = roster.servers.allSatisfy(isWell)
        return Answer(
            status: allAreWell ? 200 : 429,
            body:
                "{\"Healthy\":\(allAreWell),\"FailureTolerance\":0,\"Servers\":[\(servers.joined(separator: ","))]}"
        )
    }
}
