import Coordinator
import RolloutModel
import SampleSettings
import Testing
import Yams

@testable import Settings
@testable import TurnstileCommands

/// The text that `init` writes: the program's own loader takes it, whatever hosts told.
@Suite struct ConfigurationDraftTests {
    typealias Address = Configuration.HostAddress

    static let seed = Address(id: HostID("core-1"))

    static func picture(
        hosts: ClusterPicture.Hosts = .unknown(why: "no fleet"), fleet: ClusterPicture.Fleet = .absent,
        etcd: ClusterPicture.Etcd = .absent, hasKubelet: Bool? = false, hasZincati: Bool? = false,
        semaphores: Observation<[RebootSemaphore]>? = nil, _ change: (inout HostAudit) -> Void = { _ in }
    ) -> ClusterPicture {
        var audit = HostAudit(host: "core-1")
        audit.group = "stable"
        audit.machineID = "m-1"
        change(&audit)
        return ClusterPicture(
            seed: HostID("core-1"), audit: audit, hosts: hosts, fleet: fleet, etcd: etcd,
            hasKubelet: hasKubelet,
            hasZincati: hasZincati, semaphores: semaphores)
    }

    static func text(
        _ picture: ClusterPicture, seed: Address = seed, known: [Address] = [],
        ssh: Configuration.SSHSettings = .init(configFile: .usual), nodes: Observation<[NodeFacts]>? = nil
    ) throws -> String {
        try ConfigurationDraft(picture, seed: seed, known: known, ssh: ssh, nodes: nodes).text
    }

    static func loaded(_ text: String) throws -> Configuration {
        var configuration: Configuration?
        try SettingsDirectory.with(["turnstile.yaml": text]) { environment in
            configuration = try SettingsDirectory.load(environment)
        }
        return try #require(configuration)
    }

