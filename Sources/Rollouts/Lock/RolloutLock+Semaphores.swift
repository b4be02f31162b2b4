import RolloutModel

/// locksmith's semaphores, which go with the cluster: taken under the rollout's own id, so that whoever goes on with it finds
/// them its own, and no host's locksmithd takes the id for its own after a boot.
extension RolloutLock {
    /// As they are now; nil where nobody asks for them.
    func seenSemaphores() async -> Observation<[RebootSemaphore]>? {
        guard let semaphores else { return nil }
        do throws(LockFault) {
            return .seen(try await semaphores.read().map(\.semaphore))
        } catch {
            return .unknown(error.why)
        }
    }

    /// Takes every slot that is free. Those of others are never touched.
    func reserveSemaphores(for rollout: RolloutID) async throws(LockFault) {
        try await semaphores?.change { $0.reserved(for: rollout) }
    }

    /// Gives the rollout's slots back, unless another turnstile goes on with it.
    ///
    /// - Returns: what is held still, and why.
    func releaseSemaphores(of rollout: RolloutID, under token: Token) async -> [String] {
        guard let semaphores else { return [] }
        do throws(LockFault) {
            let holder = try await store?.read().lock.holder
            guard holder?.rollout != rollout || holder?.token == token else { return [] }
            try await semaphores.change { $0.released(by: rollout) }
            return []
        } catch {
            return ["locksmith's semaphore: \(error.why)"]
        }
    }

    /// Whether a rollout has a slot, by what can be seen.
    func hasSemaphore(_ rollout: RolloutID) async -> Bool {
        await seenSemaphores()?.value?.contains { $0.released(by: rollout) != nil } ?? false
    }
}
