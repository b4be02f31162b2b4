import RolloutModel

/// The place of the journals of rollouts, and of the requests to hold them. The live store is a directory of the
/// operator's; the simulated one has disks that fail.
public struct JournalStore: Sendable {
    /// The name of the place, for messages.
    public var place: String
    /// The name of a rollout's journal, for messages.
    public var name: @Sendable (RolloutID) -> String
    /// The rollouts that have a journal here, oldest first: their ids begin with the time of their plan.
    ///
    /// Throws `JournalError.forbidden`, `.directoryUnreadable`.
    public var list: @Sendable () async throws(JournalError) -> [RolloutID]
    /// Reads a journal's bytes, also while another process writes it.
    ///
    /// Throws `JournalError.notFound`, `.foreign`, `.forbidden`, `.unreadable`.
    public var blocks: @Sendable (RolloutID) async throws(JournalError) -> JournalBlocks
    /// Makes an empty journal and opens it for writing.
    ///
    /// Throws `JournalError.exists`, `.inUse`, `.forbidden`, `.notWritten`.
    public var create: @Sendable (RolloutID) async throws(JournalError) -> JournalStorage
    /// Opens a journal for writing. A journal is open in one process at a time, until the process drops the storage or
    /// ends.
    ///
    /// Throws `JournalError.notFound`, `.foreign`, `.forbidden`, `.unreadable`, `.inUse`, `.notWritten`.
    public var open: @Sendable (RolloutID) async throws(JournalError) -> JournalStorage
    /// True if some process has the journal open for writing now.
    public var isBeingWritten: @Sendable (RolloutID) async throws(JournalError) -> Bool
    public var holds: HoldRequests
    public var takeUps: TakeUpMarks
    public var checkpoints: JournalCheckpoints

    public init(
        place: String, name: @escaping @Sendable (RolloutID) -> String,
        list: @escaping @Sendable () async throws(JournalError) -> [RolloutID],
        blocks: @escaping @Sendable (RolloutID) async throws(JournalError) -> JournalBlocks,
        create: @escaping @Sendable (RolloutID) async throws(JournalError) -> JournalStorage,
        open: @escaping @Sendable (RolloutID) async throws(JournalError) -> JournalStorage,
        isBeingWritten: @escaping @Sendable (RolloutID) async throws(JournalError) -> Bool,
        holds: HoldRequests, takeUps: TakeUpMarks, checkpoints: JournalCheckpoints = .none
    ) {
        self.place = place
        self.name = name
        self.list = list
        self.blocks = blocks
        self.create = create
        self.open = open
        self.isBeingWritten = isBeingWritten
        self.holds = holds
        self.takeUps = takeUps
        self.checkpoints = checkpoints
    }
}

/// The checkpoints that are kept beside journals, so that a look at a long one need not fold all of it.
public struct JournalCheckpoints: Sendable {
    /// The bytes of what is there, which may be anything; nil where nothing is.
    public var find: @Sendable (RolloutID) async -> [UInt8]?
    /// Puts one in the place of the one before. That it could not be kept is no trouble.
    public var keep: @Sendable (RolloutID, [UInt8]) async -> Void
    /// The number of entries that are folded before another one is kept.
    public var apart = JournalCheckpoint.apart

    public init(
        find: @escaping @Sendable (RolloutID) async -> [UInt8]?,
        keep: @escaping @Sendable (RolloutID, [UInt8]) async -> Void
    ) {
        self.find = find
        self.keep = keep
    }

    public static let none = JournalCheckpoints(find: { _ in nil }, keep: { _, _ in })
}

/// The requests that rollouts stop after the host at work. A request is kept beside its journal, and is no entry of it:
/// a journal has one writer, and another process makes the request.
public struct HoldRequests: Sendable {
    /// Makes a request; repeating it changes nothing. The text is the operator, `user@machine`, for people.
    public var ask: @Sendable (RolloutID, _ by: String) async throws(JournalError) -> Void
    /// The operator who made the request; nil where there is none.
    public var asker: @Sendable (RolloutID) async -> HoldAsker?
    /// Removes the request, if there is one: it was answered, or belongs to another run.
    public var withdraw: @Sendable (RolloutID) async -> Void

    public init(
        ask: @escaping @Sendable (RolloutID, _ by: String) async throws(JournalError) -> Void,
        asker: @escaping @Sendable (RolloutID) async -> HoldAsker?,
        withdraw: @escaping @Sendable (RolloutID) async -> Void
    ) {
        self.ask = ask
        self.asker = asker
        self.withdraw = withdraw
    }

