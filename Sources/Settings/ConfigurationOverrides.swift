import RolloutModel

/// The values of flags. A value given here wins over the file's.
package struct ConfigurationOverrides: Hashable, Sendable {
    /// Names of the file's hosts, in the order wanted; a name the file does not know is a host of its own.
    package var hosts: [String] = []
    /// A choice among these, in the form of Ansible's `--limit`.
    package var limit: String?
    /// Hosts that are not chosen, in the same form.
    package var excluded: [String] = []
    /// A file of hosts, in any form that `HostsFile` reads; `-` is standard input.
    package var hostsFile: String?
    /// The hosts that the cluster itself named.
    package var discovered: [Configuration.HostAddress]?
    package var user: String?
    package var identityFiles: [String] = []
    package var acceptsNewHostKeys = false
    package var group: String?
    package var server: String?
    package var to: String?
    package var order: String?
    package var engineRest: EngineRest?
    package var commit: CommitMethod?
    package var deadMan: String?
    package var etcdAfter: String?
    package var journal: String?

    package init() {}
}
