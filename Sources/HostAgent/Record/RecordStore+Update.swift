import AgentProtocol

extension RecordStore {
    private static let patience = Duration.seconds(10)

    /// Changes the record durably: it is read, changed and written under the kernel's lock.
    @discardableResult
    func update(_ change: (inout HostRecord) throws -> Void) async throws -> HostRecord {
        var record = HostRecord()
        try effects.files.makeDirectory(Self.directory, 0o700)
        try await effects.holdingLock(Self.lockPath, Self.patience) {
            let found = try load()
            record = found
            try change(&record)
            if record != found { try write(record) }
        }
        return record
    }

    /// Saves what a step learned or is about to do. The authority and the open goal stay as they are, since no step
    /// decides about them.
    func save(_ record: HostRecord) async throws {
        try await update { current in
            let before = current
            current = record
            current.hold = before.hold
            current.goal = before.goal
        }
    }

    /// Writes down the answer of a goal, unless another goal has taken its place.
    func close(_ goal: Goal, with outcome: AgentMessage) async throws {
        try await update { current in
            guard let closed = current.goal, closed.key == goal.key else { return }
            current.goal?.outcome = outcome
            if case .refused = outcome {
                current.hold.forgo(closed.request.authority, former: closed.former)
            }
        }
    }
}
