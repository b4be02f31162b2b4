import HeapModule
import RolloutModel

/// Who sleeps until when, in the order of waking.
struct Sleepers {
    /// Who lay down first wakes first, at the same moment.
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

    /// Takes a sleeper out before its time; nil where it is awake already. Its place in the heap is passed over later.
    mutating func wake(_ id: Int) -> UnsafeContinuation<Void, Never>? {
        continuations.removeValue(forKey: id)
    }

    /// Takes out who is to wake next.
    mutating func next() -> (until: Moment, continuation: UnsafeContinuation<Void, Never>)? {
        while let first = heap.popMin() {
            if let continuation = continuations.removeValue(forKey: first.id) {
                return (first.until, continuation)
            }
        }
        return nil
    }
}
