import SampleValues
import Testing

@testable import RolloutModel

/// Set-ups that are broken in one thing each. The finding names the fault in the words of the layer below, and a fix
/// that can be typed or set.
@Suite struct BrokenSetupTests {
    struct Setup: Sendable, CustomTestStringConvertible {
        var name: String
        var check: Checkup.Check
        var verdict = Checkup.Verdict.fault
        /// Words of the finding.
        var says: [String]
        /// Commands and settings of the fix, as they are typed.
        var fix: [String]
        var findings: [Checkup.Finding]

        var testDescription: String { name }
    }

    static let a = HostID("core-1")
    static let b = HostID("core-2")
    static let login = ConnectionCheck.Login(user: "core", address: "10.0.0.1", port: 22)

    static func connection(
        _ trouble: HostTrouble, _ said: String, advice: String? = nil, key: ConnectionFailure.Key? = nil,
        login: ConnectionCheck.Login = login
    ) -> [Checkup.Finding] {
        let words = ConnectionFailure(said: said, advice: advice, key: key)
        return [ConnectionCheck(host: a, login: login, failure: .init(trouble, words)).finding]
    }

    /// A refused login, in words that are about this host, and in words that are about none.
    static func refused(
        _ host: HostID, _ user: String, at address: String, _ port: UInt16 = 22,
        why: String = "tried '/k/id': refused by the server"
    ) -> ConnectionCheck {
        let words = ConnectionFailure(
            said: "cannot log in on '\(user)@\(address)': \(why)", advice: "Name another user", refusal: why)
        return ConnectionCheck(
            host: host, login: .init(user: user, address: address, port: port),
            failure: .init(.loginRefused, words))
    }

    static func sudo(_ kind: SudoCheck.Denial.Kind, _ said: String, user: String = "core") -> [Checkup
        .Finding]
    {
        [SudoCheck(host: a, user: user, denial: .init(kind, said: said)).finding]
    }

    static func etcd(_ why: String, found: OwnEtcdCheck.Place? = nil) -> [Checkup.Finding] {
        let place = OwnEtcdCheck.Place(
            urls: ["https://127.0.0.1:2379"], caFile: "/nowhere/ca.pem", certFile: "/etc/own.pem",
            keyFile: "/etc/own.key")
        return [OwnEtcdCheck(host: a, configured: place, seat: .unknown(why), found: found).finding]
    }

    static func reading(_ host: HostID, off seconds: Double) -> ClockCheck.Reading {
        .init(host, clock(seconds))
    }

    static func clock(_ seconds: Double) -> ClockReading {
        ClockReading(
            shown: UTCTime(sinceEpoch: .seconds(1_795_608_000 + seconds)), asked: 0, answered: 0.2)
    }

