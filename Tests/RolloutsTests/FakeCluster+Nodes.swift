import RolloutModel
import Rollouts
import Synchronization

/// The three hosts as nodes of Kubernetes: each of the boot that its host is in, with a kubelet that lives while it does.
extension FakeCluster {
    struct Node {
        var isCordoned = false
        var cordonedBy: RolloutID?
        var revision = 1
        /// Drains still to be refused by a budget.
        var blockedDrains = 0
        /// Writes still to be overtaken by somebody else's.
        var racedWrites = 0
        /// Answers still to be lost after the act.
        var answersToLose = 0
    }

    func changeNode(_ host: String, _ body: (inout Node) -> Void) {
        state.withLock { body(&$0.nodes[HostID(host), default: Node()]) }
    }

    func node(_ host: String) -> Node { state.withLock { $0.nodes[HostID(host)] ?? Node() } }

    /// The plan for it, with somebody's cordons in it.
    var planWithNodes: Plan {
        var plan = plan
        plan.nodes = ids.map { .init(host: $0, name: "node-\($0)", isCordoned: node($0.rawValue).isCordoned) }
        return plan
    }

    var nodeAccess: NodeAccess {
        NodeAccess(
            nodes: { [self] () throws(NodeFault) in
                try spendQuestion()
                return state.withLock { state in ids.map { facts($0, state) } }
            },
            cordon: { [self] node, rollout throws(NodeFault) in
                try write(node, "cordon") { node in
                    node.isCordoned = true
                    node.cordonedBy = rollout
                }
            },
            uncordon: { [self] node throws(NodeFault) in
                try write(node, "uncordon") { node in
                    node.isCordoned = false
                    node.cordonedBy = nil
                }
            },
            drain: { [self] name throws(NodeFault) in
                try spendQuestion()
                return state.withLock { state in
                    let host = HostID(String(name.dropFirst("node-".count)))
                    state.acts.append("drain \(host)")
                    state.now = state.now + .seconds(20)
                    guard let blocked = state.nodes[host]?.blockedDrains, blocked > 0 else {
                        return .drained(evicted: ["web-0", "web-1"])
                    }
                    state.nodes[host]?.blockedDrains -= 1
                    return .blocked(pods: ["default/web-0"], budgets: ["default/web"], said: "timeout")
                }
            })
    }

    private func facts(_ id: HostID, _ state: State) -> NodeFacts {
        let (host, node) = (state.hosts[id] ?? Host(), state.nodes[id] ?? Node())
        let isUp = host.downUntil <= state.now
        return NodeFacts(
            name: "node-\(id)", machine: MachineID("m-\(id)"), boot: BootID("\(id)-\(host.boots)"),
            unready: isUp ? nil : "Ready is Unknown", isCordoned: node.isCordoned,
            cordonedBy: node.cordonedBy,
            renewal: "\(Int(state.now.sinceStart / .seconds(10)))", revision: "\(node.revision)")
    }

    private func write(
        _ facts: NodeFacts, _ verb: String, _ body: (inout Node) -> Void
    ) throws(NodeFault) {
        try spendQuestion()
        let host = HostID(String(facts.name.dropFirst("node-".count)))
        let fault = state.withLock { state -> NodeFault? in
            var node = state.nodes[host] ?? Node()
            defer { state.nodes[host] = node }
            if node.racedWrites > 0 {
                node.racedWrites -= 1
                node.revision += 1
            }
            guard "\(node.revision)" == facts.revision else { return NodeFault(.changed, why: "409") }
            body(&node)
            node.revision += 1
            state.acts.append("\(verb) \(host)")
            guard node.answersToLose > 0 else { return nil }
            node.answersToLose -= 1
            return NodeFault(.unanswered, why: "connection reset")
        }
        if let fault { throw fault }
    }

    /// The coordinator may die of any.
    private func spendQuestion() throws(NodeFault) {
        let isDead = state.withLock { state in
            guard let left = state.callsLeft else { return false }
            guard left > 0 else { return true }
            state.callsLeft = left - 1
            if left == 1 { state.onDeath() }
            return false
        }
        guard !isDead else { throw NodeFault(.impossible, why: "this process is dead") }
    }
}
