import Coordinator
import Digest
import Foundation
import RolloutModel
import Rollouts
import SampleSettings
import Testing

@testable import Settings

/// Loading from real files, in a directory of its own that goes with the test.
@Suite struct ConfigurationLoadTests {
    /// The endpoint of etcd for three hosts, and whether each host can have its own etcd there.
    @Test(arguments: [
        (#""http://127.0.0.1:2379""#, true), (#""http://{address}:2379""#, true),
        (#""http://[::1]:2379""#, true),
        (#""http://etcd.local:2379""#, true), (#"["http://10.0.0.1:2379", "http://127.0.0.1:2379"]"#, true),
        (#"["http://10.0.0.1:2379", "http://10.0.0.2:2379", "http://10.0.0.3:2379"]"#, true),
        (#""http://10.0.0.1:2379""#, false), (#""http://[fd00::1]:2379""#, false),
        (#"["http://10.0.0.1:2379", "http://10.0.0.2:2379"]"#, false),
        (#"["http://10.0.0.1:2379", "http://10.0.0.2:2379", "http://[::ffff:10.0.0.1]:2379"]"#, false),
    ]) func oneMachinesEtcdIsNotThatOfAll(endpoint: String, isEach: Bool) throws {
        try SettingsDirectory.with(["turnstile.yaml": "gates: {etcd: {endpoint: \(endpoint)}}\n"]) {
            environment in
            guard !isEach else {
                _ = try SettingsDirectory.load(environment) { $0.hosts = ["core-1", "core-2", "core-3"] }
                return
            }
            #expect {
                try SettingsDirectory.load(environment) { $0.hosts = ["core-1", "core-2", "core-3"] }
            } throws: {
                "\($0)".contains("turnstile.yaml:1: gates.etcd.endpoint: found http://")
                    && "\($0)".contains("for 3 hosts, expected where each host has an etcd of its own")
            }
            // A single host may have its etcd at its own address.
            if !endpoint.contains("[\"") {
                _ = try SettingsDirectory.load(environment) { $0.hosts = ["core-1"] }
            }
        }
    }

    @Test(arguments: [
        (0o600, "root:pw\n", nil), (0o640, "root:pw\n", "chmod 600"), (0o604, "root:pw", "chmod 600"),
        (0o600, "pw", "user:password"),
    ])
    func credentialsAreTheOperatorsAlone(mode: Int, text: String, complaint: String?) throws {
        let files = ["turnstile.yaml": "gates: {etcd: {credentials: etcd-user}}\n", "etcd-user": text]
        try SettingsDirectory.with(files) { environment in
            let path = environment.workingDirectory + "/etcd-user"
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            guard let complaint else {
                let configuration = try SettingsDirectory.load(environment)
                #expect(configuration.gates.etcdEndpoint.credentials != nil)
                let shown = String(decoding: try JSONEncoder().encode(configuration), as: UTF8.self)
                #expect(shown.contains("etcd-user") && !shown.contains("pw"))
                return
            }
            #expect {
                try SettingsDirectory.load(environment)
            } throws: { "\($0)".contains(complaint) && !"\($0)".contains("root:pw") }
        }
    }

    @Test(arguments: [
        (0o600, "s3cret\n", nil), (0o640, "s3cret\n", "chmod 600"),
        (0o600, "s3 cret\n", "one line with one token"),
    ])
    func consulsTokenIsTheOperatorsAlone(mode: Int, text: String, complaint: String?) throws {
        let yaml = "gates: {consul: {enabled: true, token: consul-token, steady: 5s}}\n"
        try SettingsDirectory.with(["turnstile.yaml": yaml, "consul-token": text]) { environment in
            let path = environment.workingDirectory + "/consul-token"
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            guard let complaint else {
                let configuration = try SettingsDirectory.load(environment)
                let consul = try #require(configuration.gates.apart.consul)
                #expect(consul.endpoint.token != nil && consul.endpoint.url == "http://127.0.0.1:8500")
                #expect(consul.gate == .init(steady: .seconds(5), stabilization: .seconds(60)))
                #expect(try configuration.settings["gates.consul.steady"]?.hasPrefix("5") == true)
                let shown = String(decoding: try JSONEncoder().encode(configuration), as: UTF8.self)
                #expect(shown.contains("consul-token") && !shown.contains("s3cret"))
                return
            }
            #expect {
                try SettingsDirectory.load(environment)
            } throws: { "\($0)".contains(complaint) && !"\($0)".contains("s3 cret") }
        }
    }

    @Test func consulIsAskedOnlyWhereItIsToBe() throws {
        try SettingsDirectory.with(["turnstile.yaml": "gates: {consul: {steady: 5s}}\n"]) { environment in
            let configuration = try SettingsDirectory.load(environment)
            #expect(configuration.gates.apart == ConfiguredGates())
        }
    }

    @Test func withoutAFileTheDefaultsCount() throws {
        try SettingsDirectory.with([:]) { environment in
            let configuration = try SettingsDirectory.load(environment) {
                $0.hosts = ["core-1", "root@core-2:2222"]
            }
            #expect(
                configuration.hosts == [
                    .init(id: HostID("core-1")), .init(id: HostID("core-2:2222"), port: 2222, user: "root"),
                ])
            #expect(configuration.ssh.configFile == .usual)
            #expect(configuration.ssh.connectTimeout == nil)
            #expect(configuration.ssh.user == nil && configuration.ssh.identityFiles == nil)
            #expect(configuration.update == .init(order: .given, engineRest: .masked, commit: .engine))
            #expect(
                configuration.gates.settings
                    == GateSettings(
                        fleet: .init(ttl: .seconds(30)), etcd: .init(samples: 3),
                        clock: .init(skew: .seconds(5)),
                        drift: .init(compare: .oddOneOut), units: .init(steady: .seconds(10))))
            #expect(configuration.gates.etcdEndpoint.urls == ["http://127.0.0.1:2379"])
            #expect(configuration.gates.interval == .seconds(1) && configuration.gates.locksmith == .auto)
            #expect(configuration.timeouts.stage == .seconds(1800) && configuration.timeouts.settle == .zero)
            #expect(configuration.journal == "/home/ann/.local/state/turnstile")
        }
    }

    @Test(arguments: [
        ("/var/state", "/var/state/turnstile"), ("relative", "/home/ann/.local/state/turnstile"),
        (nil, "/home/ann/.local/state/turnstile"),
    ])
    func journalsAreWhereXDGSays(stateHome: String?, journal: String) {
        var environment = ConfigurationFileTests.environment
        environment.xdgStateHome = stateHome
        #expect(environment.journalDirectory == journal)
    }

    /// The file that every host's user-data must be is read with the configuration, and stands for it from then on.
    @Test func hostsAreComparedAsTheFileSays() throws {
        let yaml = "gates: {clock: {skew: 2s}, drift: {compare: same, user-data: ops/user-data}}\n"
        let files = ["cluster/turnstile.yaml": yaml, "cluster/ops/user-data": "#cloud-config\n"]
        try SettingsDirectory.with(files) { environment in
            let settings = try SettingsDirectory.load(environment, path: "cluster/turnstile.yaml").gates
                .settings
            #expect(settings.clock?.skew == .seconds(2))
            #expect(
                settings.drift
                    == .init(
                        compare: .same,
                        userData: .init(
                            file: "\(environment.workingDirectory)/cluster/ops/user-data",
                            sha256: SHA256.hexDigest(Array("#cloud-config\n".utf8)))))
        }
        let off = "gates: {clock: {enabled: false}, drift: {enabled: false}}\n"
        try SettingsDirectory.with(["turnstile.yaml": off]) { environment in
            let settings = try SettingsDirectory.load(environment).gates.settings
            #expect(settings.clock == nil && settings.drift == nil)
        }
    }

    @Test func expectedUserDataMustBeThere() throws {
        let yaml = "gates: {drift: {user-data: /nowhere/user-data}}\n"
        try SettingsDirectory.with(["turnstile.yaml": yaml]) { environment in
            let error = #expect(throws: ConfigurationError.self) { try SettingsDirectory.load(environment) }
            #expect(
                error?.description
                    == "/nowhere/user-data: cannot be read: No such file or directory. Name a file that can be read"
            )
        }
    }

