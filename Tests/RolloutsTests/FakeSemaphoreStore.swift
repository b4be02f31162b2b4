import RolloutModel
import Rollouts
import Synchronization

/// locksmith's semaphores with compare-and-swap, and hosts that want them, too.
final class FakeSemaphoreStore: Sendable {
    struct State {
        var semaphores: [RebootSemaphore]
        var revision = 0
        var isAway = false
        /// Swaps still to come whose answer is lost, after the write.
        var lostAfter = 0
        /// Somebody else's change, made once between the next read and what follows it.
        var between: (@Sendable (inout [RebootSemaphore]) -> Void)?
        var swaps = 0
    }

    let state: Mutex<State>

    init(_ semaphores: [RebootSemaphore] = [RebootSemaphore()]) {
        state = Mutex(State(semaphores: semaphores))
    }

    /// Of each semaphore.
    var holders: [[String]] { state.withLock { $0.semaphores.map(\.holders) } }

    func change(_ body: @Sendable (inout [RebootSemaphore]) -> Void) {
        state.withLock { state in
            body(&state.semaphores)
            state.revision += 1
        }
    }

    var store: SemaphoreStore {
        SemaphoreStore(
            read: { [self] () throws(LockFault) in
                let kept = state.withLock { state -> [SemaphoreStore.Kept]? in
                    guard !state.isAway else { return nil }
                    let revision = LockStore.Revision("\(state.revision)")
                    let kept = state.semaphores.map { SemaphoreStore.Kept($0, revision: revision) }
                    if let between = state.between {
                        state.between = nil
                        between(&state.semaphores)
                        state.revision += 1
                    }
                    return kept
                }
                guard let kept else { throw LockFault(why: "no quorum") }
                return kept
            },
            swap: { [self] semaphore, revision throws(LockFault) in
                let written = state.withLock { state -> Bool? in
                    state.swaps += 1
                    guard revision.name == "\(state.revision)",
                        let index = state.semaphores.firstIndex(where: { $0.group == semaphore.group })
                    else { return false }
                    state.semaphores[index] = semaphore
                    state.revision += 1
                    guard state.lostAfter > 0 else { return true }
                    state.lostAfter -= 1
                    return nil
                }
                guard let written else { throw LockFault(kind: .outcomeUnknown, why: "timed out") }
                return written
            })
    }
}
