import Coordinator
import RolloutModel
import SampleValues
import Testing

/// The platform is read from etcd's answers and the routers' through a host's curl.
@Suite struct PlatformReadingTests {
    @Test func unitsSettingsAndAddressesAreReadInOneCommand() async throws {
        let scripted = EtcdHost()
        let facts = await scripted.reading.facts(for: [.running([]), .published])
        #expect(scripted.shell.commands.count == 1)
        #expect(facts.machines.value?.map(\.address) == ["10.0.0.11"])
        #expect(facts.jobs.value?.units == [PlatformUnit(.publisher), PlatformUnit(.router, 1)])
        #expect(facts.jobs.value?.strays == ["deis-nothing.service"])
        #expect(facts.jobs.value?.likeRouters == ["router-api_v2.web.1.service"])
        #expect(facts.states.value?.map(\.isRunning) == [true])
        #expect(facts.settings.value?.version == "v1.13.4")
        #expect(facts.settings.value?.images == [.builder: "mine/builder:1"])
        #expect(facts.services.value?.keys.map(\.ttl) == [.seconds(17)])
        #expect(facts.services.value?.empty == ["idle"])
        #expect(facts.routers == [:])
        #expect(facts.etcd.value == nil)
    }

    @Test func routersAreAskedForTheirHealthAndEveryApplication() async throws {
        let scripted = EtcdHost(routers: ["200", "200", "503"])
        let facts = await scripted.reading.facts(for: [.othersServe(nil)])
        let view = try #require(facts.routers[PlatformUnit(.router, 1)])
        #expect(view.health == .seen(200))
        #expect(view.answers == ["web": .seen(503), "idle": .seen(200)])
        let asked = String(decoding: try #require(scripted.shell.commands.last).input, as: UTF8.self)
        #expect(asked.contains("url = \"http://10.0.0.11:9090/health-check\""))
        #expect(asked.contains("header = \"Host: web.example.org\""))
    }

    @Test(
        arguments: [
            ("DEIS_PLATFORM_VERSION: 1.13.4\r\nDEIS_API_VERSION: 1.7", PlatformVersion(1, 13, 4)),
            ("Server: nginx", nil), ("DEIS_PLATFORM_VERSION: latest\r\nDEIS_API_VERSION: 1.7", nil),
        ] as [(String, PlatformVersion?)])
    func theControllerTellsItsVersionWithAnyAnswer(headers: String, version: PlatformVersion?) async {
        let scripted = EtcdHost(routers: ["200", "200", "200"], controller: headers)
        let facts = await scripted.reading.facts(for: [.controller(PlatformVersion(1, 13, 4))])
        #expect(facts.controller.value?.version == version)
    }

    /// A read with a quorum fails there, and nothing is known. `deisctl list` would go on answering.
    @Test func withoutAQuorumNothingIsKnown() async {
        let scripted = EtcdHost(etcdStatus: 500)
        let facts = await scripted.reading.facts(for: [.published])
        #expect(facts.jobs.value == nil && facts.settings.value == nil && facts.services.value == nil)
        #expect(facts.unreadable.contains { $0.says.contains("etcd answered 500") })
        let asked = String(decoding: scripted.shell.commands[0].input, as: UTF8.self)
        #expect(asked.components(".quorum=true").count == 1 && asked.contains("quorum=true"))
    }

    @Test func whereNoHostAnswersEveryPartIsUnknown() async {
        let silent = ScriptedShell { _ in nil }
        let reading = PlatformReading(
            shell: silent.shell, hosts: ["core-1", "core-2"].map { HostID($0) }, etcd: .usual, now: { 7 })
        let facts = await reading.facts()
        #expect(facts.unreadable.count == 6)
        #expect(facts.takenAt == 7)
    }
}

extension String {
    fileprivate func components(_ separator: String) -> [Substring] { split(separator: separator) }
}

/// A host whose own etcd has a small platform's keys, and that reaches a router.
private struct EtcdHost {
    let shell: ScriptedShell
    let reading: PlatformReading

