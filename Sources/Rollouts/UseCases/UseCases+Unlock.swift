import RolloutJournal
import RolloutModel

extension UseCases {
    /// The outcome of unlocking.
    public enum Unlocked: Hashable, Sendable {
        case freed
        /// The rollout holds no part of this cluster's lock, and no other holder was seen.
        case heldByNobody
    }

    /// Frees the cluster from a rollout whose turnstile is dead for good. Nodes that the rollout cordoned are
    /// uncordoned; nothing else is undone.
    ///
    /// - Parameters:
    ///   - rollout: the rollout's exact id.
    ///   - hosts: the hosts of the cluster.
    /// - Throws: `CommandRefusal.hostsHeldStill` where some host could not be told; the command is to be repeated then.
    public func unlock(_ rollout: RolloutID, hosts: [HostID]) async throws -> Unlocked {
        try await journals.requireNotDriven(rollout)
        return try await withCluster(hosts) { cluster in
            guard let holder = try await holder(rollout, in: cluster) else { return .heldByNobody }
            try await confirm(.freeCluster(holder))
            tell(.asking(.unlocking))
            switch await cluster.lock.unlock(naming: rollout) {
            case .failed(let why): throw CommandRefusal.holderUnknown(why: why)
            case .notHeld(nil): return .heldByNobody
            case .notHeld(let other?): throw try await another(other, than: rollout)
            case .unlocked(let missing):
                await freeNodes(of: rollout, in: cluster)
                guard missing.isEmpty else { throw CommandRefusal.hostsHeldStill(rollout, missing) }
                return .freed
            }
        }
    }

    /// Sets back tokens that counting cannot have reached, in etcd and on every host.
    public func resetTokens(hosts: [HostID]) async throws -> RolloutLock.TokenReset {
        try await journals.requireNoneDriven()
        return try await withCluster(hosts) { cluster in
            try await confirm(.resetTokens)
            tell(.asking(.tokens))
            return await cluster.lock.resetTokens()
        }
    }

    /// - Throws: where another rollout holds it, or where that cannot be told.
    private func holder(_ rollout: RolloutID, in cluster: ClusterPorts) async throws -> LockHolder? {
        tell(.asking(.holder))
        do {
            if let holder = try await cluster.lock.holder(named: rollout) { return holder }
            // A rollout without any part of the lock may still have cordoned a node.
            await freeNodes(of: rollout, in: cluster)
            guard let other = try await cluster.lock.holder() else { return nil }
            throw try await another(other, than: rollout)
        } catch let fault as LockFault {
            throw CommandRefusal.holderUnknown(why: fault.why)
        }
    }

    /// Uncordons the nodes that the freed rollout had cordoned.
    private func freeNodes(of rollout: RolloutID, in cluster: ClusterPorts) async {
        guard let nodes = cluster.nodes else { return }
        tell(.asking(.nodes))
        do throws(NodeFault) {
            for name in try await nodes.readmitAll(of: rollout) { tell(.nodeFreed(name)) }
        } catch {
            tell(.nodesNotFreed(why: error.why))
        }
    }

    /// - Throws: `CommandRefusal.driven` where that rollout is driven here: its turnstile is not dead either.
    private func another(_ holder: LockHolder, than rollout: RolloutID) async throws -> CommandRefusal {
        do {
            try await journals.requireNotDriven(holder.rollout)
        } catch is JournalError {
            // A journal that cannot be read is reported when that rollout is unlocked.
        }
        return .heldByAnother(holder, not: rollout)
    }
}
