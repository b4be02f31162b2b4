import AgentProtocol
import RolloutModel

/// The invariants for nodes of Kubernetes.
extension Judge {
    /// Checks that a node is cordoned only for its own host's reboot, announced, and with every other node in service.
    mutating func judgeCordon(
        _ host: HostID, by process: SimulatedProcess, of rollout: RolloutID, in world: World, at now: Moment
    ) {
        if process.announced != .evacuate(host: host) {
            note(
                .init(at: now, invariant: .intentFirst, what: "the node of \(host) was cordoned unannounced"))
        }
        if world.nodes[host]?.isCordoned == true {
            note(.init(at: now, invariant: .cordonsKept, what: "the node of \(host) was cordoned twice"))
        }
        judgeOthers(than: host, of: rollout, in: world, at: now, "cordoned")
    }

    mutating func judgeUncordon(_ host: HostID, of rollout: RolloutID, in world: World, at now: Moment) {
        guard world.nodes[host]?.cordonedBy != rollout else { return }
        note(
            .init(
                at: now, invariant: .cordonsKept,
                what: "\(rollout) uncordoned \(host), and had not cordoned it"))
    }

    /// Checks that no host reboots with pods on it that could have been moved, nor while another node of the rollout is
    /// out of service.
    mutating func judgeNodes(_ act: World.Act, _ world: World) {
        guard act.verb == .reboot, let node = world.nodes[act.host] else { return }
        if !node.isCordoned || node.pods > 0 {
            note(act, .drainedFirst, "\(act.host) was told to reboot with \(node.pods) pods on its node")
        }
        judgeOthers(than: act.host, of: RolloutID(act.rollout), in: world, at: act.at, "told to reboot")
    }

    /// Checks what a rollout that is over left behind.
    mutating func judgeNodesAfter(_ rollout: RolloutID, _ world: World, at now: Moment) {
        for id in world.order where world.nodes[id]?.cordonedBy == rollout {
            note(
                .init(
                    at: now, invariant: .cordonsKept,
                    what: "\(rollout) ended, and the node of \(id) is cordoned"))
        }
    }

    mutating func judgeNodesAtEnd(_ world: World, at now: Moment) {
        for id in world.order {
            guard let node = world.nodes[id], node.isTheirs, !node.isCordoned else { continue }
            note(
                .init(
                    at: now, invariant: .cordonsKept,
                    what: "the node of \(id) was cordoned by somebody, and is not"))
        }
    }

    private mutating func judgeOthers(
        than host: HostID, of rollout: RolloutID, in world: World, at now: Moment, _ what: String
    ) {
        for id in world.order where id != host && world.nodes[id]?.cordonedBy == rollout {
            note(
                .init(
                    at: now, invariant: .oneHostOut,
                    what: "\(host) was \(what) while the node of \(id) was out"))
        }
    }
}
