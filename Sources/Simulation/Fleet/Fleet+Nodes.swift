import RolloutModel
import Rollouts
import Synchronization

extension Fleet {
    /// The access of a process to Kubernetes, for a rollout; nil where the hosts are no nodes.
    func nodeAccess(for process: SimulatedProcess, of rollout: RolloutID) -> NodeAccess? {
        guard state.withLock({ !$0.world.nodes.isEmpty }) else { return nil }
        return NodeAccess(
            nodes: { [self] () throws(NodeFault) in
                try await throughAPI(process) { state, now in .success(state.world.nodeFacts(at: now)) }
            },
            cordon: { [self] node, rollout throws(NodeFault) in
                try await write(node, process) { state, host, now in
                    state.judge.judgeCordon(host, by: process, of: rollout, in: state.world, at: now)
                    state.world.nodes[host]?.cordon(by: rollout)
                }
            },
            uncordon: { [self] node throws(NodeFault) in
                try await write(node, process) { state, host, now in
                    state.judge.judgeUncordon(host, of: rollout, in: state.world, at: now)
                    state.world.nodes[host]?.uncordon()
                }
            },
            drain: { [self] node throws(NodeFault) in try await drain(node, process) })
    }

    private func drain(
        _ name: String, _ process: SimulatedProcess
    ) async throws(NodeFault) -> NodeAccess.DrainEnding {
        let (time, isBlocked) = state.withLock { state in
            (state.dice.roll(seconds: 2...40), self.time.now < state.faults.end && state.dice.happens(0.05))
        }
        if isBlocked { count(.drainBlocked) }
        await wait(isBlocked ? .seconds(60) : time)
        return try await throughAPI(process) { state, _ -> Result<NodeAccess.DrainEnding, NodeFault> in
            guard let host = state.world.order.first(where: { "node-of-\($0)" == name }) else {
                return .failure(NodeFault(.impossible, why: "there is no such node"))
            }
            guard !isBlocked else {
                state.world.nodes[host]?.pods = 1
                return .success(.blocked(pods: ["default/web-0"], budgets: ["default/web"], said: ""))
            }
            // The drain does not wait for pods that arrive on a node somebody uncordoned.
            if state.world.nodes[host]?.isCordoned == true { state.world.nodes[host]?.pods = 0 }
            return .success(.drained(evicted: []))
        }
    }

    /// Writes a node, if nobody else has written it since it was read.
    private func write(
        _ node: NodeFacts, _ process: SimulatedProcess,
        _ body: (inout State, HostID, Moment) -> Void
    ) async throws(NodeFault) {
        try await throughAPI(process) { state, now -> Result<Void, NodeFault> in
            guard let host = state.world.order.first(where: { "node-of-\($0)" == node.name }),
                state.world.nodes[host].map({ "\($0.revision)" }) == node.revision
            else { return .failure(NodeFault(.changed, why: "the object has been modified")) }
            body(&state, host, now)
            return .success(())
        }
    }

    private func throughAPI<Value: Sendable>(
        _ process: SimulatedProcess, _ body: (inout State, Moment) -> Result<Value, NodeFault>
    ) async throws(NodeFault) -> Value {
        guard process.spend() else { throw NodeFault(.impossible, why: "this process is dead") }
        let (fate, isLost, before) = state.withLock { state in
            let isOver = time.now >= state.faults.end
            return (
                state.networkFate(at: time.now), !isOver && state.dice.happens(state.faults.replyLost),
                state.dice.roll(seconds: 0...0.5)
            )
        }
        guard fate == .passes else { throw NodeFault(.unanswered, why: "connection refused") }
        await wait(before)
        let answer = state.withLock { state -> Result<Value, NodeFault> in
            state.world.advance(to: time.now)
            return body(&state, time.now)
        }
        guard !isLost, !process.isDead else { throw NodeFault(.unanswered, why: "connection reset") }
        return try answer.get()
    }
}