    static let here: [Setup] = [
        Setup(
            name: "key that others can read", check: .keys, says: ["'/k/id'", "mode 0644"],
            fix: ["chmod 600 /k/id"],
            findings: KeyFilesCheck(
                files: [.init(path: "/k/id", isNamed: true, state: .open(mode: 0o644))], hasAgent: false
            ).findings),
        Setup(
            name: "key that is not there", check: .keys, says: ["'/k/id' is not there"],
            fix: ["ssh.identity-files"],
            findings: KeyFilesCheck(
                files: [.init(path: "/k/id", isNamed: true, state: .missing)], hasAgent: true
            ).findings),
        Setup(
            name: "no key at all", check: .keys, verdict: .warning, says: ["no key file"],
            fix: ["ssh-keygen -t ed25519"],
            findings: KeyFilesCheck(
                files: [.init(path: "/k/id", isNamed: false, state: .missing)], hasAgent: false
            ).findings),
        Setup(
            name: "journal below a file", check: .journal, says: ["'/j/x'", "'/j' is no directory"],
            fix: ["journal: ~/.local/state/turnstile"],
            findings: JournalPlaceCheck(path: "/j/x", .noDirectory(at: "/j")).findings),
        Setup(
            name: "journal not writable", check: .journal, says: ["'/j' may not be written to"],
            fix: ["journal: ~/.local/state/turnstile"],
            findings: JournalPlaceCheck(path: "/j", directory(isWritable: false)).findings),
        Setup(
            name: "journal that others may write", check: .journal, says: ["mode 0777"],
            fix: ["chmod 700 /j"],
            findings: JournalPlaceCheck(path: "/j", directory(mode: 0o777)).findings),
        Setup(
            name: "journal that others may read", check: .journal, verdict: .warning, says: ["mode 0755"],
            fix: ["chmod 700 /j"],
            findings: JournalPlaceCheck(path: "/j", directory(mode: 0o755)).findings),
        Setup(
            name: "journal of another user", check: .journal, says: ["'/j' belongs to another user"],
            fix: ["journal: ~/.local/state/turnstile"],
            findings: JournalPlaceCheck(path: "/j", directory(isForeign: true)).findings),
        Setup(
            name: "no room for journals", check: .journal, says: ["2.0 MiB left"], fix: ["df -h /j"],
            findings: JournalPlaceCheck(path: "/j", directory(freeBytes: 2 << 20)).findings),
        Setup(
            name: "proxy for kubectl", check: .proxies, verdict: .warning,
            says: ["kubectl goes by HTTPS_PROXY=http://proxy:3128", "but for 10.0.0.1"],
            fix: ["unset HTTPS_PROXY"],
            findings: [
                ProxyCheck(
                    proxies: [.init("HTTPS_PROXY", "http://proxy:3128")], exceptions: "10.0.0.1",
                    programs: ["kubectl"]
                ).finding
            ]),
        Setup(
            name: "window too short for any host", check: .window, says: ["the longest is 30 min", "1 h"],
            fix: ["gates.window.open", "gates.window.per-host"],
            findings: [window("01:00-01:30", perHost: 60, now: nil).finding]),
        Setup(
            name: "window in an unknown zone", check: .window, says: ["nothing says what time it is"],
            fix: ["gates.window.zone"], findings: [window("01:00-05:00", perHost: 30, now: nil).finding]),
        Setup(
            name: "kubectl may not", check: .kubernetes,
            says: ["not allowed: patch nodes, evict pods", "no - role missing"],
            fix: [
                "kubectl create clusterrole turnstile-mark --verb=patch --resource=nodes"
                    + " --dry-run=client -o yaml | kubectl apply -f -",
                "kubectl create clusterrolebinding turnstile-mark --clusterrole=turnstile-mark --user=USER"
                    + " --dry-run=client -o yaml | kubectl apply -f -",
                "kubectl create clusterrole turnstile-evict --verb=create --resource=pods/eviction",
            ],
            findings: KubernetesCheck(
                nodes: .seen(3),
                denied: [
                    .init(.patchNodes, said: "kubectl auth can-i patch nodes: no - role missing"),
                    .init(.evictPods, said: "no"),
                ]
            ).findings),
        Setup(
            name: "kubectl that is not told all", check: .kubernetes,
            says: ["no answer whether kubectl may: patch nodes, list leases", "(Unauthorized)"],
            fix: ["kubectl auth can-i --list"],
            findings: KubernetesCheck(
                nodes: .seen(3), denied: [],
                untold: [
                    .init(.patchNodes, said: "error: You must be logged in to the server (Unauthorized)"),
                    .init(.listLeases, said: "x"),
                ]
            ).findings),
        Setup(
            name: "kubectl that may not read all", check: .kubernetes, says: ["not allowed: list pods"],
            fix: [
                "--verb=get,list --resource=nodes,pods,daemonsets.apps,poddisruptionbudgets.policy,"
                    + "leases.coordination.k8s.io"
            ],
            findings: KubernetesCheck(nodes: .seen(3), denied: [.init(.listPods, said: "no")]).findings),
        Setup(
            name: "kubectl gets no answer", check: .kubernetes, says: ["connection refused"],
            fix: ["kubectl get nodes,leases", "gates.kubernetes.kubeconfig"],
            findings: KubernetesCheck(
                nodes: .unknown("kubectl get nodes,leases: connection refused"), denied: []
            ).findings),
    ]

