/// The questions to an agent in one look, in this order.
enum ConsulQuestion: String, CaseIterable {
    case agent = "/v1/agent/self"
    case members = "/v1/agent/members"
    case leader = "/v1/status/leader"
    case raft = "/v1/operator/raft/configuration"
    case health = "/v1/operator/autopilot/health"

    var path: String { rawValue }

    /// Needs no token, whatever Consul's ACLs are.
    static let open = ConsulQuestion.leader
}
