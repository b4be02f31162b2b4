import RolloutModel

extension HostFacts {
    /// A host at rest, of which little is told.
    package static func sample(
        machine: MachineID, boot: BootID, version: Version, distribution: Distribution? = nil,
        committed: Bool?, updatePending: Bool = false, otherIsNext: String? = nil,
        damagedTable: HostFacts.DamagedTable? = nil, oddSettings: [OddSetting] = [],
        claimedBy: RolloutID? = nil, holder: LockHolder? = nil, hazards: [HostHazard] = [],
        revertedFrom: Version? = nil, partition: String? = nil, otherPartition: String? = nil,
        etcdBefore: String? = nil, etcd: EtcdSource? = nil, contents: StagedContents? = nil,
        otherWasTriedInVain: Bool = false, engineOperation: String? = nil, cgroups: CgroupHierarchy? = nil,
        space: [HostSpace] = [], clock: ClockReading? = nil, settings: HostFacts.Settings? = nil,
        units: HostUnits? = nil, untold: [HostFacts.Untold: String] = [:]
    ) -> HostFacts {
        HostFacts(
            machine: machine, boot: boot, version: version, distribution: distribution, committed: committed,
            updatePending: updatePending, otherIsNext: otherIsNext, damagedTable: damagedTable,
            oddSettings: oddSettings, claimedBy: claimedBy, holder: holder, hazards: hazards,
            revertedFrom: revertedFrom, partition: partition, otherPartition: otherPartition,
            etcdBefore: etcdBefore, etcd: etcd, contents: contents, otherWasTriedInVain: otherWasTriedInVain,
            engineOperation: engineOperation, cgroups: cgroups, space: space, clock: clock,
            settings: settings, units: units, untold: untold)
    }
}
