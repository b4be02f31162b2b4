import RolloutModel

/// A listener that is told of a journal's entries once they are durable. The rollout does not fail with it, and waits
/// while it is told: a listener that blocks stops the rollout, as a terminal that takes no more text does.
public struct JournalListener: Sendable {
    /// A journal is gone on with: all that is in it.
    public var resumed: @Sendable (JournalBlocks) -> Void
    /// A line was appended, and is durable. The newline is in it.
    public var appended: @Sendable (_ line: [UInt8]) -> Void

    public init(
        resumed: @escaping @Sendable (JournalBlocks) -> Void = { _ in },
        appended: @escaping @Sendable (_ line: [UInt8]) -> Void
    ) {
        self.resumed = resumed
        self.appended = appended
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
