import RolloutModel

/// The lock also covers locksmith's semaphores. A semaphore is taken under the rollout's own id: a later turnstile that
/// resumes the rollout recognises them, and no locksmithd mistakes the id for its own after a boot.
extension RolloutLock {
    /// The semaphores as they are now; nil where nobody asks for them.
    func seenSemaphores() async -> Observation<[RebootSemaphore]>? {
        guard let semaphores else { return nil }
        do throws(LockFault) {
            return .seen(try await semaphores.read().map(\.semaphore))
        } catch {
            return .unknown(error.why)
        }
    }

    /// Takes every slot that is free. Slots of others are never touched.
    func reserveSemaphores(for rollout: RolloutID) async throws(LockFault) {
        try await semaphores?.change { $0.reserved(for: rollout) }
    }

    /// Gives the rollout's slots back, unless another turnstile has resumed the rollout.
    ///
    /// - Returns: the slots that are held still, and why.
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

    /// True if the rollout was seen to hold a slot of a semaphore.
    func hasSemaphore(_ rollout: RolloutID) async -> Bool {
        await seenSemaphores()?.value?.contains { $0.released(by: rollout) != nil } ?? false
    }
}
