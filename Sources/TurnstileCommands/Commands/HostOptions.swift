import ArgumentParser
import Coordinator
import Reports
import RolloutModel
import Rollouts
import Settings

/// The options that choose hosts, and say how they are reached.
struct HostOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A file of hosts: [user@]host[:port], one a line, or an Ansible inventory (INI or YAML); - is standard input.",
            valueName: "file"), completion: .file())
    var hostsFile: String?

    @Option(
        help: ArgumentHelp("The hosts that fleet lists, asked through this one of them.", valueName: "host"),
        completion: .hosts)
    var fromFleet: String?

    @Option(
        help: ArgumentHelp("The hosts of etcd's members, asked through this one of them.", valueName: "host"),
        completion: .hosts)
    var fromEtcd: String?

    @Option(help: "The user to log in as.")
    var user: String?

    @Option(name: .customLong("identity-file"), help: "A private key to log in with; may be given again.")
    var identityFiles: [String] = []

    @Argument(
        help:
            "Hosts, or groups of the inventory, in the order they are upgraded. (default: all of the configuration)",
        completion: .hosts
    )
    var hosts: [String] = []

    func validate() throws {
        let sources = [
            ("--hosts-file", hostsFile), ("--from-fleet", fromFleet), ("--from-etcd", fromEtcd),
        ].filter { $0.1 != nil }
        guard sources.count < 2 else {
            throw ValidationError("\(sources.map(\.0).joined(separator: " and ")): only one of them")
        }
    }

    /// The options, as they overlay a file.
    var overrides: ConfigurationOverrides {
        var overrides = ConfigurationOverrides()
        overrides.hosts = hosts
        overrides.hostsFile = hostsFile
        overrides.user = user
        overrides.identityFiles = identityFiles
        return overrides
    }

    /// The configuration with these hosts; asks the cluster for them where the options say so.
    ///
    /// - Parameter overlay: applies other flags over the configuration.
    /// - Throws: `CommandFailure`: exit code 64 with every problem of files and flags, 1 where the cluster did not name
    ///   its hosts.
    func configuration(
        _ files: FileOptions, _ overlay: (ConfigurationOverrides) -> ConfigurationOverrides = { $0 }
    ) async throws(CommandFailure) -> Configuration {
        var overrides = overlay(self.overrides)
        if let discovery { overrides.discovered = try await discovery.hosts(files, overrides) }
        return try files.load(overrides)
    }

    /// True if a cluster is asked for its hosts.
    var asksCluster: Bool { discovery != nil }

    private var discovery: ClusterDiscovery? {
        fromFleet.map { ClusterDiscovery(source: .fleet, seed: $0) }
            ?? fromEtcd.map { ClusterDiscovery(source: .etcd, seed: $0) }
    }
}
