/// A host that gates are asked about: its name, and the machine that answers to it. Gates that need no plan know no more of
/// a host.
public struct ClusterHost: Hashable, Sendable {
    public var id: HostID
    public var machine: MachineID

    public init(id: HostID, machine: MachineID) {
        self.id = id
        self.machine = machine
    }
}
