import RolloutModel

extension JournalStore {
    /// The end of a rollout's journal.
    ///
    /// - Throws: `JournalError` where the journal is not there, or cannot be read.
    public func head(of rollout: RolloutID) async throws(JournalError) -> JournalHead {
        let reading = try JournalReading(try await blocks(rollout), path: name(rollout))
        return JournalHead(entry: reading.record.entryCount, sha256: reading.digest)
    }

    /// True if a rollout's journal has an entry as somebody saw it; nil where the journal is gone.
    ///
    /// - Throws: `JournalError` where the journal cannot be read.
    public func has(_ head: JournalHead, in rollout: RolloutID) async throws(JournalError) -> Bool? {
        guard try await list().contains(rollout) else { return nil }
        let digests = try JournalDigests(of: [head.entry], in: try await blocks(rollout), name: name(rollout))
        return digests[head.entry] == head.sha256
    }
}