    static let hosts: [Setup] = [
        Setup(
            name: "unreachable", check: .connection, says: ["no answer within 10 s"],
            fix: ["turnstile audit core-1"],
            findings: connection(
                .unreachable, "cannot connect to 'core-1': no answer within 10 s",
                advice: "Check that it is up")),
        Setup(
            name: "wrong user", check: .login, says: ["refused by the server"],
            fix: ["ssh.user: core", "ssh-copy-id -p 2222 'admin@10.0.0.1'"],
            findings: connection(
                .loginRefused, "tried '/k/id': refused by the server", advice: "Name another user",
                login: .init(user: "admin", address: "10.0.0.1", port: 2222))),
        Setup(
            name: "wrong user on several hosts", check: .login,
            says: ["cannot log in as 'admin': tried '/k/id': refused by the server"],
            fix: [
                "ssh.user: core", "ssh-copy-id -p 22 'admin@10.0.0.1'",
                "ssh-copy-id -p 2222 'admin@10.0.0.2'",
            ],
            findings: ConnectionCheck.findings([
                refused(a, "admin", at: "10.0.0.1", 22), refused(b, "admin", at: "10.0.0.2", 2222),
            ])),
        Setup(
            name: "unknown host key", check: .hostKey, says: ["no line of '/k/known_hosts' vouches"],
            fix: ["turnstile audit --accept-new core-1"],
            findings: connection(.hostKey, "no line of '/k/known_hosts' vouches for it", key: .unknown)),
        Setup(
            name: "no known_hosts at all", check: .hostKey,
            says: ["none of '/k/known_hosts' exists", "SHA256:"],
            fix: ["turnstile audit --accept-new core-1"],
            findings: connection(
                .hostKey, "none of '/k/known_hosts' exists, and so nothing vouches for its key SHA256:x",
                key: .unknown)),
        Setup(
            name: "changed host key", check: .hostKey, says: ["has another key for it"],
            fix: [
                "ssh-keygen -R 10.0.0.1 -f '/k/known hosts'", "turnstile audit --accept-new core-1",
                "compare the fingerprint",
            ],
            findings: connection(
                .hostKey, "'/k/known hosts:1' has another key for it",
                key: .other([.init(name: "10.0.0.1", file: "/k/known hosts")]))),
        Setup(
            name: "revoked host key", check: .hostKey, says: ["is revoked"], fix: ["give the host a new key"],
            findings: connection(.hostKey, "its key is revoked", advice: "Give the host a new key")),
        Setup(
            name: "sudo with a password", check: .sudo, says: ["a password is required"],
            fix: [
                "as root on 'core-1'", "echo 'admin ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/zz-turnstile",
            ],
            findings: sudo(.wantsPassword, "sudo: a password is required", user: "admin")),
        Setup(
            name: "sudo not allowed", check: .sudo, says: ["may not run sudo"],
            fix: ["echo 'core ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/zz-turnstile"],
            findings: sudo(.forbidden, "core may not run sudo")),
        Setup(
            name: "sudo that wants a terminal", check: .sudo, says: ["must have a tty"],
            fix: ["echo 'Defaults:core !requiretty' >/etc/sudoers.d/zz-turnstile-tty"],
            findings: sudo(.wantsTerminal, "you must have a tty to run sudo")),
        Setup(
            name: "no sudo", check: .sudo, says: ["not found"], fix: ["ssh.user: root"],
            findings: sudo(.missing, "sudo: not found")),
        Setup(
            name: "agents missing", check: .agent, says: ["no /opt/bin/turnstile-agent"],
            fix: ["turnstile install core-1 core-2"],
            findings: AgentCheck(
                [a, b].map { .init($0, .unfit(why: "there is no /opt/bin/turnstile-agent on it")) }
            ).findings),
        Setup(
            name: "agent that others may write", check: .agent, says: ["may be written to by others"],
            fix: ["chown root:root /opt/bin", "chmod go-w /opt/bin", "turnstile install core-1"],
            findings: AgentCheck([
                .init(
                    a,
                    .exposed(why: "'/opt/bin' may be written to by others", path: "/opt/bin", isLink: false))
            ]).findings),
        Setup(
            name: "agent of another version", check: .agent, verdict: .warning, says: ["its agent is 0.0.9"],
            fix: ["turnstile install core-1"],
            findings: AgentCheck([.init(a, .otherVersion(why: "its agent is 0.0.9"))]).findings),
        Setup(
            name: "agent that is another program", check: .agent, says: ["others have b"],
            fix: ["turnstile install core-1"],
            findings: AgentCheck([.init(a, .otherProgram(why: "it has a, and others have b"))]).findings),
        Setup(
            name: "agent without an answer", check: .agent, says: ["signal KILL"],
            fix: ["turnstile-agent report", "turnstile install core-1"],
            findings: AgentCheck([.init(a, .silent(.agentFailed, why: "it ended by signal KILL"))]).findings),
        Setup(
            name: "no update-engine", check: .engine, says: ["no update-engine.service"],
            fix: ["systemctl status update-engine"], findings: [EngineCheck(host: a, unit: nil).finding]),
        Setup(
            name: "update-engine at work by itself", check: .engine, verdict: .warning,
            says: ["not masked, active"], fix: ["systemctl mask --now update-engine.service"],
            findings: [EngineCheck(host: a, unit: .init(isMasked: false, activeState: "active")).finding]),
        Setup(
            name: "Zincati", check: .reboots,
            says: ["zincati.service is active", "FleetLock server http://l"],
            fix: ["systemctl mask --now zincati.service"],
            findings: [RebooterCheck(host: a, .active(fleetLock: "http://l")).finding]),
        Setup(
            name: "Zincati that nobody tells of", check: .reboots, verdict: .warning,
            says: ["told nothing of zincati.service"], fix: ["systemctl status zincati.service"],
            findings: [RebooterCheck(host: a, .untold).finding]),
    ]

