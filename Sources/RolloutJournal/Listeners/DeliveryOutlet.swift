import Synchronization

/// A queue with its delivery: one side puts items in and never waits, the other tells the listener.
final class DeliveryOutlet<Item: Sendable>: Sendable {
    private let queue: Mutex<DeliveryQueue<Item>>
    /// An element for each time that something may wait.
    private let (wakes, waker) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    init(_ room: DeliveryRoom) { queue = Mutex(DeliveryQueue(room)) }

    var left: Int { queue.withLock { $0.left } }

    func put(_ item: Item) {
        queue.withLock { $0.put(item) }
        waker.yield()
    }

    /// The queue takes no more items.
    func close() { waker.finish() }

    /// Delivers until the outlet is closed and empty, or the task is cancelled.
    ///
    /// - Parameter trouble: is called with the first error of those that follow one another.
    func deliver(
        _ tell: (Delivery<Item>) async throws -> Void, trouble: (any Error) -> Void
    ) async {
        var isTroubled = false
        for await _ in wakes {
            while !Task.isCancelled, let delivery = queue.withLock({ $0.next() }) {
                do {
                    try await tell(delivery)
                    isTroubled = false
                } catch {
                    // The delivery counts as left.
                    if Task.isCancelled { return }
                    if !isTroubled { trouble(error) }
                    isTroubled = true
                }
                queue.withLock { $0.end() }
            }
        }
    }
}
