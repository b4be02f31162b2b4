import RolloutModel
import Rollouts
import Synchronization

extension Fleet {
    /// The cluster's lock in its etcd, as a process reaches it: where there is a quorum, and nothing is lost on the way.
    func lockStore(for process: SimulatedProcess) -> LockStore {
        LockStore(
            read: { [self] () throws(LockFault) in
                try await throughEtcd(process, failing: .unanswered) { world in
                    LockStore.Reading(lock: world.lock, revision: .init("\(world.lockRevision)"))
                }
            },
            swap: { [self] lock, revision throws(LockFault) in
                try await throughEtcd(process, failing: .outcomeUnknown) { world in
                    guard revision.name == "\(world.lockRevision)" else { return false }
                    world.lock = lock
                    world.lockRevision += 1
                    return true
                }
            })
    }

    /// locksmith's semaphore in the same etcd; nil where no host uses it.
    func semaphoreStore(for process: SimulatedProcess) -> SemaphoreStore? {
        guard state.withLock({ $0.world.semaphore }) != nil else { return nil }
        return SemaphoreStore(
            read: { [self] () throws(LockFault) in
                try await throughEtcd(process, failing: .unanswered) { world in
                    let revision = LockStore.Revision("\(world.semaphoreRevision)")
                    return world.semaphore.map { [SemaphoreStore.Kept($0, revision: revision)] } ?? []
                }
            },
            swap: { [self] semaphore, revision throws(LockFault) in
                try await throughEtcd(process, failing: .outcomeUnknown) { world in
                    guard revision.name == "\(world.semaphoreRevision)" else { return false }
                    world.semaphore = semaphore
                    world.semaphoreRevision += 1
                    return true
                }
            })
    }

    private func throughEtcd<Value: Sendable>(
        _ process: SimulatedProcess, failing kind: LockFault.Kind, _ body: (inout World) -> Value
    ) async throws(LockFault) -> Value {
        guard process.spend() else { throw LockFault(why: "this process is dead") }
        let (fate, isLost, before) = state.withLock { state in
            let isOver = time.now >= state.faults.end
            return (
                state.networkFate(at: time.now), !isOver && state.dice.happens(state.faults.replyLost),
                state.dice.roll(seconds: 0...0.5)
            )
        }
        guard fate == .passes else { throw LockFault(why: "no route to any host") }
        await wait(before)
        let answer = state.withLock { state -> Value? in
            state.world.advance(to: time.now)
            return state.world.hasQuorum(at: time.now) ? body(&state.world) : nil
        }
        guard let answer, !isLost, !process.isDead else {
            throw LockFault(kind: kind, why: "etcd did not answer")
        }
        return answer
    }
}
