/// Every host is a node of Kubernetes that is ready. The gate needs no plan.
struct NodeGate {
    var hosts: [ClusterHost]
    /// The rollout whose own cordon is no obstacle.
    var rollout: RolloutID
    /// The host whose node was drained for its reboot.
    var drained: HostID?

    /// Every host is one node, which is ready in the boot that its host is in; and every kubelet is alive.
    func holds(_ checkpoint: Checkpoint, of host: HostID, history: [Inventory]) -> [NodeHold] {
        guard let latest = history.last else { return [] }
        // The node of a host that is to be rolled back is not waited for: it may be the broken one.
        let asked = hosts.filter { checkpoint != .beforeRollback || $0.id != host }
        switch latest.nodes ?? .unknown("not asked") {
        case .unknown(let why):
            return [.nodesUnknown(why: why)]
        case .seen(let nodes):
            let reasons =
                asked.flatMap { unreadyReasons(of: $0, boot: latest.hosts[$0.id]?.value?.boot, nodes) }
                + cordonReasons(checkpoint, of: host, nodes)
            guard reasons.isEmpty else { return reasons }
            let silent = asked.filter { !isAlive($0.machine, in: history) }.map(\.id)
            return silent.isEmpty ? [] : [.kubeletsSilent(hosts: silent)]
        }
    }

    private func unreadyReasons(
        of planned: ClusterHost, boot: BootID?, _ nodes: [NodeFacts]
    ) -> [NodeHold] {
        switch NodeFacts.only(of: planned.id, planned.machine, among: nodes) {
        case .failure(let nobody):
            return [nobody.hold]
        case .success(let node):
            if let why = node.unready { return [.nodeNotReady(host: planned.id, node: node.name, why: why)] }
            // The kubelet's report from before the reboot proves nothing. A silent host is a reason of its own.
            guard let boot, node.boot != boot else { return [] }
            return [.nodeOfAnotherBoot(host: planned.id, node: node.name, boot: node.boot)]
        }
    }

    /// The reasons against nodes that another rollout cordoned, and against a drained node that takes pods again.
    private func cordonReasons(
        _ checkpoint: Checkpoint, of host: HostID, _ nodes: [NodeFacts]
    ) -> [NodeHold] {
        switch checkpoint {
        case .beforeStage, .beforeReboot: break
        case .beforeCommit, .afterCommit, .beforeRollback, .afterRollback: return []
        }
        let others = nodes.compactMap { node -> NodeHold? in
            guard let rollout = node.cordonedBy, rollout != self.rollout else { return nil }
            return .nodeOfAnotherRollout(node: node.name, rollout: rollout)
        }
        let own = hosts.first { $0.id == drained && $0.id == host }
        let opened = nodes.filter { $0.machine == own?.machine && !$0.isCordoned }
        return others + opened.map { .nodeUncordoned(host: host, node: $0.name) }
    }

    /// How long a kubelet's lease is good for; it is renewed every quarter of that (kubelet's `nodeLeaseDurationSeconds`).
    static let lease = Duration.seconds(40)

    /// True if the kubelet's lease was seen to be renewed, and not longer ago than a living kubelet takes. Two looks
    /// are compared, and no clocks.
    private func isAlive(_ machine: MachineID, in history: [Inventory]) -> Bool {
        func renewal(_ inventory: Inventory) -> String? {
            inventory.nodes?.value?.first { $0.machine == machine }?.renewal
        }
        guard let latest = history.last, let now = renewal(latest) else { return false }
        let before = history.last { inventory in renewal(inventory).map { $0 != now } == true }
        return before.map { latest.takenAt - $0.takenAt <= Self.lease } ?? false
    }
}