    @Test func aFileThatIsNamedMustExist() throws {
        try SettingsDirectory.with([:]) { environment in
            let error = #expect(throws: ConfigurationError.self) {
                try SettingsDirectory.load(environment, path: "other.yaml")
            }
            #expect(
                error?.description
                    == "other.yaml: cannot be read: No such file or directory. Name a file that can be read")
        }
    }

    @Test func aFileThatIsNoTextIsRefused() throws {
        try SettingsDirectory.with(["turnstile.yaml": "a: b"]) { environment in
            try Data([0xff, 0xfe, 0xff]).write(
                to: URL(filePath: environment.workingDirectory).appending(path: "turnstile.yaml"))
            let error = #expect(throws: ConfigurationError.self) { try SettingsDirectory.load(environment) }
            #expect(
                error?.description
                    == "turnstile.yaml: cannot be read: not UTF-8 text. Name a file that can be read")
        }
    }

    @Test func pathsOfAFileAreRelativeToItAndThoseOfFlagsToHere() throws {
        let yaml = "ssh: {identity-files: [key], known-hosts: [known_hosts]}\njournal: journal\n"
        try SettingsDirectory.with(["practice/turnstile.yaml": yaml]) { environment in
            let here = environment.workingDirectory
            let read = try SettingsDirectory.load(environment, path: "practice/turnstile.yaml")
            #expect(read.ssh.identityFiles == ["\(here)/practice/key"])
            #expect(read.ssh.knownHosts == ["\(here)/practice/known_hosts"])
            #expect(read.journal == "\(here)/practice/journal")
            let flagged = try SettingsDirectory.load(environment, path: "practice/turnstile.yaml") {
                $0.identityFiles = ["key", "~/key"]
                $0.journal = "journal"
            }
            #expect(flagged.ssh.identityFiles == ["\(here)/key", "/home/ann/key"])
            #expect(flagged.journal == "\(here)/journal")
        }
    }

    static let yaml = """
        hosts:
          - {name: core-1, address: 10.0.0.1, port: 2201, user: one}
          - core-2
          - three@core-3
        ssh: {user: all}
        update: {group: stable, to: 1353.8.0}
        gates: {fleet: {enabled: false}, etcd: {samples: 5}}
        timeouts: {settle: 5m}
        """

    @Test func flagsWinOverTheFileValueByValue() throws {
        try SettingsDirectory.with(["turnstile.yaml": Self.yaml]) { environment in
            let configuration = try SettingsDirectory.load(environment) {
                $0.to = "1409.7.0"
                $0.server = "https://update.example/"
                $0.engineRest = .asFound
            }
            #expect(
                configuration.update
                    == .init(
                        group: "stable", server: "https://update.example/", to: Version("1409.7.0"),
                        order: .given, engineRest: .asFound, commit: .engine))
            #expect(
                configuration.gates.settings
                    == GateSettings(
                        fleet: nil, etcd: .init(samples: 5), clock: .init(skew: .seconds(5)),
                        drift: .init(compare: .oddOneOut), units: .init(steady: .seconds(10))))
            #expect(
                configuration.timeouts.settle == .seconds(300)
                    && configuration.timeouts.gate == .seconds(120))
            #expect(configuration.ssh.user == "all")
            #expect(configuration.hosts.map(\.user) == ["one", nil, "three"])
        }
    }

    @Test func theWordOnEtcdIsOfTheFlagThenOfTheFile() throws {
        let yaml = "gates: {etcd: {after: 3.10}}\n"
        try SettingsDirectory.with(["turnstile.yaml": yaml]) { environment in
            let ofFile = try SettingsDirectory.load(environment)
            #expect(ofFile.gates.settings.etcd?.after == "3.10")
            let ofFlag = try SettingsDirectory.load(environment) { $0.etcdAfter = "3.5.1" }
            #expect(ofFlag.gates.settings.etcd?.after == "3.5.1")
            for odd in ["3", "3.5.1.2", "3.x", "3.-1", "v3.5", "", "not_decided"] {
                #expect(throws: ConfigurationError.self) {
                    try SettingsDirectory.load(environment) { $0.etcdAfter = odd }
                }
            }
        }
    }

    @Test func windowsAreReadWithTheirZone() throws {
        let yaml = "gates: {window: {open: [\"Sat 22:00-04:00\", 12:00-13:00], zone: UTC, per-host: 20m}}\n"
        try SettingsDirectory.with(["turnstile.yaml": yaml]) { environment in
            let gates = try SettingsDirectory.load(environment) { _ in }.gates
            let windows = try #require(gates.settings.windows)
            #expect(windows.open.map(\.description) == ["Sat 22:00-04:00", "12:00-13:00"])
            #expect(windows.minutesPerHost == 20 && gates.timeZone == "UTC")
            #expect(gates.localTime() != nil)
        }
    }

    /// A path is one beside the file; a bare name is looked up in PATH; what is configured counts for the digest.
    @Test func hooksAreCommands() throws {
        let yaml = "hooks: {before-rollout: [./backup, --all], gate: [notify], deadline: 20s}\n"
        try SettingsDirectory.with(["turnstile.yaml": yaml]) { environment in
            let configuration = try SettingsDirectory.load(environment) { _ in }
            let backup = try #require(configuration.hooks.commands[.beforeRollout])
            #expect(backup.words[0].hasPrefix("/") && backup.words[0].hasSuffix("/backup"))
            #expect(backup.words.dropFirst() == ["--all"] && backup.place == .operatorsMachine)
            #expect(configuration.hooks.commands[.gate] == HookCommand(words: ["notify"]))
            #expect(configuration.hooks.deadline == .seconds(20))
            #expect(Set(configuration.hooks.commands.keys) == [.beforeRollout, .gate])
            var other = configuration
            other.hooks.commands[.gate]?.words.append("loudly")
            #expect(try configuration.digest == configuration.digest)
            #expect(try other.digest != configuration.digest)
        }
    }

    /// On the host that is asked about, or on one by its name; paths are the host's.
    @Test func hooksRunOnHosts() throws {
        let yaml = """
            hooks:
              before-rollout: {on: core-1, run: [bin/backup]}
              gate: {on: host, run: [/opt/bin/check, --flag]}

            """
        try SettingsDirectory.with(["turnstile.yaml": yaml]) { environment in
            let commands = try SettingsDirectory.load(environment) { _ in }.hooks.commands
            #expect(
                commands == [
                    .beforeRollout: HookCommand(words: ["bin/backup"], place: .host(HostID("core-1"))),
                    .gate: HookCommand(words: ["/opt/bin/check", "--flag"], place: .hostConcerned),
                ])
        }
    }

    @Test(arguments: [("", true), ("gates: {deis: {enabled: false}}\n", false)])
    func deisIsWaitedForUnlessToldNotTo(yaml: String, waits: Bool) throws {
        try SettingsDirectory.with(["turnstile.yaml": yaml]) { environment in
            let settings = try SettingsDirectory.load(environment) { _ in }.gates.settings
            #expect(settings.waitsForDeis == waits)
        }
    }

    /// 2026-11-18 is a Wednesday.
    @Test(arguments: [
        (1_795_000_000.0, "UTC", "Wed 11:06"), (1_795_000_000, "Europe/Berlin", "Wed 12:06"),
        (1_795_000_000, "Pacific/Auckland", "Thu 00:06"), (0, "UTC", "Thu 00:00"),
    ])
    func theClockOnTheWallIsThatOfTheZone(seconds: Double, zone: String, shown: String) throws {
        let zone = try #require(TimeZone(identifier: zone))
        let time = LocalTime(Date(timeIntervalSince1970: seconds), in: zone)
        #expect(time?.description == shown)
    }

    @Test func argumentsChooseHostsAndMayNameOthers() throws {
        try SettingsDirectory.with(["turnstile.yaml": Self.yaml]) { environment in
            let configuration = try SettingsDirectory.load(environment) {
                $0.hosts = ["core-3", "root@core-1", "other"]
            }
            #expect(
                configuration.hosts == [
                    .init(id: HostID("core-3"), user: "three"),
                    .init(id: HostID("core-1"), address: "10.0.0.1", port: 2201, user: "root"),
                    .init(id: HostID("other")),
                ])
        }
    }

    @Test func theUserFlagCountsBeforeFilesAndAfterAUserWrittenWithTheHost() throws {
        try SettingsDirectory.with(["turnstile.yaml": Self.yaml]) { environment in
            let configuration = try SettingsDirectory.load(environment) {
                $0.user = "flag"
                $0.hosts = ["core-1", "core-2", "root@core-3"]
            }
            #expect(configuration.ssh.user == "flag")
            #expect(configuration.hosts.map(\.user) == [nil, nil, "root"])
        }
    }

    @Test func aHostsFileStandsInForTheFilesHosts() throws {
        try SettingsDirectory.with(["turnstile.yaml": Self.yaml, "list": "alpha\nbeta\n"]) { environment in
            let all = try SettingsDirectory.load(environment) { $0.hostsFile = "list" }
            #expect(all.hosts.map(\.id.rawValue) == ["alpha", "beta"])
            let chosen = try SettingsDirectory.load(environment) {
                $0.hostsFile = "list"
                $0.hosts = ["beta"]
            }
            #expect(chosen.hosts.map(\.id.rawValue) == ["beta"])
        }
    }

    @Test func mistakesOfFileHostsFileAndFlagsAreToldTogether() throws {
        try SettingsDirectory.with(["turnstile.yaml": "ssh:\n\n\n  port: x\n", "list": "\n-x\n"]) {
            environment in
            let error = #expect(throws: ConfigurationError.self) {
                try SettingsDirectory.load(environment) {
                    $0.hostsFile = "list"
                    $0.hosts = ["a b", "core-1", "core-1"]
                    $0.to = "14"
                    $0.group = "x y"
                    $0.user = ""
                }
            }
            #expect(
                error?.description == """
                    7 problems in the configuration:
                      - --to: found "14", expected a release such as 1409.7.0
                      - --group: found "x y", expected a group such as stable, without blanks or quotes
                      - --user: found nothing, expected a user's name
                      - found "a b", expected a host such as core-1, core@10.0.0.1:2222 or [fd00::1]:22
                      - host 'core-1' is named twice
                      - turnstile.yaml:4: ssh.port: found "x", expected a port from 1 to 65535
                      - list:2: found "-x", expected a host such as core-1, core@10.0.0.1:2222 or [fd00::1]:22
                    """)
        }
    }

    @Test func theOrderIsRead() throws {
        try SettingsDirectory.with(["turnstile.yaml": "update: {order: 'metadata:rack'}\n"]) { environment in
            #expect(try SettingsDirectory.load(environment).update.order == .metadata(key: "rack"))
            let flagged = try SettingsDirectory.load(environment) { $0.order = "leader-last" }
            #expect(flagged.update.order == .leaderLast)
            #expect(throws: ConfigurationError.self) {
                try SettingsDirectory.load(environment) { $0.order = "alphabetical" }
            }
        }
    }

    @Test func theWayToCommitAndTheDeadManAreRead() throws {
        let yaml = "update: {commit: direct, dead-man: 20m}\n"
        try SettingsDirectory.with(["turnstile.yaml": yaml]) { environment in
            let configuration = try SettingsDirectory.load(environment)
            #expect(configuration.update.commit == .direct)
            #expect(configuration.update.deadManMinutes == 20)
            let flagged = try SettingsDirectory.load(environment) {
                $0.commit = .engine
                $0.deadMan = "off"
            }
            #expect(flagged.update.commit == .engine && flagged.update.deadManMinutes == nil)
        }
        try SettingsDirectory.with([:]) { environment in
            let bare = try SettingsDirectory.load(environment)
            #expect(bare.update.deadManMinutes == nil)
            let flagged = try SettingsDirectory.load(environment) { $0.deadMan = "16" }
            #expect(flagged.update.deadManMinutes == 16)
        }
    }

    /// Ten minutes to rejoin and five to commit, unless said otherwise.
    @Test func aDeadManThatWouldActWhileAHostIsWaitedForIsAMistake() throws {
        let rule = """
            expected more than timeouts.rejoin and timeouts.commit together, which are 900 s: a host that is still \
            waited for must not go back meanwhile
            """
        try SettingsDirectory.with(["turnstile.yaml": "update:\n  dead-man: 15m\n"]) { environment in
            let file = #expect(throws: ConfigurationError.self) { try SettingsDirectory.load(environment) }
            #expect(file?.description == "turnstile.yaml:2: update.dead-man: found 15 min, \(rule)")
            let flag = #expect(throws: ConfigurationError.self) {
                try SettingsDirectory.load(environment) { $0.deadMan = "10" }
            }
            #expect(flag?.description == "--dead-man: found 10 min, \(rule)")
        }
        let short = "update: {dead-man: 2m}\ntimeouts: {rejoin: 1m, commit: 30s}\n"
        try SettingsDirectory.with(["turnstile.yaml": short]) { environment in
            let configuration = try SettingsDirectory.load(environment)
            #expect(configuration.update.deadManMinutes == 2)
        }
    }

    @Test func noHostsIsAnErrorWhereHostsAreNeeded() throws {
        try SettingsDirectory.with(["turnstile.yaml": "hosts: []\n"]) { environment in
            let configuration = try SettingsDirectory.load(environment)
            let error = #expect(throws: ConfigurationError.self) { try configuration.requireHosts() }
            #expect(
                error?.description
                    == "there are no hosts. Name them as arguments, under 'hosts' in turnstile.yaml, or with --hosts-file"
            )
        }
    }

    @Test func aHostThatNoFileNamesIsReachedByItsName() throws {
        try SettingsDirectory.with(["turnstile.yaml": Self.yaml]) { environment in
            let configuration = try SettingsDirectory.load(environment)
            #expect(AddressBook(configuration)[HostID("core-1")].address == "10.0.0.1")
            #expect(
                AddressBook(configuration)[HostID("10.9.9.9:2222")]
                    == .init(id: HostID("10.9.9.9:2222"), port: 2222))
            #expect(AddressBook(configuration)[HostID("10.9.9.9:2222")].name == "10.9.9.9")
        }
    }
}
