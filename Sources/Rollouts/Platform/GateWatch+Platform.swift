import RolloutModel

/// The gates of a step of the platform's upgrade that are not the platform's own.
struct StepGates: Sendable {
    var reasons: [HoldReason]
    /// True if another rollout has the cluster, which no waiting gives back.
    var isLockGone = false

    static let open = StepGates(reasons: [])
}

extension GateWatch {
    /// The gates of a platform's step: the cluster's lock, and before the first step that changes the platform the windows and
    /// locksmith's semaphore. Free slots are taken on the way, so that no host reboots itself meanwhile.
    ///
    /// - Parameters:
    ///   - gates: the gates of the rollout, under its token.
    ///   - isBeginning: true if the platform is as it was.
    ///   - reserving: makes durable that the semaphore is about to be taken; nothing is taken if it throws.
    func stepGates(
        _ gates: Gates, isBeginning: Bool, reserving: () async throws -> Void
    ) async throws -> StepGates {
        // Without a store the agents alone have the lock, and no agent is asked here.
        var seen = Inventory(takenAt: clock.now(), lock: await lock?.kept())
        if isBeginning { seen.semaphores = await lock?.seenSemaphores() }
        if isBeginning, gates.takesSemaphores(.beforeStage, in: seen) {
            try await reserving()
            let untaken = await reserve()
            guard untaken.isEmpty else { return StepGates(reasons: untaken) }
            seen.semaphores = await lock?.seenSemaphores()
        }
        let reasons = gates.platformReasons(isBeginning: isBeginning, in: seen, at: clock.localTime())
        return StepGates(reasons: reasons, isLockGone: gates.isLockGone(reasons, in: seen))
    }
}
