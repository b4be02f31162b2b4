import RolloutModel
import Rollouts
import Testing

@testable import Coordinator

/// An agent of Consul, as a host's curl hears it.
@Suite struct ConsulReadingTests {
    static let host = HostID("core-1")
    static let url = "http://127.0.0.1:8500"
    static let ids = ["9d754d17-d864-b1d3-e758-f3fe25a9874f", "40e4a748-2192-161a-0510-9bf59fe950b5"]

    static func agent(name: String = "core-1", address: String = "10.0.0.1", id: String = ids[0]) -> String {
        """
        {"Config":{"Datacenter":"dc1","NodeName":"\(name)","NodeID":"\(id)","Server":true},\
        "Member":{"Name":"\(name)","Addr":"\(address)","Status":1}}
        """
    }

    static func member(_ number: Int, status: Int = 1, role: String = "consul", name: String? = nil) -> String
    {
        """
        {"Name":"\(name ?? "core-\(number)")","Addr":"10.0.0.\(number)","Port":8301,"Status":\(status),\
        "Tags":{"dc":"dc1","id":"\(ids[number - 1])","port":"8300","role":"\(role)"}}
        """
    }

    static func server(_ number: Int, id: String? = nil, isVoter: Bool = true, isLeader: Bool = false)
        -> String
    {
        """
        {"ID":"\(id ?? ids[number - 1])","Node":"core-\(number)","Address":"10.0.0.\(number):8300",\
        "Leader":\(isLeader),"Voter":\(isVoter)}
        """
    }

    static func health(_ number: Int, id: String? = nil, _ isHealthy: Bool = true) -> String {
        #"{"ID":"\#(id ?? ids[number - 1])","Name":"core-\#(number)","Healthy":\#(isHealthy)}"#
    }

    typealias Answers = [String: (Int, String)]

