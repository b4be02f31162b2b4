import Synchronization

final class Counter: Sendable {
    private let count: Mutex<Int>

    init(_ start: Int = 0) { count = Mutex(start) }

    var value: Int { count.withLock { $0 } }
    func increment() { count.withLock { $0 += 1 } }
    func set(_ value: Int) { count.withLock { $0 = value } }
}
