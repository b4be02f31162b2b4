/// Hosts without fleet, where the configuration has fleet asked.
public struct FleetAbsence: Hashable, Sendable {
    public var hosts: [HostID]

    public init(hosts: [HostID]) { self.hosts = hosts }

    public var findings: [Checkup.Finding] {
        guard !hosts.isEmpty else { return [] }
        return [
            .fault(
                .fleet, .hosts(hosts), "there is no fleet.service",
                fix: ["where nothing here runs fleet:", "\(set: "gates.fleet.enabled", to: "false")"])
        ]
    }
}
