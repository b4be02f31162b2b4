/// A question of a use case apart from a rollout's course, whose answer may be waited for.
public enum Inquiry: Hashable, Sendable {
    /// The state of so many hosts, by their agents.
    case agents(Int)
    /// A sign of life of so many hosts that were declared lost.
    case lostHosts(Int)
    /// The facts that the order of the hosts depends on.
    case order
    /// Hosts of the cluster that are not in the plan.
    case neighbours
    /// The units and components that run before anything is touched.
    case baselines
    /// The nodes of Kubernetes.
    case nodes
    /// Every host's own member of etcd.
    case etcdOutlook
    /// The members of etcd, and their votes.
    case etcdMembers
    /// The last entry of the journal that others saw.
    case journalEnds
    /// The holder of the cluster.
    case holder
    /// The answer to a freeing of the cluster.
    case unlocking
    /// The answer to a setting back of tokens.
    case tokens
    /// The platform on the hosts.
    case platform
    /// The hook after a rollout.
    case hookAfterRollout
}
