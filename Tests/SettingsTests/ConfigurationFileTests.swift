import RolloutModel
import Testing

@testable import Settings

@Suite struct ConfigurationFileTests {
    static let whole = """
        # every key there is
        hosts:
          - core-1
          - core@10.0.0.2:2222
          - name: core-3
            address: 10.0.0.3
            port: 22
            user: root
        ssh:
          user: core
          port: 2022
          identity-files: [~/.ssh/id_ed25519, keys/cluster]
          known-hosts: [~/.ssh/known_hosts, /etc/ssh/ssh_known_hosts]
          config: ~/.ssh/other
          connect-timeout: 10s
        update:
          group: stable
          server: https://update.example/v1/update/
          to: 1409.7.0
          leave-update-engine: as-found
        gates:
          fleet: {enabled: true, ttl: 30s}
          etcd: {enabled: false, endpoint: "http://127.0.0.1:4001/", samples: 5, interval: 2s, after: 3.5}
          clock: {enabled: true, skew: 2s}
          drift: {enabled: true, compare: same, user-data: ops/user-data}
          locksmith: always
          kubernetes:
            {enabled: true, kubeconfig: admin.conf, context: prod, drain-timeout: 5m, delete-emptydir-data: true}
        timeouts: {gate: 2m, stage: 30m, reboot: 10m, rejoin: 11m, commit: 5m, settle: 0s}
        journal: state/turnstile
        """

    static let environment = ConfigurationEnvironment(
        home: "/home/ann", workingDirectory: "/here", userName: "ann")

    static func file(_ yaml: String) throws(ConfigurationError) -> ConfigurationFile {
        try ConfigurationFile(yaml: yaml, file: "turnstile.yaml") {
            environment.absolute($0, from: "/etc/turnstile")
        }
    }

