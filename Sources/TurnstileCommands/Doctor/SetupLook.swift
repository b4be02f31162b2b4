import Coordinator
import Foundation
import Logging
import RolloutModel
import Rollouts
import Settings

/// Everything that `doctor` looks at.
struct SetupLook: Sendable {
    let configuration: Configuration
    /// As the operator named it; nil for the usual one, which need not be there.
    let file: String?
    /// The operator named some hosts.
    let isPart: Bool
    /// For all questions to one host.
    let deadline: Duration
    let progress: CheckupProgress

    func checkup() async -> Checkup {
        Interruptions.outliveReaders()
        OpenFiles.allow(AuditPace.descriptorsMax)
        async let pages = PagesLook(configuration.gates.pages, progress).findings()
        async let kubernetes = kubernetes()
        let routes = SSHRoutes(configuration, logger: Self.logger)
        let ways = await ways(routes)
        let look = LocalLook(configuration, environment: .live())
        let keys = KeyFilesCheck(
            named: configuration.ssh.identityFiles, destinations: ways.compactMap(\.value))
        let here =
            [loaded, look.journal].flatMap(\.self) + look.settings + keys.findings + [
                look.proxies, await look.window,
            ]
        let nodes = await kubernetes
        let cluster = await cluster(routes, logins: ways.compactMapValues { $0?.login }, nodes?.nodes)
        return Checkup(here + (await pages) + (nodes?.findings ?? []) + cluster)
    }

    private static let logger = Logger(label: "turnstile")

    private var loaded: [Checkup.Finding] {
        let name = file ?? Configuration.usualPath
        let isThere = file != nil || FileManager.default.fileExists(atPath: name)
        guard !configuration.hosts.isEmpty else {
            let none = ConfigurationProblem(file: isThere ? name : nil, key: "hosts", fault: .noHosts)
            return [none.finding(missing: isThere ? nil : name)]
        }
        let count = configuration.hosts.count
        let hosts = "\(count) \(count == 1 ? "host" : "hosts")"
        return [
            .ok(
                .configuration, .here,
                isThere ? "\(name) loads, \(hosts)" : "there is no \(name): \(hosts), and each default")
        ]
    }

    private func kubernetes() async -> KubernetesLook.Seen? {
        guard let settings = configuration.gates.kubernetes else { return nil }
        return await KubernetesLook(settings, progress).look()
    }

    /// How each host is reached; nil for one of which the ssh configuration does not say.
    private func ways(_ routes: SSHRoutes) async -> [HostID: SSHDestination?] {
        progress.asks("ssh -G", "settings")
        var ways: [HostID: SSHDestination?] = [:]
        for host in configuration.hosts.map(\.id) { ways[host] = await routes.destination(of: host) }
        progress.heard("ssh -G")
        return ways
    }

    private func cluster(
        _ routes: SSHRoutes, logins: [HostID: ConnectionCheck.Login], _ nodes: Observation<[NodeFacts]>?
    ) async -> [Checkup.Finding] {
        let hosts = configuration.hosts.map(\.id)
        guard !hosts.isEmpty else { return [] }
        let shell = HostShell.open(configuration, routes, Self.logger).within(deadline)
        let clock = RolloutClock.live()
        let gates = configuration.gates
        let settings = gates.apart.settings(beside: gates.settings)
        let endpoint = configuration.gates.etcdEndpoint
        let looker = HostLooker(
            shell: shell, etcd: endpoint, asksFleet: settings.fleet != nil, asksEtcd: settings.etcd != nil,
            now: clock.now, notify: { [progress] host, what in progress.asks(host.rawValue, what) })
        let looks = await looks(looker, at: hosts)
        let now = clock.now()
        var look = ClusterLook(
            hosts: looks, logins: logins,
            clock: ClockReading(
                shown: UTCTime(sinceEpoch: Duration(clamping: Date.now.timeIntervalSince1970)), asked: now,
                answered: now))
        look.nodes = nodes
        await look.ask(
            .live(shell: shell, etcd: endpoint, lookouts: gates.apart.lookouts(shell)), shell,
            version: TurnstileVersion.text,
            fleet: settings.fleet != nil, semaphores: semaphores(shell, hosts),
            notify: { [progress] what in progress.asks("the cluster", what) })
        for host in hosts { await shell.disconnect(host) }
        if let reports = look.agents?.reports,
            // A fault of the journals is a finding of its own.
            let lost = try? await DeclaredLost(in: configuration.journals)
        {
            look.woken = lost.woken(reports)
        }
        return look.findings(settings, endpoint: endpoint, isPart: isPart)
    }

    private func semaphores(_ shell: HostShell, _ hosts: [HostID]) -> SemaphoreStore? {
        guard configuration.gates.settings.etcd != nil, configuration.gates.locksmith != .never else {
            return nil
        }
        return .etcd(shell: shell, hosts: hosts, endpoint: configuration.gates.etcdEndpoint)
    }

    /// So many at once; in the order of the hosts.
    private func looks(_ looker: HostLooker, at hosts: [HostID]) async -> [HostLook] {
        await withTaskGroup(of: (Int, HostLook).self) { group in
            var waiting = hosts.enumerated().makeIterator()
            func next() {
                guard let (place, host) = waiting.next() else { return }
                group.addTask { (place, await looker.look(at: host)) }
            }
            for _ in 0..<Self.hostsAtOnce { next() }
            var looks = hosts.map { HostLook(host: $0) }
            for await (place, look) in group {
                progress.heard(look.host.rawValue)
                looks[place] = look
                next()
            }
            return looks
        }
    }

    private static let hostsAtOnce = 64
}

extension SSHDestination {
    fileprivate var login: ConnectionCheck.Login {
        ConnectionCheck.Login(user: user, address: address, port: port)
    }
}
