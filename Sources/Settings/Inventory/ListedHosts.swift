import RolloutModel

/// The hosts that a file lists, and the names by which several of them can be meant at once.
package struct ListedHosts: Sendable {
    /// In the order of the file.
    package var hosts: [Configuration.HostAddress]
    /// The groups of an inventory, each with all its hosts in the order of the file.
    package var groups: [String: [HostID]] = [:]
}
