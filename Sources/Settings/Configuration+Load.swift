import Coordinator
import Digest
import Foundation
import RolloutModel
import Rollouts

extension Configuration {
    /// The path that is read where no file is named, if it exists.
    package static let usualPath = "turnstile.yaml"

    /// Loads the values that the program runs with.
    ///
    /// A value comes from the first of these that gives it:
    /// 1. flags: `ConfigurationOverrides`; a user written before a host's name (`root@core-1`) counts before `--user`,
    /// 2. the host's own entry in `turnstile.yaml` or in the hosts file,
    /// 3. `ssh:` and the other sections of `turnstile.yaml`,
    /// 4. the user's ssh configuration, for how a host is reached (`SSHConfigLookup`),
    /// 5. the built-in defaults; the user `core`.
    ///
    /// Hosts come from `--hosts-file`, or from the cluster by `--from-fleet` or `--from-etcd`, where one of these is given,
    /// else from `turnstile.yaml`; arguments choose from these, by their names or an inventory's groups, and may name
    /// others. `--limit` and `--exclude` then say which of the hosts are chosen. Relative paths in a file are relative
    /// to that file, those of flags to the working directory.
    ///
    /// - Parameters:
    ///   - path: the path of a file that must exist; nil for `turnstile.yaml` in the working directory, which need not.
    ///   - leavesOut: called for each host of a file of hosts that is not reached by ssh, with the file as the user named
    ///     it.
    /// - Throws: `ConfigurationError` with everything that is wrong.
    package static func load(
        path: String?, overrides: ConfigurationOverrides, environment: ConfigurationEnvironment = .live(),
        leavesOut: (_ host: LeftOutHost, _ file: String) -> Void
    ) throws(ConfigurationError) -> Configuration {
        var problems: [ConfigurationProblem] = []
        func collecting<Value>(
            _ body: () throws(ConfigurationError) -> Value
        ) -> Value? {
            do {
                return try body()
            } catch {
                problems += error.problems
                return nil
            }
        }
        let file = collecting { () throws(ConfigurationError) in
            try ConfigurationFile.read(path: path, environment: environment)
        }
        let listed = collecting { () throws(ConfigurationError) in
            try overrides.hostsFile.map { name throws(ConfigurationError) in
                try hostsFile(name, environment, leavesOut)
            }
        }
        var configuration = Configuration(file ?? ConfigurationFile(), environment: environment)
        let userData = collecting { () throws(ConfigurationError) in
            try file?.drift.userData.map { name throws(ConfigurationError) in
                try expectedUserData(name, environment)
            }
        }
        configuration.gates.settings.drift?.userData = userData ?? nil
        let credentials = collecting { () throws(ConfigurationError) in
            try file?.etcd.credentials.map { name throws(ConfigurationError) in
                try etcdCredentials(name, environment)
            }
        }
        configuration.gates.etcdEndpoint.credentials = credentials ?? nil
        _ = collecting { () throws(ConfigurationError) in
            try configuration.gates.apart.readSecrets(environment)
        }
        for webhook in configuration.notify?.webhooks ?? [] {
            let read = collecting { () throws(ConfigurationError) in try webhook.withSecrets(environment) }
            if let read { configuration.notify?.webhooks[webhook.number - 1] = read }
        }
        if let listed = listed ?? nil { configuration.hosts = listed.hosts }
        if let discovered = overrides.discovered { configuration.hosts = discovered }
        problems += configuration.apply(
            overrides, groups: (listed ?? nil)?.groups ?? [:], environment: environment)
        if let fault = configuration.deadManFault {
            let isFlag = overrides.deadMan != nil
            problems.append(
                ConfigurationProblem(
                    file: isFlag ? nil : path ?? usualPath, line: isFlag ? nil : file?.update.deadManLine,
                    key: isFlag ? "--dead-man" : "update.dead-man", fault: fault))
        }
        if configuration.gates.etcdEndpoint.isShort(of: configuration.hosts.count) {
            problems.append(
                ConfigurationProblem(
                    file: path ?? usualPath, line: file?.etcd.endpointLine, key: "gates.etcd.endpoint",
                    fault: configuration.endpointFault))
        }
        guard problems.isEmpty else { throw ConfigurationError(problems) }
        return configuration
    }

