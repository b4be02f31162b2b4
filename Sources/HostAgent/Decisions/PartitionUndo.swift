import AgentProtocol

/// The partition attributes that restore the partitions, as far as our update changed them.
struct PartitionUndo: Hashable, Sendable {
    /// The partitions whose attributes differ from the present ones.
    var changes: [PartitionTable.Partition] = []

    init(_ record: HostRecord, now: PartitionTable) {
        // Downloaded ahead, it was taken out of the boot order then; whatever is there since is somebody else's.
        guard record.phase != .prefetched else { return }
        // An update on the partition that runs now was booted, and cannot be undone here.
        guard let mark = record.staging, mark.partition.number == now.other.number else { return }
        let isTouched = mark.isContentTouched
        var found = now
        if let original = record.original?.partitions, original.booted.number == now.booted.number {
            found = original
        } else if !isTouched {
            return
        }
        if isTouched {
            // The attributes from before no longer describe the partition (facts 0.31).
            (found.other.priority, found.other.tries, found.other.successful) = (0, 0, false)
            found.booted.priority = max(1, found.booted.priority)
        }
        // Later changes to the running partition's own mark are not ours to undo.
        (found.booted.tries, found.booted.successful) = (now.booted.tries, now.booted.successful)
        changes = [(found.other, now.other), (found.booted, now.booted)].filter { $0 != $1 }.map(\.0)
    }
}
