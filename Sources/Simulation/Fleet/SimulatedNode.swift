import RolloutModel

/// What the API of Kubernetes has of a host's node, and the pods on it that can be evicted.
struct SimulatedNode: Sendable {
    var isCordoned = false
    var cordonedBy: RolloutID?
    /// Somebody cordoned it before the night, and wants it so.
    var isTheirs = false
    var pods = Self.podsUsual
    var revision = 0

    static let podsUsual = 3

    /// Of a node that somebody had cordoned.
    static let cordonedBefore = SimulatedNode(isCordoned: true, isTheirs: true)

    mutating func cordon(by rollout: RolloutID) {
        isCordoned = true
        cordonedBy = rollout
        revision += 1
    }

    /// Whatever waits for a place comes at once.
    mutating func uncordon() {
        isCordoned = false
        cordonedBy = nil
        revision += 1
        pods = Self.podsUsual
    }
}

extension World {
    /// Every node as the API has it: of a host that went down it has for a while what was true before.
    func nodeFacts(at now: Moment) -> [NodeFacts] {
        order.compactMap { id in
            guard let host = hosts[id], let node = nodes[id] else { return nil }
            let serves = host.isServing(at: now)
            let alive = serves ? now : host.downSince
            let isMissed = now - alive > Self.nodeGraceSeconds
            return NodeFacts(
                name: "node-of-\(id)", machine: host.machine,
                boot: BootID(host.isUp && !serves ? host.bootIDBefore : host.bootID),
                unready: isMissed ? "Ready is Unknown" : nil, isCordoned: node.isCordoned,
                cordonedBy: node.cordonedBy, renewal: "\(Int(alive / Self.renewalSeconds))",
                revision: "\(node.revision)")
        }
    }

    /// After which a silent node is no longer called ready (`node-monitor-grace-period`).
    private static let nodeGraceSeconds: Double = 40
    /// Between two renewals of a lease.
    private static let renewalSeconds: Double = 10
}