    private var endpointFault: ConfigurationProblem.Fault {
        let urls = gates.etcdEndpoint.urls
        return .unexpected(
            found: "\(urls.joined(separator: ", ")) for \(hosts.count) hosts",
            expected: """
                where each host has an etcd of its own: http://127.0.0.1:2379, or http://{address}:2379, which stands for \
                each host's own address, or a list with an address of each host
                """)
    }

    /// Reads etcd's credentials. No other user may be able to read the file: it gives the same access as etcd itself.
    private static func etcdCredentials(
        _ name: String, _ environment: ConfigurationEnvironment
    ) throws(ConfigurationError) -> EtcdCredentials {
        let text = try TextFile.read(name, environment: environment, bytesMax: 4096, ownerAlone: true)
        guard let credentials = EtcdCredentials(file: name, text: text) else {
            throw ConfigurationError([
                ConfigurationProblem(
                    file: name, key: "",
                    fault: .unexpected(found: "something else", expected: "one line, user:password"))
            ])
        }
        return credentials
    }

    /// Reads a hosts file; `-` is standard input.
    private static func hostsFile(
        _ name: String, _ environment: ConfigurationEnvironment,
        _ leavesOut: (_ host: LeftOutHost, _ file: String) -> Void
    ) throws(ConfigurationError) -> ListedHosts {
        guard name == "-" else {
            let text = try TextFile.read(name, environment: environment, bytesMax: HostsFile.bytesMax)
            return try HostsFile.read(
                text, file: name, beside: InventoryVariables(beside: name, environment: environment)
            ) { leavesOut($0, name) }
        }
        let file = "standard input"
        return try HostsFile.read(
            TextFile.readStandardInput(file, bytesMax: HostsFile.bytesMax), file: file
        ) { leavesOut($0, file) }
    }

    private static func expectedUserData(
        _ name: String, _ environment: ConfigurationEnvironment
    ) throws(ConfigurationError) -> GateSettings.Drift.Expected {
        let text = try TextFile.read(name, environment: environment)
        return GateSettings.Drift.Expected(file: name, sha256: SHA256.hexDigest(Array(text.utf8)))
    }

    /// The fault of a dead-man time that is too short: a host must not go back while the rollout still waits for it.
    private var deadManFault: ConfigurationProblem.Fault? {
        let needed = timeouts.rejoin + timeouts.commit
        guard let minutes = update.deadManMinutes, Duration.minutes(minutes) <= needed else { return nil }
        return .unexpected(
            found: "\(minutes) min",
            expected: """
                more than timeouts.rejoin and timeouts.commit together, which are \(needed.wholeSeconds) s: a host that is \
                still waited for must not go back meanwhile
                """)
    }

    /// Requires at least one host, for commands that need hosts.
    package func requireHosts() throws(ConfigurationError) {
        guard !hosts.isEmpty else {
            throw ConfigurationError([ConfigurationProblem(key: "", fault: .noHosts)])
        }
    }