    public func isAsked(_ rollout: RolloutID) async -> Bool { await asker(rollout) != nil }
}

/// The marks of rollouts that a process takes up: it has the journal open, and has gone on with nothing yet.
public struct TakeUpMarks: Sendable {
    public var lay: @Sendable (RolloutID) async -> Void
    public var isThere: @Sendable (RolloutID) async -> Bool
    /// Removes the mark, if there is one.
    public var remove: @Sendable (RolloutID) async -> Void

    public init(
        lay: @escaping @Sendable (RolloutID) async -> Void,
        isThere: @escaping @Sendable (RolloutID) async -> Bool,
        remove: @escaping @Sendable (RolloutID) async -> Void
    ) {
        self.lay = lay
        self.isThere = isThere
        self.remove = remove
    }
}

extension JournalStore {
    /// Begins the journal of a new rollout. From here on the rollout can be asked to hold; a request that is there
    /// already was about another process, and is withdrawn.
    ///
    /// - Parameters:
    ///   - mark: the mark of the configuration that the rollout begins with.
    ///   - timestamp: gives the time of day, ISO 8601, for people.
    /// - Throws: `JournalError.exists` when the rollout already has a journal, `.notWritten` when it cannot be made
    ///   durable.
    public func begin(
        _ plan: Plan, with mark: ConfigurationMark, timestamp: @escaping @Sendable () -> String
    ) async throws(JournalError) -> Journal {
        let storage = try await create(plan.rollout)
        await holds.withdraw(plan.rollout)
        return try await Journal(
            beginning: plan, configuration: mark.digest, settings: mark.settings, on: storage,
            timestamp: timestamp)
    }

    /// Opens a rollout's journal to go on with it, and marks that the rollout is taken up. A torn last line is cut off.
    /// From here on the rollout can be asked to hold; a request that is there already was about another process, and is
    /// withdrawn.
    public func resume(
        _ rollout: RolloutID, timestamp: @escaping @Sendable () -> String
    ) async throws(JournalError) -> Journal {
        let storage = try await open(rollout)
        await holds.withdraw(rollout)
        await takeUps.lay(rollout)
        do throws(JournalError) {
            return try await Journal(resuming: storage, timestamp: timestamp)
        } catch {
            await clear(rollout)
            throw error
        }
    }

    /// Removes what lies beside a journal for the process that has it open, which is about to close it.
    public func clear(_ rollout: RolloutID) async {
        await takeUps.remove(rollout)
        await holds.withdraw(rollout)
    }

    /// Reads a journal, also while another process writes it.
    ///
    /// - Parameter each: is called with every entry, in order; a record does not keep them.
    @discardableResult
    public func read(
        _ rollout: RolloutID, each: (JournalEntry) -> Void = { _ in }
    ) async throws(JournalError) -> RolloutRecord {
        try JournalReading(try await blocks(rollout), path: name(rollout), each: each).record
    }

    /// The record of a rollout, from its journal: for a look, and not to go on with.
    ///
    /// A long journal is folded once, and then from its checkpoint, which is believed only of the bytes that it was made from.
    ///
    /// - Throws: `JournalError`; `.foreign` also where the journal is another rollout's, as a copy under another name is.
    public func record(of rollout: RolloutID) async throws(JournalError) -> RolloutRecord {
        let record = try await look(at: rollout)
        let written = record.machine.plan.rollout
        guard written == rollout else {
            throw .foreign(
                path: name(rollout), why: "it is a journal of rollout \(written), under another name")
        }
        return record
    }

    private func look(at rollout: RolloutID) async throws(JournalError) -> RolloutRecord {
        let before = try await resumed(rollout)
        let reading =
            if let before { before.reading } else {
                try JournalReading(try await blocks(rollout), path: name(rollout))
            }
        if reading.record.entryCount - (before?.entries ?? 0) >= checkpoints.apart,
            let line = reading.fold.checkpointLine
        {
            await checkpoints.keep(rollout, line)
        }
        return reading.record
    }

    /// The journal read on from its checkpoint, and how many entries that stood for; nil where it has none that can be
    /// believed.
    private func resumed(
        _ rollout: RolloutID
    ) async throws(JournalError) -> (reading: JournalReading, entries: Int)? {
        guard let line = await checkpoints.find(rollout) else { return nil }
        let path = name(rollout)
        guard
            let (fold, rest) = try JournalCheckpoint.resume(line, try await blocks(rollout), path: path)
        else { return nil }
        return (try JournalReading(fold, rest, path: path), fold.record?.entryCount ?? 0)
    }
}
