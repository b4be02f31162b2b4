import RolloutModel
import Rollouts
import Synchronization

/// A store of one value with compare-and-swap, whose answers can be lost.
final class FakeLockStore: Sendable {
    struct State {
        var lock = ClusterLock()
        var revision = 0
        var isAway = false
        /// The number of swaps to come whose answer is lost: before the write, or after it.
        var lostBefore = 0
        var lostAfter = 0
        /// A change by somebody else, made once after the next read.
        var between: (@Sendable (inout ClusterLock) -> Void)?
        var swaps = 0
    }

    let state = Mutex(State())

    var lock: ClusterLock { state.withLock { $0.lock } }

    var store: LockStore {
        LockStore(
            read: { [self] () throws(LockFault) in
                guard
                    let reading = state.withLock({ state -> LockStore.Reading? in
                        guard !state.isAway else { return nil }
                        let reading = LockStore.Reading(
                            lock: state.lock, revision: .init("\(state.revision)"))
                        if let between = state.between {
                            state.between = nil
                            between(&state.lock)
                            state.revision += 1
                        }
                        return reading
                    })
                else { throw LockFault(why: "no quorum") }
                return reading
            },
            swap: { [self] lock, revision throws(LockFault) in
                let written = state.withLock { state -> Bool? in
                    state.swaps += 1
                    if state.lostBefore > 0 {
                        state.lostBefore -= 1
                        return nil
                    }
                    guard revision.name == "\(state.revision)" else { return false }
                    state.lock = lock
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
