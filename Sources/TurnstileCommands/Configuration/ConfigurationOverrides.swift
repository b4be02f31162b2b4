import RolloutModel

/// The values of flags. A value given here wins over the file's.
struct ConfigurationOverrides: Hashable, Sendable {
    /// Names of the file's hosts, in the order wanted; a name the file does not know is a host of its own.
    var hosts: [String] = []
    /// A file of hosts, in any form that `HostsFile` reads; `-` is standard input.
    var hostsFile: String?
    /// The hosts that the cluster itself named.
    var discovered: [Configuration.HostAddress]?
    var user: String?
    var identityFiles: [String] = []
    var acceptsNewHostKeys = false
    var group: String?
    var server: String?
    var to: String?
    var order: String?
    var engineRest: EngineRest?
    var commit: CommitMethod?
    var deadMan: String?
    var etcdAfter: String?
    var journal: String?
}
