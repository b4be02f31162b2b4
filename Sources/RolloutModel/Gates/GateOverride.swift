/// A person's word that a gate is passed over for one rollout, and why. There is none for quorum, for fleet's or etcd's
/// health, for what the target's image lacks, for a host that cannot be read, or for one at a time.
public struct GateOverride: Codable, Hashable, Sendable, CustomStringConvertible {
    public var gate: OverridableGate
    /// In the person's words; never empty.
    public var reason: String

    public init(gate: OverridableGate, reason: String) {
        self.gate = gate
        self.reason = reason
    }

    public var description: String { "\(gate): \(reason)" }
}

/// The gates that can be passed over.
public enum OverridableGate: String, Codable, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// The etcd that the target brings is unknown, or is another than the operator said.
    case etcdAfter = "etcd-after"
    /// How long fleet lists a dead machine; the configuration's word is taken for it.
    case fleetTTL = "fleet-ttl"
    /// Units that fleet ran before the rollout.
    case units
    /// Deis' components.
    case deis
    /// Units of systemd that fail on a host and did not before.
    case unitsFailed = "units-failed"
    /// The operator's commands; none is run.
    case hooks
    /// The operator's pages; none is asked.
    case http
    case window
    /// The room for what staging writes, as far as that can be told beforehand.
    case space
    /// How far hosts' clocks are apart.
    case clock
    /// User-data and drop-ins.
    case drift
    /// Hosts of the cluster that the lock does not cover.
    case others

    public var description: String { rawValue }
}
