import AgentProtocol

extension HostReport {
    /// A report that tells little.
    package static func sample(
        machineID: String, bootID: String, hostname: String, uptimeSeconds: Double? = nil,
        distribution: String? = nil, version: String? = nil, prettyName: String? = nil, group: String? = nil,
        updateServer: String? = nil, rebootStrategy: String? = nil, engine: EngineUnit? = nil,
        engineStatus: EngineReading? = nil, partitions: PartitionTable? = nil, updatePending: Bool = false,
        systemState: String? = nil, units: HostUnits? = nil, hazards: [HostHazard] = [],
        wallClockSeconds: Double? = nil, cgroups: CgroupHierarchy? = nil, space: [HostSpace] = [],
        settings: HostSettings? = nil, etcd: EtcdStart? = nil, agent: AgentState,
        unreadable: [Unreadable] = [], tableWarning: String? = nil, oddSettings: [OddSetting]? = nil
    ) -> HostReport {
        HostReport(
            machineID: machineID, bootID: bootID, hostname: hostname, uptimeSeconds: uptimeSeconds,
            distribution: distribution, version: version, prettyName: prettyName, group: group,
            updateServer: updateServer, rebootStrategy: rebootStrategy, engine: engine,
            engineStatus: engineStatus, partitions: partitions, updatePending: updatePending,
            systemState: systemState, units: units, hazards: hazards, wallClockSeconds: wallClockSeconds,
            cgroups: cgroups, space: space, settings: settings, etcd: etcd, agent: agent,
            unreadable: unreadable, tableWarning: tableWarning, oddSettings: oddSettings)
    }
}
