/// The hierarchy of control groups that a host runs.
public enum CgroupHierarchy: String, Codable, CaseIterable, Hashable, Sendable {
    /// The legacy ones, or both beside each other.
    case v1
    /// The unified one alone.
    case v2
}
