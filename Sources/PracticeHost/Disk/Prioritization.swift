import HostFiles

/// `cgpt prioritize`: the given partition gets the highest priority, the others keep their order below it.
enum Prioritization {
    /// The new priorities, by partition number; a partition of priority 0 that is not the given one stays at 0.
    ///
    /// - Parameter highest: the `-P` of the command; nil: as many as there are different priorities.
    static func priorities(raising number: Int, in partitions: [Int: Int], highest: Int? = nil) -> [Int: Int]
    {
        let others = partitions.filter { $0.key != number && $0.value > 0 }
        let levels = Set(others.values).sorted(by: >)
        let top = min(15, highest ?? levels.count + 1)
        var raised = partitions
        raised[number] = top
        for (other, priority) in others {
            guard let level = levels.firstIndex(of: priority) else { continue }
            // The lowest may have to share: no partition is made unbootable by another's rise.
            raised[other] = max(1, top - 1 - level)
        }
        return raised
    }
}