    @Test func whatWasFoundIsWhatIsLoaded() throws {
        let place = OwnEtcdCheck.Place(
            urls: ["https://127.0.0.1:2379"], caFile: "/etc/ca.pem", certFile: "/etc/c.pem",
            keyFile: "/etc/c.key")
        let machines: [ClusterPicture.Machine] = [
            .init(name: "m-2", address: "10.0.0.2", isSeed: false),
            .init(name: "m-1", address: "10.0.0.1", isSeed: true),
            .init(name: "m-3", address: "10.0.0.3", isSeed: false),
        ]
        let known = [Address(id: HostID("core-3"), address: "10.0.0.3", port: 2222, user: "ann")]
        let text = try Self.text(
            Self.picture(
                hosts: .found(machines, by: .fleet),
                fleet: .runs(ttl: .seconds(59.5), place: "agent_ttl in fleet.conf"),
                etcd: .answers(place, version: "3.4.23"), semaphores: .seen([])),
            seed: Address(id: HostID("core-1"), user: "core"), known: known,
            ssh: .init(
                user: "core", identityFiles: ["/k/my key"], knownHosts: ["/k/kh"], configFile: .ignored))
        let configuration = try Self.loaded(text)
        #expect(
            configuration.hosts == [
                Address(id: HostID("10.0.0.2"), user: "core"), Address(id: HostID("core-1"), user: "core"),
                known[0],
            ])
        #expect(configuration.gates.settings.fleet?.ttl == .seconds(60))
        #expect(configuration.gates.etcdEndpoint.urls == place.urls)
        #expect(configuration.gates.etcdEndpoint.tls.keyFile == "/etc/c.key")
        #expect(configuration.ssh.identityFiles == ["/k/my key"] && configuration.ssh.configFile == .ignored)
        #expect(configuration.gates.kubernetes == nil && configuration.update.group == nil)
    }

    /// The facts that were not found out, and the words that say how to fill them in.
    static let unknown: [(ClusterPicture, String)] = [
        (
            picture(hosts: .unknown(why: "fleetctl: no")),
            "Not found out: which other hosts there are: fleetctl: no"
        ),
        (picture(fleet: .unknown(why: "it is down")), "Not found out: fleet's agent_ttl: it is down"),
        (
            picture(fleet: .runs(ttl: .seconds(9e9), place: "fleet.conf")),
            "Not found out: fleet's agent_ttl: fleet.conf is not"
        ),
        (
            picture(etcd: .unknown(why: "curl: (7)")),
            "Not found out: where each host reaches its own etcd: curl: (7)"
        ),
        (
            picture(hasKubelet: nil),
            "Not found out: whether 'core-1' is a node: systemd told nothing of kubelet.service"
        ),
        (
            picture(hasZincati: nil),
            "Not found out: whether Zincati reboots 'core-1' by itself: systemd told nothing of zincati.service"
        ),
        (picture(semaphores: .unknown("503")), "Not found out: whether hosts take locksmith's turns: 503"),
        (picture { $0.group = nil }, "GROUP of 'core-1' was not found out"),
        (
            picture(hosts: .found([.init(name: "m-9", address: nil, isSeed: false)], by: .etcd)),
            "Not found out: where etcd's 'm-9' is reached"
        ),
    ]

    @Test(arguments: unknown) func whatWasNotFoundOutSaysHowToFillItIn(
        picture: ClusterPicture, words: String
    ) throws {
        let text = try Self.text(picture)
        let comments = text.split(separator: "\n").map { $0.drop { $0 == " " || $0 == "#" } }.joined(
            separator: " ")
        #expect(comments.contains(words), "\(text)")
        #expect(try Self.loaded(text).hosts.map(\.id).contains(HostID("core-1")))
    }

    @Test func whatRebootsHostsByItselfIsNamed() throws {
        let text = try Self.text(
            Self.picture(hasZincati: true) { $0.locksmith = .init(isMasked: false, activeState: "active") })
        #expect(text.contains("locksmithd is active") && text.contains("Zincati is active"))
    }

    @Test func kubernetesIsAskedWhereTheHostIsANode() throws {
        func node(_ machine: String) -> NodeFacts {
            NodeFacts(name: "n", machine: MachineID(machine), boot: BootID("b"), renewal: nil, revision: "1")
        }
        let own = try Self.loaded(Self.text(Self.picture(hasKubelet: true), nodes: .seen([node("m-1")])))
        #expect(own.gates.kubernetes != nil)
        for nodes in [Observation<[NodeFacts]>.seen([node("m-2")]), .unknown("no kubeconfig")] {
            let text = try Self.text(Self.picture(hasKubelet: true), nodes: nodes)
            #expect(text.contains("Not found out: which node 'core-1' is"))
            #expect(try Self.loaded(text).gates.kubernetes == nil)
        }
    }

    /// Every suggestion that stands behind a mark is one that the loader takes.
    @Test func suggestionsLoad() throws {
        let text = try Self.text(Self.picture())
        let suggested = text.split(separator: "\n").map { line in
            let bare = line.drop { $0 == " " }
            let isSetting = bare.contains(/^# [a-z-]+: [{\["0-9a-z]/)
            return isSetting ? String(line.replacing("# ", with: "", maxReplacements: 1)) : String(line)
        }.joined(separator: "\n")
        let configuration = try Self.loaded(suggested)
        #expect(configuration.gates.kubernetes != nil && configuration.gates.settings.windows != nil)
        #expect(
            configuration.makesBackup && configuration.ssh.user == "core"
                && configuration.update.group == "stable")
    }

    // MARK: Hosts that lie

    static let hostile = [
        "x\ngates: {fleet: {enabled: false}}", "x\r\nhooks: {gate: [/bin/sh]}",
        "x\u{85}hooks: {gate: [/bin/sh]}",
        "x\u{2028}hooks: {gate: [/bin/sh]}", "\"\nhooks: {gate: [/bin/sh]}\n#", "'x'", "x # y", "- x",
        "&a *a", "!!int 3",
        "{a: b}", "[x]", "%YAML 1.1", "---", "...", "null", "~", "yes", "0x10", "1e3", " x ", "x: y", "\t",
        "\u{1B}[2J",
        "\u{202E}x", "é", String(repeating: "x", count: 300), "",
    ]

    /// In every place where a host has a say: no key comes of it, and the file loads.
    @Test(arguments: hostile) func nothingThatAHostTellsIsMoreThanAValue(text: String) throws {
        let place = OwnEtcdCheck.Place(urls: [text], caFile: "/\(text)", certFile: text, keyFile: text)
        let machines: [ClusterPicture.Machine] = [
            .init(name: text, address: text, isSeed: false), .init(name: text, address: nil, isSeed: false),
        ]
        let pictures = [
            Self.picture(
                hosts: .found(machines, by: .fleet), fleet: .runs(ttl: .seconds(30), place: text),
                etcd: .answers(place, version: text), semaphores: .unknown(text)
            ) { $0.group = text },
            Self.picture(
                hosts: .unknown(why: text), fleet: .unknown(why: text),
                etcd: .answers(.init(urls: ["http://127.0.0.1:2379"], caFile: "/\(text)"), version: nil),
                hasKubelet: true),
            Self.picture(etcd: .unknown(why: text)),
        ]
        for picture in pictures {
            let draft = try Self.text(picture, nodes: .unknown(text))
            let node = try #require(try Yams.compose(yaml: draft))
            #expect(Set(Self.keys(node)).isSubset(of: Self.expected), "\(draft)")
            let configuration = try Self.loaded(draft)
            #expect(configuration.hooks.commands.isEmpty && configuration.gates.settings.windows == nil)
        }
    }

    static let expected: Set<String> = [
        "hosts", "gates", "gates.fleet", "gates.fleet.enabled", "gates.fleet.ttl", "gates.etcd",
        "gates.etcd.enabled",
        "gates.etcd.endpoint", "gates.etcd.ca-file", "gates.etcd.cert-file", "gates.etcd.key-file",
        "gates.locksmith",
    ]

    private static func keys(_ node: Node, at path: String = "") -> [String] {
        guard case .mapping(let mapping) = node else { return [] }
        return mapping.flatMap { key, value -> [String] in
            let name = path + (key.scalar?.string ?? "?")
            return [name] + keys(value, at: name + ".")
        }
    }

    /// The text that Yams writes is read back as it was, on one line.
    @Test(arguments: hostile) func aValueIsReadAsItWasWritten(text: String) throws {
        let line = try YAMLValue.line(
            "key", .list([.text(text), .map([.init(key: "a", value: .text(text))])]))
        #expect(!line.contains { $0.isNewline })
        let read = try #require(try Yams.compose(yaml: line + "\n"))
        #expect(
            read["key"]?[0]?.scalar?.string == text && read["key"]?[1]?["a"]?.scalar?.string == text,
            "\(line)")
    }

    // MARK: Machines

    static let listings: [(machines: [ClusterPicture.Machine], hosts: [String], leftOut: Int)] = [
        ([.init(name: "a", address: "10.0.0.2", isSeed: false)], ["core-1", "10.0.0.2"], 0),
        ([.init(name: "a", address: "10.0.0.1", isSeed: true)], ["core-1"], 0),
        ([.init(name: "a", address: nil, isSeed: true)], ["core-1"], 0),
        (
            [
                .init(name: "a", address: "10.0.0.2", isSeed: false),
                .init(name: "b", address: "10.0.0.2", isSeed: false),
            ],
            ["core-1", "10.0.0.2"], 0
        ),
        ([.init(name: "a", address: "-oProxyCommand=x", isSeed: false)], ["core-1"], 1),
        ([.init(name: "a", address: "10.0.0.2:22", isSeed: false)], ["core-1"], 1),
        ([.init(name: "a", address: "fd00::2", isSeed: false)], ["core-1", "fd00::2"], 0),
    ]

    @Test(arguments: listings) func machinesAreHostsWhereTheyCanBeReached(
        machines: [ClusterPicture.Machine], hosts: [String], leftOut: Int
    ) {
        let listed = ListedMachines(machines, seed: Self.seed, known: [])
        #expect(listed.hosts.map(\.id.rawValue) == hosts && listed.leftOut.count == leftOut)
    }

    @Test(arguments: [
        (Address(id: HostID("a")), "a"), (Address(id: HostID("a:22"), port: 22), "\"a:22\""),
        (Address(id: HostID("10.0.0.1"), port: 2222, user: "core"), "\"core@10.0.0.1:2222\""),
        (Address(id: HostID("fd00::1"), port: 22), "\"[fd00::1]:22\""),
        (
            Address(id: HostID("a"), address: "10.0.0.1", port: 22, user: "u"),
            "{name: a, address: 10.0.0.1, port: \"22\", user: u}"
        ),
    ]) func aHostIsWrittenAsItIsReached(host: Address, text: String) throws {
        #expect(try YAMLValue.item(host.draftValue) == "- \(text)")
        #expect(try Self.loaded("hosts:\n  - \(text)\n").hosts.first?.port == host.port)
    }
}
