import RolloutModel

/// The node of a host in the API of Kubernetes, and the evictable pods on it.
struct SimulatedNode: Sendable {
    var isCordoned = false
    var cordonedBy: RolloutID?
    /// True if somebody cordoned the node before the trial, and wants it to stay so.
    var isTheirs = false
    var pods = Self.podsUsual
    var revision = 0

    static let podsUsual = 3

    /// A node that somebody had cordoned.
    static let cordonedBefore = SimulatedNode(isCordoned: true, isTheirs: true)

    mutating func cordon(by rollout: RolloutID) {
        isCordoned = true
        cordonedBy = rollout
        revision += 1
    }

    /// Uncordons the node. Pods that wait for a place come at once.
    mutating func uncordon() {
        isCordoned = false
        cordonedBy = nil
        revision += 1
        pods = Self.podsUsual
    }
}

extension World {
    /// All nodes as the API shows them. For a while, the API shows a host that went down as it was before.
    func nodeFacts(at now: Moment) -> [NodeFacts] {
        order.compactMap { id in
            guard let host = hosts[id], let node = nodes[id] else { return nil }
            let serves = host.isServing(at: now)
            let alive = serves ? now : host.downSince
            let isMissed = now - alive > Self.nodeGrace
            return NodeFacts(
                name: "node-of-\(id)", machine: host.machine,
                boot: BootID(host.isUp && !serves ? host.bootIDBefore : host.bootID),
                unready: isMissed ? "Ready is Unknown" : nil, isCordoned: node.isCordoned,
                cordonedBy: node.cordonedBy,
                renewal: "\(Int(clamping: alive.sinceStart / Self.renewalInterval))",
                revision: "\(node.revision)")
        }
    }

    /// The time after which a silent node is no longer called ready (`node-monitor-grace-period`).
    private static let nodeGrace = Duration.seconds(40)
    /// The time between two renewals of a lease.
    private static let renewalInterval = Duration.seconds(10)
}
