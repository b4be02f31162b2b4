public import RolloutModel
import Rollouts

/// The answers of one host, without an agent.
public struct HostLook: Sendable {
    public var host: HostID
    /// Why no command ran there; nothing else is known then.
    public var fault: HostFault?
    public var probe: HostProbe?
    public var clock: ClockReading?
    public var audit: HostAudit?
    /// fleet's machines; nil where fleet is not asked, or is not there.
    public var machines: Observation<Set<MachineID>>?
    /// nil where etcd is not asked.
    public var seat: Observation<EtcdSeat>?
    /// The place of the host's own etcd, if etcd does not answer where the configuration says.
    public var etcdElsewhere: OwnEtcdCheck.Place?

    public init(host: HostID, fault: HostFault? = nil) {
        self.host = host
        self.fault = fault
    }

    /// True if root is to be had there.
    public var hasRoot: Bool { fault == nil && probe?.denial == nil }
}
