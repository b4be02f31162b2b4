import RolloutModel

extension JournalDirectory {
    /// The store of the journals in this directory.
    public var store: JournalStore {
        JournalStore(
            place: path, name: { journalPath(of: $0) },
            list: { () throws(JournalError) in try rollouts() },
            blocks: { rollout throws(JournalError) in try JournalBlocks(ofFile: journalPath(of: rollout)) },
            create: { rollout throws(JournalError) in
                try prepare()
                return try .new(at: journalPath(of: rollout))
            },
            open: { rollout throws(JournalError) in try .existing(at: journalPath(of: rollout)) },
            isBeingWritten: { rollout throws(JournalError) in
                try Journal.isBeingWritten(path: journalPath(of: rollout))
            },
            holds: HoldRequests(
                ask: { rollout, by throws(JournalError) in try holdRequest(rollout).lay(by: by) },
                asker: { holdRequest($0).by.map { .command(by: $0) } }, withdraw: { holdRequest($0).remove() }
            ),
            takeUps: TakeUpMarks(
                lay: { takeUpMark($0).lay() }, isThere: { takeUpMark($0).isThere },
                remove: { takeUpMark($0).remove() }),
            checkpoints: JournalCheckpoints(
                find: { checkpoint($0).bytes(upTo: JournalCheckpoint.bytesMax) },
                keep: { rollout, line in checkpoint(rollout).replace(line) }))
    }

    private func checkpoint(_ rollout: RolloutID) -> SideFile {
        JournalCheckpoint.file(beside: journalPath(of: rollout))
    }

    private func takeUpMark(_ rollout: RolloutID) -> TakeUpMark {
        TakeUpMark(beside: journalPath(of: rollout))
    }

    private func holdRequest(_ rollout: RolloutID) -> HoldRequest {
        HoldRequest(beside: journalPath(of: rollout))
    }
}
