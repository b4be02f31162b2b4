import AgentProtocol

extension PartitionTable {
    /// True if no boot takes the other partition, whatever becomes of the running one (0/0/0).
    var leavesOtherOut: Bool { other == leavingOtherOut.other }

    /// With the other partition out of the boot order, and nothing else changed.
    var leavingOtherOut: PartitionTable {
        var table = self
        (table.other.priority, table.other.tries, table.other.successful) = (0, 0, false)
        return table
    }

    /// With the other partition as the one that boots next, for one try (facts 0.30: 2/1/0).
    var armingOther: PartitionTable {
        var table = preferringOther
        (table.other.tries, table.other.successful) = (1, false)
        return table
    }
}