    @Test func readsEveryKey() throws {
        let file = try Self.file(Self.whole)
        #expect(
            file.hosts == [
                .init(id: HostID("core-1")),
                .init(id: HostID("10.0.0.2:2222"), port: 2222, user: "core"),
                .init(id: HostID("core-3"), address: "10.0.0.3", port: 22, user: "root"),
            ])
        #expect(
            file.ssh
                == ConfigurationFile.SSH(
                    user: "core", port: 2022,
                    identityFiles: ["/home/ann/.ssh/id_ed25519", "/etc/turnstile/keys/cluster"],
                    knownHosts: ["/home/ann/.ssh/known_hosts", "/etc/ssh/ssh_known_hosts"],
                    config: .file("/home/ann/.ssh/other"), connectTimeout: .seconds(10)))
        #expect(
            file.update
                == ConfigurationFile.Update(
                    group: "stable", server: "https://update.example/v1/update/", to: Version("1409.7.0"),
                    engineRest: .asFound))
        #expect(file.fleet == ConfigurationFile.Fleet(enabled: true, ttl: .seconds(30)))
        #expect(file.locksmith == .always)
        #expect(
            file.etcd
                == ConfigurationFile.Etcd(
                    enabled: false, endpoints: ["http://127.0.0.1:4001"], endpointLine: 23, samples: 5,
                    interval: .seconds(2),
                    after: "3.5"))
        #expect(file.clock == ConfigurationFile.Clock(enabled: true, skew: .seconds(2)))
        #expect(
            file.drift
                == ConfigurationFile.Drift(
                    enabled: true, compare: .same, userData: "/etc/turnstile/ops/user-data"))
        #expect(
            file.kubernetes
                == ConfigurationFile.Kubernetes(
                    enabled: true, kubeconfig: "/etc/turnstile/admin.conf", context: "prod",
                    drainTimeout: .seconds(300), deletesEmptyDirData: true))
        #expect(
            file.timeouts
                == ConfigurationFile.Timeouts(
                    gate: .seconds(120), stage: .seconds(1800), reboot: .seconds(600), rejoin: .seconds(660),
                    commit: .seconds(300), settle: .zero))
        #expect(file.journal == "/etc/turnstile/state/turnstile")
    }

    @Test(arguments: ["", "\n", "# nothing\n", "---\n", "ssh:\nupdate:\ngates:\n  fleet:\ntimeouts:\n", "{}"])
    func everythingMayBeLeftOut(yaml: String) throws {
        #expect(try Self.file(yaml) == ConfigurationFile())
    }

    @Test func theSSHConfigurationCanBeIgnored() throws {
        #expect(try Self.file("ssh: {config: none}").ssh.config == .ignored)
    }

    /// A mistake in each row, and the whole message about it.
    static let mistakes: [(yaml: String, message: String)] = [
        (
            "ssh:\n  prot: 22\n",
            "turnstile.yaml:2: ssh.prot: no such key; did you mean 'ssh.port'?"
        ),
        (
            "gates:\n  etcd:\n    smaples: 3\n",
            "turnstile.yaml:3: gates.etcd.smaples: no such key; did you mean 'gates.etcd.samples'?"
        ),
        (
            "update:\n  leave_update_engine: masked\n",
            "turnstile.yaml:2: update.leave_update_engine: no such key; did you mean 'update.leave-update-engine'?"
        ),
        (
            "update:\n  to: 1409.7.0\n  order: leader\n",
            #"turnstile.yaml:3: update.order: found "leader", expected given, leader-last or metadata:KEY"#
        ),
        (
            "update: {commit: fast}\n",
            #"turnstile.yaml:1: update.commit: found "fast", expected engine or direct"#
        ),
        (
            "update: {dead-man: 30s}\n",
            #"turnstile.yaml:1: update.dead-man: found "30s", expected off, or whole minutes from 1m to 1440m, such as 30m or 30"#
        ),
        (
            "strategy: fast\n",
            "turnstile.yaml:1: strategy: no such key; allowed are agent, gates, hooks, hosts, journal, notify, ssh, timeouts, update"
        ),
        (
            "gates:\n  fleet:\n    retries: 1\n",
            "turnstile.yaml:3: gates.fleet.retries: no such key; allowed are gates.fleet.enabled, gates.fleet.ttl, gates.fleet.units"
        ),
        (
            "[a]: b\n",
            "turnstile.yaml:1: a list: no such key; allowed are agent, gates, hooks, hosts, journal, notify, ssh, timeouts, update"
        ),
        (
            "gates:\n  etcd:\n    samples: many\n",
            #"turnstile.yaml:3: gates.etcd.samples: found "many", expected a whole number from 1 to 100"#
        ),
        (
            "gates: {drift: {compare: all}}\n",
            #"turnstile.yaml:1: gates.drift.compare: found "all", expected odd-one-out, same or none"#
        ),
        (
            "gates: {clock: {skew: 0s}}\n",
            #"turnstile.yaml:1: gates.clock.skew: found "0s", expected a duration from 1s to 1h, such as 90s or 2m"#
        ),
        (
            "gates: {kubernetes: {enabled: true, context: --token}}\n",
            #"turnstile.yaml:1: gates.kubernetes.context: found "--token", expected the name of a context, as 'kubectl config get-contexts' lists them"#
        ),
        (
            "gates:\n  kubernetes: {drain-timeout: 10}\n",
            #"turnstile.yaml:2: gates.kubernetes.drain-timeout: found "10", expected a duration from 1s to 24h, such as 90s or 2m"#
        ),
        (
            "gates: {etcd: {after: v3}}\n",
            #"turnstile.yaml:1: gates.etcd.after: found "v3", expected a version of etcd such as 3.5 or 3.5.1"#
        ),
        (
            "gates: {locksmith: off}\n",
            #"turnstile.yaml:1: gates.locksmith: found "off", expected auto, always or never"#
        ),
        (
            "gates: {etcd: {samples: 0}}\n",
            #"turnstile.yaml:1: gates.etcd.samples: found "0", expected a whole number from 1 to 100"#
        ),
        (
            "gates:\n  window: {zone: Europe/Berlin}\n",
            #"turnstile.yaml:2: gates.window.open: found nothing, expected a list of windows, such as ["Sat 22:00-04:00"]"#
        ),
        (
            "gates:\n  window: {open: []}\n",
            #"turnstile.yaml:2: gates.window.open: found a list, expected a list of windows, such as ["Sat 22:00-04:00"]"#
        ),
        (
            "gates:\n  window: {open: [22:00-25:00]}\n",
            #"turnstile.yaml:2: gates.window.open[1]: found "22:00-25:00", expected a window such as 22:00-04:00 or Mon-Fri,Sun 01:30-05:00"#
        ),
        (
            "gates:\n  window: {open: [22:00-04:00], zone: Europe/Nowhere}\n",
            #"turnstile.yaml:2: gates.window.zone: found "Europe/Nowhere", expected a time zone such as UTC or Europe/Berlin"#
        ),
        (
            "hooks:\n  gate: [/bin/true]\n  before-hosts: [/bin/true]\n",
            "turnstile.yaml:3: hooks.before-hosts: no such key; did you mean 'hooks.before-host'?"
        ),
        (
            "hooks:\n  gate: /bin/true --now\n",
            #"turnstile.yaml:2: hooks.gate: found "/bin/true --now", expected a list, each a word"#
        ),
        (
            "gates:\n  etcd: {ca-file: ca.pem}\n",
            #"turnstile.yaml:2: gates.etcd.ca-file: found "ca.pem", expected an absolute path on the hosts"#
        ),
        (
            "gates: {http: [{status: 200}]}\n",
            "turnstile.yaml:1: gates.http[1].url: found nothing, expected an http or https address, without blanks, quotes or backslashes"
        ),
        (
            "gates: {http: [{url: 'https://a/', field: state}]}\n",
            "turnstile.yaml:1: gates.http[1].equals: found nothing, expected a word"
        ),
        (
            "gates: {http: 'https://a/'}\n",
            #"turnstile.yaml:1: gates.http: found "https://a/", expected a list of keys and values"#
        ),
        (
            "hooks:\n  before-rollout: {on: host, run: [/opt/bin/backup]}\n",
            #"turnstile.yaml:2: hooks.before-rollout.on: found "host", expected a host's name: it is about no single host"#
        ),
        (
            "hooks:\n  gate: {run: [/opt/bin/check]}\n",
            "turnstile.yaml:2: hooks.gate.on: found nothing, expected host, for the one it is about, or a host's name"
        ),
        (
            "hooks:\n  gate: {on: host}\n",
            "turnstile.yaml:2: hooks.gate.run: found nothing, expected a list: a program and its arguments"
        ),
        (
            "hooks:\n  gate: []\n",
            "turnstile.yaml:2: hooks.gate: found a list, expected a list: a program and its arguments"
        ),
        (
            "hooks:\n  gate: [\"\"]\n",
            #"turnstile.yaml:2: hooks.gate[1]: found nothing, expected a word"#
        ),
        (
            "gates: {etcd: {enabled: yes}}\n",
            #"turnstile.yaml:1: gates.etcd.enabled: found "yes", expected true or false"#
        ),
        (
            "gates: {etcd: {endpoint: 'http://a/b'}}\n",
            #"turnstile.yaml:1: gates.etcd.endpoint: found "http://a/b", expected an address such as http://127.0.0.1:2379, http://[::1]:2379 or http://{address}:2379"#
        ),
        (
            "timeouts:\n  stage: 30\n",
            #"turnstile.yaml:2: timeouts.stage: found "30", expected a duration from 1s to 24h, such as 90s or 2m"#
        ),
        (
            "timeouts:\n\n  stage: 25h\n",
            #"turnstile.yaml:3: timeouts.stage: found "25h", expected a duration from 1s to 24h, such as 90s or 2m"#
        ),
        (
            "timeouts: {gate: 0s}\n",
            #"turnstile.yaml:1: timeouts.gate: found "0s", expected a duration from 1s to 24h, such as 90s or 2m"#
        ),
        (
            "timeouts: {gate: -5s}\n",
            #"turnstile.yaml:1: timeouts.gate: found "-5s", expected a duration from 1s to 24h, such as 90s or 2m"#
        ),
        (
            "ssh:\n  port: 70000\n",
            #"turnstile.yaml:2: ssh.port: found "70000", expected a port from 1 to 65535"#
        ),
        (
            "ssh:\n  port:\n",
            "turnstile.yaml:2: ssh.port: found nothing, expected a port from 1 to 65535"
        ),
        (
            "ssh:\n  user: 'a b'\n",
            #"turnstile.yaml:2: ssh.user: found "a b", expected a user's name"#
        ),
        (
            "ssh:\n  identity-files: ~/.ssh/id\n",
            #"turnstile.yaml:2: ssh.identity-files: found "~/.ssh/id", expected a list, each a path, absolute, relative, or beginning with ~/"#
        ),
        (
            "ssh:\n  identity-files:\n    - a\n    - ~bob/id\n",
            #"turnstile.yaml:4: ssh.identity-files[2]: found "~bob/id", expected a path, absolute, relative, or beginning with ~/"#
        ),
        ("ssh: [1]\n", "turnstile.yaml:1: ssh: found a list, expected keys and values"),
        ("- core-1\n", "turnstile.yaml:1: found a list, expected keys and values"),
        (
            "update:\n  to: 1409\n",
            #"turnstile.yaml:2: update.to: found "1409", expected a release such as 1409.7.0"#
        ),
        (
            "update:\n  leave-update-engine: running\n",
            #"turnstile.yaml:2: update.leave-update-engine: found "running", expected masked or as-found"#
        ),
        (
            "update:\n  group: \"a\\nSERVER=x\"\n",
            #"turnstile.yaml:2: update.group: found "a\nSERVER=x", expected a group such as stable, without blanks or quotes"#
        ),
        (
            "update:\n  server: ftp://x\n",
            #"turnstile.yaml:2: update.server: found "ftp://x", expected an http or https address, without blanks or quotes"#
        ),
        (
            "update:\n  group: {a: b}\n",
            "turnstile.yaml:2: update.group: found keys and values, expected a group such as stable, without blanks or quotes"
        ),
        ("hosts: core-1\n", #"turnstile.yaml:1: hosts: found "core-1", expected a list of hosts"#),
        ("hosts:\n", "turnstile.yaml:1: hosts: found nothing, expected a list of hosts"),
        (
            "hosts:\n  - -oProxyCommand=x\n",
            #"turnstile.yaml:2: hosts[1]: found "-oProxyCommand=x", expected a host such as core-1, core@10.0.0.1:2222 or [fd00::1]:22"#
        ),
        (
            "hosts:\n  - core-1\n  - address: 10.0.0.2\n",
            "turnstile.yaml:3: hosts[2].name: found nothing, expected a host's name, such as core-1"
        ),
        (
            "hosts:\n  - name: core-1\n    adress: 10.0.0.2\n",
            "turnstile.yaml:3: hosts[1].adress: no such key; did you mean 'hosts[1].address'?"
        ),
        (
            "hosts:\n  - core-1\n  - core-2\n  - {name: core-1, address: 10.0.0.9}\n",
            "turnstile.yaml:4: hosts: host 'core-1' is named twice, first on line 2"
        ),
        (
            "hosts: [core-1\nssh: {}\n",
            "turnstile.yaml:2: not YAML: did not find expected ',' or ']'"
        ),
        ("ssh: {port: 1}\nssh: {port: 2}\n", "turnstile.yaml:1: not YAML: keys are given twice: ssh"),
        ("a: b\n---\nc: d\n", "turnstile.yaml:2: not YAML: but found another document"),
        ("a: *nowhere\n", "turnstile.yaml:1: not YAML: found undefined alias"),
        ("a: \u{7}\n", "turnstile.yaml:1: not YAML: control characters are not allowed"),
    ]

    @Test(arguments: mistakes) func aMistakeIsNamed(yaml: String, message: String) {
        let error = #expect(throws: ConfigurationError.self) { try Self.file(yaml) }
        #expect(error?.description == message)
    }

    @Test func allMistakesAreToldAtOnceInTheOrderOfTheirLines() {
        let error = #expect(throws: ConfigurationError.self) {
            try Self.file(
                """
                timeouts:
                  gate: soon
                ssh:
                  prot: 1
                  port: 0
                hosts:
                  - core-1
                  - core-1
                """)
        }
        #expect(
            error?.description == """
                4 problems in the configuration:
                  - turnstile.yaml:2: timeouts.gate: found "soon", expected a duration from 1s to 24h, such as 90s or 2m
                  - turnstile.yaml:4: ssh.prot: no such key; did you mean 'ssh.port'?
                  - turnstile.yaml:5: ssh.port: found "0", expected a port from 1 to 65535
                  - turnstile.yaml:8: hosts: host 'core-1' is named twice, first on line 7
                """)
    }

    @Test(arguments: [
        ("prot", "port"), ("identity-file", "identity-files"), ("connect_timeout", "connect-timeout"),
        ("USER", "user"), ("key", nil), ("x", nil), ("", nil),
    ])
    func theNearestKeyIsSuggestedWhereItIsNear(text: String, nearest: String?) {
        let keys = ["user", "port", "identity-files", "known-hosts", "config", "connect-timeout"]
        #expect(Spelling.nearest(to: text, in: keys) == nearest)
    }
}