    static let whole: Answers = [
        "/v1/agent/self": (200, agent()), "/v1/agent/members": (200, "[\(member(1)),\(member(2))]"),
        "/v1/status/leader": (200, #""10.0.0.2:8300""#),
        "/v1/operator/raft/configuration": (
            200, #"{"Servers":[\#(server(1)),\#(server(2, isLeader: true))],"Index":0}"#
        ),
        "/v1/operator/autopilot/health": (200, #"{"Healthy":true,"Servers":[\#(health(1)),\#(health(2))]}"#),
    ]

    static let identity = "core-1\n2: eth0    inet 10.0.0.1/24 brd 10.0.0.255 scope global eth0\n"

    /// - Parameters:
    ///   - ends: the addresses of the connection to the agent.
    ///   - units: of Consul, as systemd tells of them.
    static func shell(
        _ answers: Answers, identity: String = identity, ends: String = "127.0.0.1 127.0.0.1",
        units: String = "disabled\ninactive\n"
    ) -> ScriptedShell {
        ScriptedShell { command in
            let output: String
            if command.text.text.contains("curl") {
                output = HostReadingTests.urls(command).map { address in
                    let path = address.dropFirst(url.count)
                    guard let (status, body) = answers[String(path)] else {
                        return "\n@turnstile-status 000  \n"
                    }
                    return "\(body)\n@turnstile-status \(status) \(ends)\n"
                }.joined()
            } else {
                output = command.text.text.hasPrefix("uname") ? identity : units
            }
            return HostCommandResult(output: Array(output.utf8), exitStatus: 0)
        }
    }

    static func sight(_ scripted: ScriptedShell, token: ConsulToken? = nil) async -> Observation<ConsulSight>
    {
        let reading = ConsulReading(
            shell: scripted.shell, endpoint: ConsulEndpoint(url: ConsulEndpoint.usualURL, token: token))
        do throws(HostFault) {
            return .seen(try await reading.sight(of: host))
        } catch {
            return .unknown(error.why)
        }
    }

    static func view(_ answers: Answers) async throws -> ConsulView {
        guard case .seen(.agent(let view)) = await sight(shell(answers)) else {
            throw HostFault(host: host, kind: .answerUnreadable, why: "\(await sight(shell(answers)))")
        }
        return view
    }

    @Test func aWholeConsulIsRead() async throws {
        let view = try await Self.view(Self.whole)
        #expect(view.own == ConsulNode(id: ConsulNodeID(Self.ids[0]), name: "core-1"))
        #expect(view.datacenter == "dc1" && view.hasLeader)
        #expect(view.members.map(\.presence) == [.alive, .alive] && view.members.allSatisfy(\.isServer))
        #expect(view.servers.map(\.id) == Self.ids.map { ConsulNodeID($0) })
        #expect(view.servers.allSatisfy { $0.isVoter && $0.isHealthy && $0.presence == .alive })
    }

    /// The changes in the answers, and what is seen of the second server.
    static let servers: [(Answers, ConsulServer)] = [
        (
            ["/v1/operator/autopilot/health": (429, #"{"Servers":[\#(health(1)),\#(health(2, false))]}"#)],
            second(isHealthy: false)
        ),
        // autopilot does not know the server.
        (["/v1/operator/autopilot/health": (200, #"{"Servers":[\#(health(1))]}"#)], second(isHealthy: false)),
        (["/v1/agent/members": (200, "[\(member(1)),\(member(2, status: 4))]")], second(presence: .failed)),
        (["/v1/agent/members": (200, "[\(member(1))]")], second(presence: nil)),
        // Under its old name gossip knows the node still.
        (
            ["/v1/agent/members": (200, "[\(member(1)),\(member(2, status: 3, name: "old")),\(member(2))]")],
            second()
        ),
        // With raft protocol 2 a server's place is its id.
        (
            [
                "/v1/operator/raft/configuration": (
                    200,
                    #"{"Servers":[\#(server(1)),\#(server(2, id: "10.0.0.2:8300", isVoter: false, isLeader: true))]}"#
                ),
                "/v1/operator/autopilot/health": (
                    200, #"{"Servers":[\#(health(1)),\#(health(2, id: "10.0.0.2:8300"))]}"#
                ),
            ], second(isVoter: false)
        ),
        // Another agent at the place of a server is not that server.
        (
            [
                "/v1/operator/raft/configuration": (
                    200,
                    #"{"Servers":[\#(server(1, isLeader: true)),\#(server(2, id: "00000000-2192-161a-0510-9bf59fe950b5"))]}"#
                )
            ], second(id: "00000000-2192-161a-0510-9bf59fe950b5", presence: nil, isHealthy: false)
        ),
    ]

    static func second(
        id: String = ids[1], isVoter: Bool = true, presence: ConsulMember.Presence? = .alive,
        isHealthy: Bool = true
    ) -> ConsulServer {
        ConsulServer(
            id: ConsulNodeID(id), name: "core-2", isVoter: isVoter, presence: presence, isHealthy: isHealthy)
    }

    @Test(arguments: servers.indices) func aServerIsWhatRaftGossipAndAutopilotSay(index: Int) async throws {
        let (answers, server) = Self.servers[index]
        let view = try await Self.view(Self.whole.merging(answers) { _, new in new })
        #expect(view.servers.last == server && view.hasLeader)
    }

    @Test(
        arguments: [
            ["/v1/status/leader": (200, "\"\"")], ["/v1/status/leader": (500, "No cluster leader")],
            ["/v1/operator/raft/configuration": (500, "rpc error making call: No cluster leader")],
            ["/v1/operator/raft/configuration": (200, #"{"Servers":[\#(server(1))]}"#)],
        ] as [Answers])
    func withoutALeaderThatIsSeen(answers: Answers) async throws {
        let view = try await Self.view(Self.whole.merging(answers) { _, new in new })
        #expect(!view.hasLeader && view.servers.isEmpty)
    }

    static let unknown: [(Answers, String)] = [
        (
            ["/v1/agent/self": (403, "Permission denied")],
            "agent/self: Consul wants to know who asks (it answered 403, Permission denied)"
        ),
        (["/v1/agent/members": (200, "[]")], "its list of members lacks the agent itself"),
        (
            ["/v1/operator/raft/configuration": (403, "Permission denied: lacks permission 'operator:read'")],
            "agent:read, node:read and operator:read in gates.consul.token"
        ),
        (["/v1/agent/self": (200, "<html>Welcome</html>")], "not the JSON expected"),
        (["/v1/agent/self": (502, "<html>Bad gateway</html>")], "it answered 502, <html>Bad gateway</html>"),
        (
            ["/v1/operator/autopilot/health": (429, "rate limit exceeded")],
            "autopilot/health: it answered 429: cannot read Consul's autopilot health"
        ),
        // Consul before 0.8 has no autopilot, and a proxy may hide it.
        (["/v1/operator/autopilot/health": (404, "")], "autopilot/health: it answered 404"),
        (["/v1/status/leader": (500, "No known Consul servers")], "it answered 500, No known Consul servers"),
        (["/v1/agent/self": (200, agent(name: "core-9", address: "10.0.0.9"))], "it may be another host's"),
        // A loopback address is every host's own.
        (["/v1/agent/self": (200, agent(name: "core-9", address: "127.0.0.1"))], "it may be another host's"),
        (["/v1/agent/self": (200, agent(id: ids[1].uppercased() + "x"))], "expected a NodeID"),
    ]

    @Test(arguments: unknown.indices) func whatIsNoAnswerIsNotKnown(index: Int) async {
        let (answers, words) = Self.unknown[index]
        let sight = await Self.sight(Self.shell(Self.whole.merging(answers) { _, new in new }))
        guard case .unknown(let why) = sight else {
            Issue.record("\(sight)")
            return
        }
        #expect(why.contains(words), "\(why)")
    }

    /// A single question stays unanswered.
    @Test(arguments: ConsulQuestion.allCases) func eachQuestionIsNeeded(question: ConsulQuestion) async {
        var answers = Self.whole
        answers[question.path] = nil
        guard case .unknown(let why) = await Self.sight(Self.shell(answers)) else {
            Issue.record("\(question) is not needed")
            return
        }
        #expect(why == "\(Self.url)\(question.path): it did not answer")
    }

    @Test func theAgentOfAnotherHostIsNotAsked() async {
        let sight = await Self.sight(Self.shell(Self.whole, ends: "10.0.0.1 10.0.0.9"))
        guard case .unknown(let why) = sight else {
            Issue.record("\(sight)")
            return
        }
        #expect(
            why.contains("another machine answers there, at 10.0.0.9")
                && why.contains("gates.consul.endpoint"))
    }

    /// By its name where its address is not one of the host's, as behind NAT; and the other way round.
    @Test(arguments: [
        ("core-1\n", true), ("other\n2: eth0    inet 10.0.0.1/24 scope global eth0\n", true),
        ("other\n", false),
    ])
    func anAgentIsTheHostsOwnByNameOrAddress(identity: String, isOwn: Bool) async {
        let sight = await Self.sight(Self.shell(Self.whole, identity: identity))
        #expect((sight.value != nil) == isOwn)
    }

    @Test(arguments: [
        ("disabled\ninactive\n", true), ("inactive\n", true), ("enabled\nfailed\n", false),
        ("inactive\nrunning\n", false),
    ])
    func aHostWithoutConsulHasNone(units: String, isNone: Bool) async {
        let sight = await Self.sight(Self.shell([:], units: units))
        #expect((sight == .seen(.none)) == isNone)
        if case .unknown(let why) = sight { #expect(why.contains("though Consul is set up there")) }
    }

    // MARK: The token

    @Test func theTokenGoesToTheHostsOwnAgentAlone() async throws {
        let token = try #require(ConsulToken(file: "consul-token", text: "s3cret-token\n"))
        let own = Self.shell(Self.whole)
        #expect(await Self.sight(own, token: token).value != nil)
        let inputs = own.commands.map { String(decoding: $0.input, as: UTF8.self) }
        #expect(
            inputs.map { $0.contains(#"header = "X-Consul-Token: s3cret-token""#) } == [false, true, false])
        #expect(own.commands.allSatisfy { !$0.text.text.contains("s3cret") })
        // The question that needs no token had no answer.
        let silent = Self.shell(
            Self.whole.filter { $0.key != ConsulQuestion.open.path }, units: "enabled\nactive\n")
        #expect(await Self.sight(silent, token: token).value == nil)
        #expect(silent.commands.allSatisfy { !String(decoding: $0.input, as: UTF8.self).contains("s3cret") })
        let foreign = Self.shell(Self.whole, ends: "10.0.0.1 10.0.0.9")
        #expect(await Self.sight(foreign, token: token).value == nil)
        #expect(foreign.commands.allSatisfy { !String(decoding: $0.input, as: UTF8.self).contains("s3cret") })
        let refused = Self.whole.merging(["/v1/agent/self": (403, "ACL not found")]) { _, new in new }
        guard case .unknown(let why) = await Self.sight(Self.shell(refused), token: token) else { return }
        #expect(why.contains("Consul refuses the token of consul-token") && !why.contains("s3cret"))
        #expect(!"\(token)".contains("s3cret") && !String(reflecting: token).contains("s3cret"))
        var dumped = ""
        dump(token.header, to: &dumped)
        #expect(!dumped.contains("s3cret"))
    }

    @Test(arguments: [
        ("abc", true), ("abc\n", true), ("", false), ("\n", false), ("a b", false), ("a\nb", false),
        ("a\r\n", false),
        ("\u{e9}", false),
    ])
    func aTokenIsOneWord(text: String, isOne: Bool) {
        #expect((ConsulToken(file: "t", text: text) != nil) == isOne)
    }
}