    static let cluster: [Setup] = [
        Setup(
            name: "TLS path wrong", check: .etcd, says: ["error setting certificate file: /nowhere/ca.pem"],
            fix: ["gates.etcd.ca-file", "sudo ls -l /nowhere/ca.pem"],
            findings: etcd("nothing answers (curl: (77) error setting certificate file: /nowhere/ca.pem)")),
        Setup(
            name: "TLS certificate of the client wrong", check: .etcd, says: ["PEM client certificate"],
            fix: ["gates.etcd.cert-file", "gates.etcd.key-file", "sudo ls -l /etc/own.pem"],
            findings: etcd("nothing answers (curl: (58) could not load PEM client certificate)")),
        Setup(
            name: "TLS demanded of the client", check: .etcd, says: ["bad certificate"],
            fix: ["gates.etcd.cert-file"],
            findings: etcd("nothing answers (curl: (56) OpenSSL SSL_read: bad certificate)")),
        Setup(
            name: "endpoint of another host", check: .etcd, says: ["another machine answers there"],
            fix: ["gates.etcd.endpoint: \"http://{address}:2379\""],
            findings: etcd(
                "http://10.0.0.9:2379 is not on 'core-1': another machine answers there",
                found: .init(urls: ["http://{address}:2379"]))),
        Setup(
            name: "endpoint that is found with its TLS files", check: .etcd, says: ["nothing answers"],
            fix: [
                "gates.etcd.endpoint: \"https://127.0.0.1:2379\"", "gates.etcd.ca-file: /etc/ca.pem",
                "gates.etcd.cert-file: /etc/c.pem", "gates.etcd.key-file: /etc/c.key",
            ],
            findings: etcd(
                "nothing answers",
                found: .init(
                    urls: ["https://127.0.0.1:2379"], caFile: "/etc/ca.pem", certFile: "/etc/c.pem",
                    keyFile: "/etc/c.key"))),
        Setup(
            name: "etcd that is silent", check: .etcd, says: ["curl: (7)"],
            fix: ["systemctl status etcd-member etcd2 etcd", "gates.etcd.endpoint"],
            findings: etcd("nothing answers (curl: (7) Failed to connect)")),
        Setup(
            name: "fleet's TTL longer than configured", check: .fleetTTL,
            says: ["60 s (agent_ttl in fleet.conf)", "gates.fleet.ttl says 30 s"],
            fix: ["gates.fleet.ttl: 60s"],
            findings: FleetTTLCheck(
                configured: .seconds(30), asked: [a, b],
                seen: [
                    .init(a, ttl: .seconds(60), place: "agent_ttl in fleet.conf"),
                    .init(b, ttl: .seconds(30), place: "x"),
                ],
                listed: .seconds(28)
            ).findings),
        Setup(
            name: "fleet's TTL longer by its registry", check: .fleetTTL,
            says: ["at least 59 s, by its registry"],
            fix: ["gates.fleet.ttl: 59s"],
            findings: FleetTTLCheck(configured: .seconds(30), asked: [a], seen: [], listed: .seconds(58.6))
                .findings
        ),
        Setup(
            name: "fleet's TTL shorter than configured", check: .fleetTTL, verdict: .warning,
            says: ["6 s (x)", "longer than they need to"], fix: ["gates.fleet.ttl: 6s"],
            findings: FleetTTLCheck(
                configured: .seconds(30), asked: [a], seen: [.init(a, ttl: .seconds(6), place: "x")],
                listed: .seconds(5)
            ).findings),
        Setup(
            name: "fleet's TTL longer than can be set", check: .fleetTTL, says: ["7200 s (x)"],
            fix: ["lower agent_ttl of 'core-1' to 1 h or less"],
            findings: FleetTTLCheck(
                configured: .seconds(30), asked: [a], seen: [.init(a, ttl: .seconds(7200), place: "x")],
                listed: nil
            ).findings),
        Setup(
            name: "fleet's TTL longer than can be set by its registry", check: .fleetTTL,
            says: ["at least 7000 s, by its registry"], fix: ["lower agent_ttl of the hosts to 1 h or less"],
            findings: FleetTTLCheck(configured: .seconds(30), asked: [a], seen: [], listed: .seconds(7000))
                .findings),
        Setup(
            name: "fleet's TTL that no host tells", check: .fleetTTL, verdict: .warning,
            says: ["no host told its agent_ttl", "gates.fleet.ttl says 30 s"],
            fix: ["grep agent_ttl /etc/fleet/fleet.conf"],
            findings: FleetTTLCheck(configured: .seconds(30), asked: [a], seen: [], listed: .seconds(20))
                .findings),
        Setup(
            name: "no fleet", check: .fleet, says: ["no fleet.service"], fix: ["gates.fleet.enabled: false"],
            findings: FleetAbsence(hosts: [a]).findings),
        Setup(
            name: "a host's clock off", check: .clock, says: ["'core-2' is at least 59 min behind"],
            fix: ["timedatectl", "gates.clock.skew"],
            findings: ClockCheck(
                hosts: [reading(a, off: 0), reading(b, off: -3600), reading(HostID("core-3"), off: 0)],
                own: clock(0), settings: .init(skew: .seconds(5))
            ).findings),
        Setup(
            name: "a host that answers too slowly for its clock", check: .clock, verdict: .warning,
            says: ["its answer took 8 s", "5 s apart"], fix: ["uptime"],
            findings: ClockCheck(
                hosts: [.init(a, ClockReading(shown: clock(0).shown, asked: 0, answered: 8))],
                own: clock(0), settings: .init(skew: .seconds(5))
            ).findings),
        Setup(
            name: "this machine's clock off", check: .clock, verdict: .warning,
            says: ["this machine's is at least", "ahead of that of 2 hosts"],
            fix: ["timedatectl set-ntp true"],
            findings: ClockCheck(
                hosts: [reading(a, off: 0), reading(b, off: 0)], own: clock(90), settings: nil
            ).findings),
    ]

