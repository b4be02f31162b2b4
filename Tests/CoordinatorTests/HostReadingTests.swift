import AgentProtocol
import Coordinator
import RolloutModel
import Rollouts
import Testing

@Suite struct HostReadingTests {
    let host = HostID("core-1")

    func access(_ scripted: ScriptedShell) -> HostAccess {
        .live(shell: scripted.shell, etcd: EtcdEndpoint(url: "http://127.0.0.1:2379"))
    }

    // MARK: fleet

    @Test func machinesAreReadWhole() async throws {
        let scripted = ScriptedShell(
            "01d6eeef5996d7c4c6f929405221d47f\t127.0.0.12\trole=worker\n9908cca515a6731e86acb768666384b0\t-\t-\n"
        )
        #expect(
            try await access(scripted).machines(host) == [
                MachineID("01d6eeef5996d7c4c6f929405221d47f"), MachineID("9908cca515a6731e86acb768666384b0"),
            ])
        #expect(scripted.commands.map(\.text) == ["fleetctl list-machines --full --no-legend"])
    }

    @Test func aFleetThatCannotSayIsAFaultInItsOwnWords() async {
        let scripted = ScriptedShell(
            "",
            errors: "Error retrieving list of active machines: googleapi: Error 503: fleet server unable\n",
            exitStatus: 1)
        await #expect {
            try await access(scripted).machines(host)
        } throws: { error in
            let fault = error as? HostFault
            return fault?.kind == .commandFailed && fault?.why.contains("googleapi: Error 503") == true
        }
    }

    @Test func unitsAreCountedByTheirMachines() async throws {
        let scripted = ScriptedShell(
            "a.service\tlaunched\nb.service\tlaunched\nc.service\tinactive\n@turnstile\na.service\tactive\n"
                + "a.service\tactive\nb.service\tfailed\n")
        #expect(
            try await access(scripted).units(host)
                == FleetUnits(
                    active: ["a.service": 2], launched: ["a.service", "b.service"], idle: ["b.service": 1]))
    }

    @Test(arguments: [
        ("", 1), ("Error retrieving list of units from repository: 503\n", 1), ("a.service\tlaunched\n", 0),
        ("@turnstile\nwhat\n", 0),
    ])
    func unitsThatCannotBeListedAreAFault(output: String, status: Int32) async {
        let scripted = ScriptedShell(output, exitStatus: status)
        await #expect(throws: HostFault.self) { try await access(scripted).units(host) }
    }

    @Test func componentsOfDeisAreCountedByTheirMachines() async throws {
        let scripted = ScriptedShell(
            "UNIT\tMACHINE\tLOAD\tACTIVE\tSUB\n"
                + "deis-store-daemon.service\ta.../10.0.0.1\tloaded\tactive\trunning\n"
                + "deis-store-daemon.service\tb.../10.0.0.2\tloaded\tactive\trunning\n"
                + "deis-builder.service\ta.../10.0.0.1\tloaded\tactive\texited\n")
        #expect(
            try await access(scripted).deis(host)
                == DeisComponents(
                    running: ["deis-store-daemon.service": 2],
                    listed: ["deis-store-daemon.service", "deis-builder.service"]))
        #expect(try await access(ScriptedShell("@none\n")).deis(host) == nil)
    }

    @Test(arguments: [
        ("Error: timeout reached\n", 1, "exit status 1, Error: timeout reached"),
        ("Error: timeout reached\n", 0, "found \"Error: timeout reached\""), ("", 0, "the header is missing"),
        ("", 127, "exit status 127"),
    ])
    func componentsThatCannotBeListedAreAFault(output: String, status: Int32, words: String) async {
        let scripted = ScriptedShell(output, exitStatus: status)
        await #expect {
            try await access(scripted).deis(host)
        } throws: { ($0 as? HostFault)?.why.contains(words) == true }
    }

    // MARK: etcd

    /// A curl that answers for the addresses on its standard input. Requests to the host's loopback stay on the host.
    static func curl(_ answers: [String: (Int, String)]) -> ScriptedShell {
        ScriptedShell { command in
            let text = urls(command).map { url in
                let (status, body) = answers[url] ?? (0, "")
                let ends = url.contains("//127.0.0.1:") ? "127.0.0.1 127.0.0.1" : "10.0.0.1 10.0.0.9"
                return status == 0
                    ? "\n@turnstile-status 000  \n" : "\(body)\n@turnstile-status \(status) \(ends)\n"
            }
            return HostCommandResult(output: Array(text.joined().utf8), exitStatus: 0)
        }
    }

    static func urls(_ command: HostCommand) -> [String] {
        String(decoding: command.input, as: UTF8.self).split(separator: "\n")
            .filter { $0.hasPrefix("url = ") }.map { String($0.dropFirst(7).dropLast()) }
    }

    /// A member of etcd, at an address that it answers.
    static func member(
        _ id: String, at url: String, leader: String = "",
        health: (Int, String) = (200, #"{"health":"true"}"#),
        version: String = "3.4.23"
    ) -> [String: (Int, String)] {
        [
            url + "/v2/stats/self": (
                200, #"{"name":"m","id":"\#(id)","leaderInfo":{"leader":"\#(leader)"}}"#
            ),
            url + "/health": health,
            url + "/version": (200, #"{"etcdserver":"\#(version)","etcdcluster":"3.4.0"}"#),
        ]
    }

    static let own = "http://127.0.0.1:2379"

    static func all(_ parts: [String: (Int, String)]...) -> [String: (Int, String)] {
        parts.reduce(into: [:]) { $0.merge($1) { _, new in new } }
    }

    static let members = """
        {"members":[{"id":"a1","name":"m1","peerURLs":["http://10.0.0.1:2380"],"clientURLs":["http://10.0.0.1:2379"]},\
        {"id":"b2","name":"m2","peerURLs":["http://10.0.0.2:2380"],"clientURLs":["http://10.0.0.2:2379"]},\
        {"id":"c3","name":"","peerURLs":["http://10.0.0.3:2380"],"clientURLs":[]}]}
        """

    @Test func eachMembersHealthIsItsOwn() async throws {
        let scripted = Self.curl(
            Self.all(
                Self.member("a1", at: Self.own), [Self.own + "/v2/members": (200, Self.members)],
                Self.member("a1", at: "http://10.0.0.1:2379")))
        let view = try await access(scripted).etcd(host)
        #expect(view.clusterVersion == "3.4.0")
        #expect(view.members.map(\.id) == [EtcdMemberID("a1"), EtcdMemberID("b2"), EtcdMemberID("c3")])
        #expect(
            view.members.map(\.health) == [
                .healthy, .unhealthy("no answer from http://10.0.0.2:2379"),
                .unhealthy("it was added and never started"),
            ])
    }

    @Test func withoutTheOldInterfaceTheNewOneIsRead() async throws {
        let scripted = Self.curl([
            Self.own + "/v2/members": (404, "404 page not found"),
            Self.own + "/v2/stats/self": (404, "404 page not found"),
            Self.own + "/v3/maintenance/status": (
                200,
                #"{"header":{"cluster_id":"7","member_id":"12"},"version":"3.5.1","leader":"13"}"#
            ),
            Self.own + "/v3/cluster/member/list": (
                200,
                #"{"members":[{"ID":"12","name":"m","clientURLs":["http://10.0.0.1:2379"],"isLearner":true}]}"#
            ),
            Self.own + "/health": (503, #"{"health":"false","reason":"RAFT NO LEADER"}"#),
        ])
        let member = try #require(try await access(scripted).etcd(host).members.first)
        #expect(member.id == EtcdMemberID("c") && member.isLearner)
        #expect(member.health == .unhealthy("RAFT NO LEADER"))
    }

    /// v2 lists a learner like any other member; only the gateway tells them apart.
    @Test func theInterfaceThatTellsLearnersIsPreferred() async throws {
        let scripted = Self.curl(
            Self.all(
                Self.member("c", at: Self.own),
                [
                    Self.own + "/v2/members": (200, Self.members),
                    Self.own + "/v3/cluster/member/list": (
                        200,
                        #"{"members":[{"ID":"12","name":"m","clientURLs":["http://10.0.0.1:2379"],"isLearner":true}]}"#
                    ),
                ]))
        #expect(try await access(scripted).etcd(host).members.map(\.isLearner) == [true])
    }

    @Test func withoutTheOldInterfaceTheSeatIsRead() async throws {
        let scripted = Self.curl([
            Self.own + "/v2/stats/self": (404, "404 page not found"),
            Self.own + "/v3/maintenance/status": (
                200,
                #"{"header":{"cluster_id":"7","member_id":"12"},"version":"3.5.1","leader":"13"}"#
            ),
            Self.own + "/version": (200, #"{"etcdserver":"3.5.1","etcdcluster":"3.5.0"}"#),
        ])
        #expect(try await access(scripted).seat(host) == .member(EtcdMemberID("c"), server: "3.5.1"))
    }

    /// a1 leads, b2 and c3 could lead; the gateway of the host's own member is asked.
    @Test(arguments: [("831f49e31a53750f", true), ("b2", false)])
    func leadershipIsHandedOnWhereItIs(leader: String, isMoved: Bool) async throws {
        let own = "831f49e31a53750f"
        let list =
            #"{"members":[{"id":"\#(own)","name":"m1","clientURLs":["http://10.0.0.1:2379"]},"#
            + #"{"id":"b2","name":"m2","clientURLs":["http://10.0.0.2:2379"]},"#
            + #"{"id":"c3","name":"m3","clientURLs":["http://10.0.0.3:2379"]}]}"#
        let scripted = Self.curl(
            Self.all(
                Self.member(own, at: Self.own, leader: leader),
                [
                    Self.own + "/v2/members": (200, list),
                    Self.own + "/v3/maintenance/transfer-leadership": (200, "{}"),
                ],
                Self.member("b2", at: "http://10.0.0.2:2379", health: (503, #"{"health":"false"}"#)),
                Self.member("c3", at: "http://10.0.0.3:2379")))
        #expect(try await access(scripted).moveLeader(host) == (isMoved ? EtcdMemberID("c3") : nil))
        let told = scripted.commands.map { String(decoding: $0.input, as: UTF8.self) }
        #expect(told.contains { $0.contains(#"data = "{\"targetID\":\"195\"}""#) } == isMoved)
    }

    @Test func aMemberThatDoesNotSayWhoLeadsIsAFault() async {
        let scripted = Self.curl(Self.member("a1", at: Self.own))
        await #expect {
            try await access(scripted).moveLeader(host)
        } throws: { ($0 as? HostFault)?.why.contains("sees no leader") == true }
    }

    @Test func leadershipThatCannotBeHandedOnIsAFault() async {
        let scripted = Self.curl(
            Self.all(
                Self.member("a1", at: Self.own, leader: "a1"),
                [
                    Self.own + "/v2/members": (200, Self.members),
                    Self.own + "/v3/maintenance/transfer-leadership": (404, "404 page not found"),
                ], Self.member("b2", at: "http://10.0.0.2:2379")))
        await #expect {
            try await access(scripted).moveLeader(host)
        } throws: { ($0 as? HostFault)?.why.contains("transfer-leadership answered 404") == true }
    }

    /// `next` makes curl forget its options, so each request repeats them. The files belong to root.
    @Test func everyRequestNamesItsOptions() async throws {
        let scripted = Self.curl(["https://127.0.0.1:2379/v2/members": (200, Self.members)])
        let endpoint = EtcdEndpoint(
            url: "https://127.0.0.1:2379",
            tls: .init(
                caFile: "/etc/ssl/ca.pem", certFile: "/etc/ssl/a \"b\".pem", keyFile: "/etc/ssl/key.pem"))
        _ = try? await HostAccess.live(shell: scripted.shell, etcd: endpoint).etcd(host)
        let command = try #require(scripted.commands.first)
        #expect(command.text.text.hasPrefix("sudo -n curl -q --noproxy '*' "))
        for stanza in String(decoding: command.input, as: UTF8.self).split(separator: "next\n") {
            #expect(stanza.contains("cacert = \"/etc/ssl/ca.pem\"\n"))
            #expect(stanza.contains("cert = \"/etc/ssl/a \\\"b\\\".pem\"\n"))
            #expect(stanza.contains("key = \"/etc/ssl/key.pem\"\n"))
            #expect(stanza.contains("noproxy = \"*\"\n") && stanza.contains("\ngloboff\n"))
        }
    }

    @Test func curlsWordsSayWhyNothingAnswered() async {
        let scripted = ScriptedShell { command in
            HostCommandResult(
                output: Array(
                    String(repeating: "\n@turnstile-status 000  \n", count: Self.urls(command).count).utf8),
                errors: Array(
                    "curl: (60) SSL certificate problem\ncurl: (60) SSL certificate problem\n".utf8),
                exitStatus: 60)
        }
        await #expect {
            try await access(scripted).etcd(host)
        } throws: { ($0 as? HostFault)?.why.contains("SSL certificate problem") == true }
    }

    @Test func anEtcdThatListsNothingIsAFault() async {
        await #expect(throws: HostFault.self) { try await access(Self.curl([:])).etcd(host) }
    }

    /// A member chooses the addresses it publishes: none of them may become an option of curl, or a file.
    @Test(arguments: [
        "file:///etc/shadow", #"http://x\"\noutput = \"/etc/passwd"#, "http://10.0.0.1:2379 -o x",
        "-K/etc/shadow", "http://{10.0.0.1,x}:2379", "http://10.0.0.[1-9]:2379",
    ])
    func anAddressThatIsNoAddressIsNeverAsked(url: String) async throws {
        let list =
            #"{"members":[{"id":"a1","name":"m1","clientURLs":["\#(url)"]},"#
            + #"{"id":"b2","name":"m2","clientURLs":["\#(url)"]}]}"#
        let scripted = Self.curl(
            Self.all(Self.member("a1", at: Self.own), [Self.own + "/v2/members": (200, list)]))
        let health = try await access(scripted).etcd(host).members.map(\.health)
        #expect(health.first == .healthy)
        guard case .unknown(let why) = health.last else {
            Issue.record("\(health)")
            return
        }
        #expect(why.contains("is no address"))
        #expect(scripted.commands.count == 1)
    }

    @Test func theSeatIsTheMemberBehindTheHostsOwnEndpoint() async throws {
        let scripted = Self.curl([
            "http://127.0.0.1:2379/v2/stats/self": (
                200, #"{"name":"n1","id":"831f49e31a53750f","state":"StateFollower"}"#
            )
        ])
        #expect(try await access(scripted).seat(host) == .member(EtcdMemberID("831f49e31a53750f")))
    }

    @Test func theSeatSaysWhichEtcdRunsThere() async throws {
        let scripted = Self.curl(Self.member("831f49e31a53750f", at: Self.own))
        #expect(
            try await access(scripted).seat(host)
                == .member(EtcdMemberID("831f49e31a53750f"), server: "3.4.23"))
    }

    /// etcd 0.4 has no member ids; its version answer identifies it (facts 6.1).
    @Test func anEtcd04IsRecognised() async throws {
        let scripted = Self.curl([
            "http://127.0.0.1:2379/v2/stats/self": (200, #"{"name":"n1","state":"leader"}"#),
            "http://127.0.0.1:2379/version": (200, "etcd 0.4.9"),
        ])
        #expect(try await access(scripted).seat(host) == .ancient(server: "0.4.9"))
    }

    @Test func eachMemberSaysItsVersion() async throws {
        let list =
            #"{"members":[{"id":"a1","name":"m1","clientURLs":["http://10.0.0.1:2379"]},"#
            + #"{"id":"b2","name":"m2","clientURLs":["http://10.0.0.2:2379"]}]}"#
        var answers = Self.all(
            Self.member("a1", at: Self.own), [Self.own + "/v2/members": (200, list)],
            Self.member("b2", at: "http://10.0.0.2:2379", version: "3.5.1"))
        #expect(
            try await access(Self.curl(answers)).etcd(host).members.map(\.version) == ["3.4.23", "3.5.1"])
        answers["http://10.0.0.2:2379/version"] = (500, "no")
        #expect(try await access(Self.curl(answers)).etcd(host).members.map(\.version) == ["3.4.23", nil])
    }

    @Test(arguments: [
        ("disabled\ninactive\n", true), ("", true), ("enabled\ninactive\n", false),
        ("masked\nfailed\n", false),
    ])
    func aSilentEndpointIsNoSeatOnlyWhereEtcdWasNeverSetUp(units: String, isNone: Bool) async throws {
        let scripted = ScriptedShell { command in
            command.input.isEmpty
                ? HostCommandResult(output: Array(units.utf8), exitStatus: 3)
                : HostCommandResult(
                    output: Array(
                        String(
                            repeating: "\n@turnstile-status 000  \n", count: Self.urls(command).count
                        ).utf8),
                    exitStatus: 7)
        }
        if isNone {
            #expect(try await access(scripted).seat(host) == .none)
        } else {
            await #expect(throws: HostFault.self) { try await access(scripted).seat(host) }
        }
    }

    // MARK: the agent

    static let hello =
        "{\"hello\":{\"protocolVersion\":\(ProtocolVersion.current),\"agentVersion\":\"0.1.0\"}}"
    static let rebooting = #"{"rebooting":{"bootID":"b"}}"#
    static let request = RebootRequest(
        authority: Authority(rollout: "r-1", token: 1), bootID: "b", version: "2.0.0", deadManMinutes: nil)

    @Test func aConversationEndsWithItsLastMessage() async throws {
        let scripted = ScriptedShell("\(Self.hello)\n\(Self.rebooting)\n")
        #expect(
            try await access(scripted).reboot(host, Self.request)
                == .answered(.rebooting(BootMark(bootID: "b"))))
        #expect(scripted.commands.map(\.text) == ["sudo -n /opt/bin/turnstile-agent reboot"])
        #expect(
            scripted.commands.first.map { String(decoding: $0.input, as: UTF8.self) }?.contains("2.0.0")
                == true)
    }

    static let conversations: [(String, Int32, HostFault.Kind)] = [
        (hello + "\n", 0, .interrupted),
        ("", 255, .interrupted),
        ("", 127, .agentMissing),
        (rebooting + "\n", 0, .answerUnreadable),
        // The answer belongs to another verb.
        ("\(hello)\n" + #"{"nothingOffered":{"runningVersion":"1.0.0"}}"# + "\n", 0, .answerUnreadable),
        ("\(hello)\n\(rebooting)\n\(rebooting)\n", 0, .answerUnreadable),
        ("\(hello)\nSegmentation fault\n", 139, .answerUnreadable),
        (#"{"hello":{"protocolVersion":9,"agentVersion":"9.0"}}"# + "\n\(rebooting)\n", 0, .agentDiffers),
    ]

    @Test(arguments: conversations) func anythingElseIsAFault(
        output: String, status: Int32, kind: HostFault.Kind
    )
        async
    {
        let scripted = ScriptedShell(output, exitStatus: status)
        await #expect {
            try await access(scripted).reboot(host, Self.request)
        } throws: { ($0 as? HostFault)?.kind == kind }
    }
}
