import HeapModule
import RolloutModel

/// The sleeping tasks, in the order of waking.
struct Sleepers {
    /// A sleeping task. Among tasks that wake at the same moment, the one that slept first wakes first.
    private struct Sleeper: Comparable {
        var until: Moment
        var id: Int

        static func < (one: Self, other: Self) -> Bool { (one.until, one.id) < (other.until, other.id) }
    }

    private var heap = Heap<Sleeper>()
    private var continuations: [Int: UnsafeContinuation<Void, Never>] = [:]
    private var ids = 0

    mutating func nextID() -> Int {
        ids += 1
        return ids
    }

    mutating func add(_ id: Int, until: Moment, _ continuation: UnsafeContinuation<Void, Never>) {
        continuations[id] = continuation
        heap.insert(Sleeper(until: until, id: id))
    }

    /// Removes a sleeper before its time; nil where it is awake already. The heap skips the sleeper's entry later.
    mutating func wake(_ id: Int) -> UnsafeContinuation<Void, Never>? {
        continuations.removeValue(forKey: id)
    }

    /// Removes the sleeper that wakes next.
    mutating func next() -> (until: Moment, continuation: UnsafeContinuation<Void, Never>)? {
        while let first = heap.popMin() {
            if let continuation = continuations.removeValue(forKey: first.id) {
                return (first.until, continuation)
            }
        }
        return nil
    }
}
