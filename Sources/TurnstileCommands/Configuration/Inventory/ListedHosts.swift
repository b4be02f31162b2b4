import RolloutModel

/// The hosts that a file lists, and the names by which several of them can be meant at once.
struct ListedHosts: Sendable {
    /// In the order of the file.
    var hosts: [Configuration.HostAddress]
    /// The groups of an inventory, each with all its hosts in the order of the file.
    var groups: [String: [HostID]] = [:]
}