    @Test(arguments: here + hosts + cluster) func theFaultAndItsFixAreNamed(setup: Setup) throws {
        let found = try #require(setup.findings.first { $0.verdict != .ok }, "nothing is found")
        #expect(found.check == setup.check && found.verdict == setup.verdict, "\(found)")
        for words in setup.says { #expect(found.said.contains(words), "\(found.said)") }
        let fix = try #require(found.fix).text()
        for words in setup.fix { #expect(fix.contains(words), "\(fix)") }
    }

    @Test func aRefusalThatHostsHaveInCommonIsToldOnce() {
        let (c, d) = (HostID("core-3"), HostID("core-4"))
        let reached = ConnectionCheck(host: d, login: Self.login, failure: nil)
        let common = ConnectionCheck.findings([
            Self.refused(Self.a, "admin", at: "10.0.0.1"), reached,
            Self.refused(Self.b, "admin", at: "10.0.0.2"),
            Self.refused(c, "admin", at: "10.0.0.3"),
        ])
        #expect(common.map(\.subject) == [.hosts([Self.a, Self.b, c]), .host(d)])
        // Other users, and other reasons, are mended otherwise.
        let apart = [
            Self.refused(Self.a, "admin", at: "10.0.0.1"), Self.refused(Self.b, "root", at: "10.0.0.2"),
            Self.refused(c, "admin", at: "10.0.0.3", why: "no key to try"),
        ]
        #expect(ConnectionCheck.findings(apart) == apart.map(\.finding))
        #expect(ConnectionCheck.findings([]).isEmpty)
    }

    /// A host may want both rules: the file of the one is not that of the other.
    @Test func theFixesOfSudoDoNotUndoEachOther() throws {
        let kinds: [SudoCheck.Denial.Kind] = [.wantsPassword, .wantsTerminal]
        let files = kinds.compactMap { Self.sudo($0, "x").first?.fix?.text().split(separator: ">").last }
        #expect(files.count == 2 && Set(files).count == 2, "\(files)")
    }

    /// Seconds of two hosts beside a setting of 30, and what is told of each.
    static let ttls: [(a: Double, b: Double, said: [String], fix: [String?])] = [
        (6, 9, ["6 s (place of a)", "9 s (place of b)"], ["gates.fleet.ttl: 9s", "gates.fleet.ttl: 9s"]),
        (
            60, 90, ["60 s (place of a)", "90 s (place of b)"],
            ["gates.fleet.ttl: 90s", "gates.fleet.ttl: 90s"]
        ),
        (
            60, 7200, ["60 s (place of a)", "7200 s (place of b)"],
            ["gates.fleet.ttl: 60s", "lower agent_ttl of 'core-2'"]
        ),
        (30, 10, ["30 s, as gates.fleet.ttl says", "10 s (place of b)"], [nil, nil]),
    ]

    @Test(arguments: ttls) func eachHostHasItsOwnTTL(a: Double, b: Double, said: [String], fix: [String?]) {
        let found = FleetTTLCheck(
            configured: .seconds(30), asked: [Self.a, Self.b],
            seen: [
                .init(Self.a, ttl: .seconds(a), place: "place of a"),
                .init(Self.b, ttl: .seconds(b), place: "place of b"),
            ], listed: nil
        ).findings
        #expect(found.map(\.subject) == [.host(Self.a), .host(Self.b)])
        for (finding, (said, fix)) in zip(found, zip(said, fix)) {
            #expect(finding.said.hasPrefix(said), "\(finding)")
            #expect(
                fix.map { finding.fix?.text().hasPrefix($0) == true } ?? (finding.fix == nil), "\(finding)")
        }
    }

    @Test func thereAreManyAndEachIsAnother() {
        let names = Set((Self.here + Self.hosts + Self.cluster).map(\.name))
        #expect(names.count > 40 && names.count == (Self.here + Self.hosts + Self.cluster).count)
    }

    static func directory(
        isWritable: Bool = true, mode: UInt32 = 0o700, freeBytes: Int64? = nil, isForeign: Bool = false
    ) -> JournalPlaceCheck.Place {
        .directory(.init(isWritable: isWritable, mode: mode, freeBytes: freeBytes, isForeign: isForeign))
    }

    static func window(_ text: String, perHost: Int, now: LocalTime?) -> WindowCheck {
        WindowCheck(
            settings: .init(open: [MaintenanceWindow(text)].compactMap(\.self), minutesPerHost: perHost),
            now: now, zone: "UTC")
    }
}
