import RolloutModel

/// What flags say. Each value that is there wins over the file's.
struct ConfigurationOverrides: Hashable, Sendable {
    /// Names of the file's hosts, in the order wanted; a name the file does not know is a host of its own.
    var hosts: [String] = []
    /// A file of hosts, one a line.
    var hostsFile: String?
    var user: String?
    var identityFiles: [String] = []
    var group: String?
    var server: String?
    var to: String?
    var order: String?
    var engineRest: Plan.EngineRest?
    var commit: Plan.CommitMethod?
    var deadMan: String?
    var etcdAfter: String?
    var journal: String?
}
