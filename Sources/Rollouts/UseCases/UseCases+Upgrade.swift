import RolloutJournal
import RolloutModel

extension UseCases {
    /// Plans, asks, and upgrades hosts one after another.
    public func upgrade(_ draft: PlanDraft) async throws -> RolloutEnd {
        try await withCluster(draft.hosts) { cluster in
            switch try await preflight(draft, in: cluster) {
            case .held(_, _, let reasons):
                try await requireNoneOfOurs(reasons)
                throw CommandRefusal.held(reasons)
            case .ready(let ready):
                try await confirm(.begin(ready))
                let (journal, token) = try await begin(ready.plan, in: cluster)
                return try await drive(
                    Drive(journal: journal, watch: ready.watch, token: token, cluster: cluster), from: .began)
            }
        }
    }

    /// A rollout of one's own that was cut off, or is held, is gone on with: nothing else frees the cluster as well.
    private func requireNoneOfOurs(_ reasons: [HoldReason]) async throws {
        let holders = reasons.compactMap { reason in
            if case .host(.claimedByAnother(_, let rollout)) = reason {
                rollout
            } else {
                reason.lockHolder?.rollout
            }
        }
        for holder in holders { try await journals.requireReadable(holder) }
        for one in try await journals.unended() {
            let machine = one.record.machine
            guard holders.contains(machine.plan.rollout), try await !ports.journals.isBeingWritten(one.id)
            else { continue }
            throw CommandRefusal.ownRollout(machine)
        }
    }
}