    private init(_ file: ConfigurationFile, environment: ConfigurationEnvironment) {
        let etcd = GateSettings.Etcd(samples: file.etcd.samples ?? 3, after: file.etcd.after)
        let fleet = GateSettings.Fleet(
            ttl: file.fleet.ttl ?? .seconds(30), waitsForUnits: file.fleet.units ?? true)
        let kubernetes = KubernetesSettings(
            kubeconfig: file.kubernetes.kubeconfig, context: file.kubernetes.context,
            drainTimeout: file.kubernetes.drainTimeout ?? .seconds(600),
            deletesEmptyDirData: file.kubernetes.deletesEmptyDirData ?? false)
        let windows = file.window.open.map { open in
            GateSettings.Windows(
                open: open, minutesPerHost: file.window.perHost.map { Int(clamping: $0 / .minutes(1)) } ?? 30)
        }
        // etcd 2 hands its clients' TTLs round as times of the leader's clock: where the next leader is ahead by as much as
        // fleet's registrations have left, all of them end at once. etcd itself warns from 1 s on.
        let clock = GateSettings.Clock(skew: file.clock.skew ?? .seconds(5))
        // Where user-data is each host's own, a rollout must not be held for that each time; one host that is unlike all the
        // others is what a change by hand looks like.
        let drift = GateSettings.Drift(compare: file.drift.compare ?? .oddOneOut)
        let units = GateSettings.Units(
            ignored: file.units.ignored ?? [], steady: file.units.steady ?? .seconds(10))
        self.init(
            hosts: file.hosts ?? [],
            ssh: SSHSettings(
                user: file.ssh.user, port: file.ssh.port, identityFiles: file.ssh.identityFiles,
                knownHosts: file.ssh.knownHosts, configFile: file.ssh.config ?? .usual,
                connectTimeout: file.ssh.connectTimeout),
            update: UpdateSettings(
                group: file.update.group, server: file.update.server, to: file.update.to,
                order: file.update.order ?? .given,
                engineRest: file.update.engineRest ?? .masked, commit: file.update.commit ?? .engine,
                deadManMinutes: file.update.deadMan?.minutes),
            gates: Gates(
                settings: GateSettings(
                    fleet: file.fleet.enabled ?? true ? fleet : nil,
                    etcd: file.etcd.enabled ?? true ? etcd : nil,
                    asksForNodes: file.kubernetes.enabled ?? false, windows: windows,
                    waitsForDeis: file.deis ?? true,
                    clock: file.clock.enabled ?? true ? clock : nil,
                    drift: file.drift.enabled ?? true ? drift : nil,
                    units: file.units.enabled ?? true ? units : nil),
                etcdEndpoint: EtcdEndpoint(
                    urls: file.etcd.endpoints ?? EtcdEndpoint.usual.urls, tls: file.etcd.tls),
                kubernetes: file.kubernetes.enabled ?? false ? kubernetes : nil,
                hasPerHost: file.window.perHost != nil, pages: file.pages, apart: file.apart,
                timeZone: file.window.zone, locksmith: file.locksmith ?? .auto,
                interval: file.etcd.interval ?? .seconds(1)),
            hooks: Hooks(commands: file.hooks, deadline: file.hookDeadline ?? .seconds(300)),
            timeouts: RolloutTimeouts(
                gate: file.timeouts.gate ?? .seconds(120), stage: file.timeouts.stage ?? .seconds(1800),
                reboot: file.timeouts.reboot ?? .seconds(600), rejoin: file.timeouts.rejoin ?? .seconds(600),
                commit: file.timeouts.commit ?? .seconds(300), settle: file.timeouts.settle ?? .zero),
            journal: file.journal ?? environment.journalDirectory, agentSigners: file.agentSigners,
            notify: file.webhooks.isEmpty ? nil : Notify(webhooks: file.webhooks))
    }
}

extension ConfigurationFile {
    static func read(path: String?, environment: ConfigurationEnvironment) throws(ConfigurationError)
        -> ConfigurationFile
    {
        let name = path ?? Configuration.usualPath
        let absolute = environment.absolute(name, from: environment.workingDirectory)
        if path == nil, !FileManager.default.fileExists(atPath: absolute) { return ConfigurationFile() }
        let text = try TextFile.read(name, environment: environment)
        let folder = (absolute as NSString).deletingLastPathComponent
        return try ConfigurationFile(yaml: text, file: name) { environment.absolute($0, from: folder) }
    }
}
