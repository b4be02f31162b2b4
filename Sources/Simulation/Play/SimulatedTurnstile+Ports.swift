import AgentProtocol
import RolloutJournal
import RolloutModel
import Rollouts
import Synchronization

extension SimulatedTurnstile {
    var ports: RolloutPorts {
        RolloutPorts(
            cluster: { cluster($0) }, journals: disk.store(for: process, fleet), clock: fleet.time.clock,
            // The time of day is for people: no decision depends on it, even if it jumps.
            timeOfDay: { [fleet, clockError] in
                "T\((fleet.time.now + clockError).seconds)"
            },
            operatorName: process.name)
    }

    private func cluster(_ hosts: [HostID]) -> ClusterPorts {
        let access = fleet.access(for: process)
        return ClusterPorts(
            hosts: hosts, access: access, store: hasStore ? fleet.lockStore(for: process) : nil,
            semaphores: hasStore ? fleet.semaphoreStore(for: process) : nil,
            nodes: fleet.nodeAccess(for: process, of: rollout),
            operatorGates: hooks?.gates(fleet, process) ?? .none,
            roll: { await .reports(of: hosts, access: access) },
            // Simulated operators keep the order of their own hosts.
            arrange: { _, _ in .listed(hosts) },
            // Neighbours matter only without etcd, and all simulated hosts are in the plan.
            neighbours: { _ in [] }, close: {})
    }

    // MARK: The person

    /// Allows what the operator asked for. The judge is told of each consent.
    var decider: Decider {
        Decider(
            requirePresence: {},
            allows: { question in
                await audience?.hear(question)
                return allows(question)
            }, lossReason: { _, _ in "it burnt" })
    }

    private func allows(_ question: Question) -> Bool {
        switch question {
        case .begin(let ready):
            if ready.plan.acceptsNoReturn { fleet.acceptNoReturn(of: ready.plan.rollout) }
            return true
        case .journalLost(let lost, _): return lost.rollout == rollout
        case .passNoReturn:
            if isAttended { fleet.acceptNoReturn(of: rollout) }
            return isAttended
        case .freeCluster(let holder):
            fleet.state.withLock { state in
                state.judge.isUnlocked(holder.rollout)
                state.count(.unlocked)
            }
            return true
        case .acceptOffer: return true
        case .beginPlatform, .undoPlatform, .rollBack, .giveBack, .resetTokens, .declareLost: return true
        }
    }

    // MARK: The judge

    var teller: @Sendable (Notice) -> Void {
        let taking = UnlockingCount()
        return { notice in
            audience?.hear(notice)
            switch notice {
            case .watching: process.beginsWatch(at: fleet.time.now)
            case .taking(let rollout):
                taking.count = fleet.state.withLock { $0.judge.unlockings(of: rollout) }
            case .taken(let rollout, _):
                guard !process.isDead else { break }
                fleet.state.withLock {
                    $0.judge.takes(rollout, unlockings: taking.count, at: fleet.time.now)
                }
            case .lettingGo(let rollout): fleet.state.withLock { $0.judge.letsGo(rollout) }
            case .course(.entered(let machine)): enters(machine.state)
            case .begins, .course, .settled, .asking, .leftOut, .otherAgents, .coverage, .ttlDiffers,
                .settings,
                .heldStill, .driven, .endedAlready, .overridden, .rollbackGoesOn, .wouldGoBack, .nodeFreed,
                .nodesNotFreed, .drivingUnknown:
                break
            }
        }
    }

    private func enters(_ next: RolloutMachine.State) {
        process.enters(next, at: fleet.time.now)
        onState(next)
        log.write("\(process.name): \(next)", at: fleet.time.now)
        guard next.outcome != nil else { return }
        fleet.state.withLock { $0.judge.judgeNodesAfter(rollout, $0.world, at: fleet.time.now) }
    }
}
