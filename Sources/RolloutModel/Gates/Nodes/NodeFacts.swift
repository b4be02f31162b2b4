/// A node of Kubernetes, as its API has it.
public struct NodeFacts: Hashable, Sendable {
    public var name: String
    /// As its kubelet read it on its host (`.status.nodeInfo`): a node is known by it, and never by name or address.
    public var machine: MachineID
    /// Of the boot in which its kubelet told of itself last.
    public var boot: BootID
    /// The reason why the node is not ready, by its condition `Ready`; nil if it is ready.
    public var unready: String?
    /// No pod is put onto it (`.spec.unschedulable`).
    public var isCordoned: Bool
    /// The rollout that cordoned it, by the mark that was set in the same write.
    public var cordonedBy: RolloutID?
    /// Another each time its kubelet renews its lease; nil where it has none.
    public var renewal: String?
    /// Of the node as it was read: a write under it counts only where nobody else wrote since.
    public var revision: String

    public init(
        name: String, machine: MachineID, boot: BootID, unready: String? = nil, isCordoned: Bool = false,
        cordonedBy: RolloutID? = nil, renewal: String?, revision: String
    ) {
        self.name = name
        self.machine = machine
        self.boot = boot
        self.unready = unready
        self.isCordoned = isCordoned
        self.cordonedBy = cordonedBy
        self.renewal = renewal
        self.revision = revision
    }
}