    init(etcdStatus: Int = 200, routers: [String] = [], controller: String = "") {
        shell = ScriptedShell { command in
            let input = String(decoding: command.input, as: UTF8.self)
            let output =
                input.contains("/v2/keys/")
                ? Self.keys(etcdStatus)
                : input.contains("/v1/") ? Self.controller(input, controller) : Self.routers(input, routers)
            return HostCommandResult(output: Array(output.utf8), exitStatus: 0)
        }
        reading = PlatformReading(
            shell: shell.shell, hosts: [HostID("core-1")], etcd: .usual, now: { 1 })
    }

    private static func keys(_ status: Int) -> String {
        [machines, jobs, states, deis].map { body in
            let body = status == 200 ? body : #"{"errorCode":300,"message":"Raft Internal Error","index":0}"#
            return "\(body)\n@turnstile-status \(status) 127.0.0.1 127.0.0.1\n"
        }.joined()
    }

    private static func mark(_ input: String) -> String {
        input.firstMatch(of: /@turnstile-[0-9a-f]+/).map { String($0.output) } ?? ""
    }

    private static func routers(_ input: String, _ statuses: [String]) -> String {
        statuses.map { "\n\(mark(input)) \($0)\n" }.joined()
    }

    private static func controller(_ input: String, _ headers: String) -> String {
        "HTTP/1.1 401 UNAUTHORIZED\r\n\(headers)\r\n\r\n{}\n\(mark(input)) 401\n"
    }

    private static func directory(_ root: String, _ nodes: String) -> String {
        #"{"action":"get","node":{"key":"\#(root)","dir":true,"nodes":[\#(nodes)]}}"#
    }

    private static func folder(_ key: String, _ leaves: [(String, String)]) -> String {
        let nodes = leaves.map { name, rest in
            #"{"key":"\#(key)/\#(name)",\#(rest),"modifiedIndex":7,"createdIndex":7}"#
        }
        return #"{"key":"\#(key)","dir":true,"nodes":[\#(nodes.joined(separator: ","))]}"#
    }

    private static let machines = directory(
        "/_coreos.com/fleet/machines",
        folder(
            "/_coreos.com/fleet/machines/m1",
            [("object", #""value":"{\"ID\":\"m1\",\"PublicIP\":\"10.0.0.11\"}""#)]))

    private static let jobs = directory(
        "/_coreos.com/fleet/job",
        ["deis-router@1.service", "deis-publisher.service", "router-api_v2.web.1.service"].map { unit in
            folder(
                "/_coreos.com/fleet/job/\(unit)",
                [
                    ("object", #""value":"{}""#), ("target-state", #""value":"launched""#),
                    ("target", #""value":"m1""#),
                ])
        }.joined(separator: ",") + ","
            + folder(
                "/_coreos.com/fleet/job/deis-nothing.service", [("target-state", #""value":"launched""#)]))

    private static let states = directory(
        "/_coreos.com/fleet/states",
        folder(
            "/_coreos.com/fleet/states/deis-router@1.service",
            [
                (
                    "m1",
                    #""value":"{\"loadState\":\"loaded\",\"activeState\":\"active\",\"subState\":\"running\"}""#
                )
            ]))

    private static let deis = directory(
        "/deis",
        [
            folder(
                "/deis/platform", [("version", #""value":"v1.13.4""#), ("domain", #""value":"example.org""#)]),
            folder("/deis/builder", [("image", #""value":"mine/builder:1""#)]),
            #"{"key":"/deis/services","dir":true,"nodes":["#
                + folder("/deis/services/web", [("web_v3.web.1", #""value":"10.0.0.11:49153","ttl":17"#)])
                + #",{"key":"/deis/services/idle","dir":true}]}"#,
        ].joined(separator: ","))
}
