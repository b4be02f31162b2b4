import RolloutModel
import Synchronization

/// A listener that is told of a journal's entries once they are durable.
///
/// A rollout neither fails with a listener nor waits for it. Entries become items at once, in the rollout's task; items
/// wait in a bounded queue, and the listener is told in a task of its own, which a `JournalAudience` runs.
public struct JournalListener: Sendable {
    let terms: DeliveryTerms
    let resumed: @Sendable (JournalBlocks) -> Void
    let appended: @Sendable (_ line: [UInt8]) -> Void
    let deliver: @Sendable (_ trouble: @escaping @Sendable (any Error) -> Void) async -> Void
    let close: @Sendable () -> Void
    let left: @Sendable () -> Int

    /// - Parameters:
    ///   - state: all that the listener remembers of a journal.
    ///   - resumed: takes all that is in a journal that is gone on with. Returns at once.
    ///   - appended: takes a line that was appended and is durable, with its newline. Returns at once, with the items
    ///     that the listener is to be told.
    ///   - tell: tells the listener. Returns soon once its task is cancelled; a call that may block is made `Aside`.
    public init<State: Sendable, Item: Sendable>(
        _ terms: DeliveryTerms, from state: State,
        resumed: @escaping @Sendable (inout State, JournalBlocks) -> Void,
        appended: @escaping @Sendable (inout State, _ line: [UInt8]) -> [Item],
        tell: @escaping @Sendable (Delivery<Item>) async throws -> Void
    ) {
        let memory = Memory(state)
        let outlet = DeliveryOutlet<Item>(terms.room)
        self.terms = terms
        self.resumed = { blocks in memory.state.withLock { resumed(&$0, blocks) } }
        self.appended = { line in
            for item in memory.state.withLock({ appended(&$0, line) }) { outlet.put(item) }
        }
        deliver = { trouble in await outlet.deliver(tell, trouble: trouble) }
        close = { outlet.close() }
        left = { outlet.left }
    }

    private final class Memory<State: Sendable>: Sendable {
        let state: Mutex<State>
        init(_ state: State) { self.state = Mutex(state) }
    }
}

extension JournalStore {
    /// The same store, with listeners to every journal that is opened for writing.
    public func heard(by listeners: [JournalListener]) -> JournalStore {
        guard !listeners.isEmpty else { return self }
        var store = self
        store.create = { rollout throws(JournalError) in
            try await self.create(rollout).heard(by: listeners)
        }
        store.open = { rollout throws(JournalError) in
            let storage = try await self.open(rollout)
            for listener in listeners { listener.resumed(try await storage.read()) }
            return storage.heard(by: listeners)
        }
        return store
    }
}

extension JournalStorage {
    fileprivate func heard(by listeners: [JournalListener]) -> JournalStorage {
        var storage = self
        storage.append = { line, previous throws(JournalError) in
            try await self.append(line, previous)
            for listener in listeners { listener.appended(line) }
        }
        return storage
    }
}
