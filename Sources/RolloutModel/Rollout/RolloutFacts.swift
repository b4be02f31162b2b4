/// The facts about a rollout that its procedures share, and find out for it.
struct RolloutFacts: Codable, Hashable, Sendable {
    let plan: Plan
    /// Pinned by the plan, or frozen by the first offer.
    var target: Version?
    /// The versions of hosts that were offered nothing before the target was known: a version may turn out to be the
    /// target.
    var unoffered: [HostID: Version]
    /// Hosts that reverted and may be tried again, by a person's word.
    var revertsAccepted: Set<HostID>

    init(plan: Plan) {
        self.plan = plan
        self.target = plan.target.pinned
        self.unoffered = [:]
        self.revertsAccepted = plan.retryReverted ? Set(plan.hosts.map(\.id)) : []
    }

    /// The hold reason for a host that came back in another version than the target.
    func arrival(_ host: HostID, _ running: Version, target: Version) -> HoldReason {
        let before = plan.hosts.first { $0.id == host }?.version
        return running == before
            ? .step(.reverted(host: host, running: running, target: target))
            : .step(.wrongVersion(host: host, running: running, target: target))
    }
}
