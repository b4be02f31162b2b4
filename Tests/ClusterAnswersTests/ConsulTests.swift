import ClusterAnswers
import HostFiles
import Testing

@Suite struct ConsulTests {
    static let id = "9d754d17-d864-b1d3-e758-f3fe25a9874f"

    // MARK: The agent

    /// As Consul 1.10 answers, shortened.
    static func agent(
        id: String = id, name: String = "core-1", member: String = "core-1", address: String = "10.0.0.1"
    ) -> String {
        """
        {"Config":{"Datacenter":"dc1","PrimaryDatacenter":"dc1","NodeName":"\(name)","NodeID":"\(id)","Server":true,
          "Revision":"27de64da7","Version":"1.10.0"},"DebugConfig":{"ACLTokens":{"ACLAgentToken":"hidden"}},"Coord":null,
         "Member":{"Name":"\(member)","Addr":"\(address)","Port":8301,"Tags":{"dc":"dc1","role":"consul"},"Status":1}}
        """
    }

    @Test func anAgentTellsWhoItIs() throws {
        let agent = try ConsulAgent(Self.agent())
        #expect(agent.id.rawValue == Self.id && agent.name == "core-1" && agent.datacenter == "dc1")
        #expect(agent.address == IPAddress("10.0.0.1"))
    }

    @Test(arguments: [
        "", "{}", "<html></html>", agent(id: ""), agent(id: "7"), agent(name: ""), agent(address: "core-1"),
        agent(member: "core-2"), "Permission denied",
    ])
    func anythingElseIsNoAgent(text: String) {
        #expect(throws: MalformedText.self) { try ConsulAgent(text) }
    }

    // MARK: Members

    static func member(
        status: String = "1", port: String = "8300", role: String = "consul", name: String = "core-1"
    )
        -> String
    {
        """
        [{"Name":"\(name)","Addr":"10.0.0.1","Port":8301,
          "Tags":{"bootstrap":"1","dc":"dc1","id":"\(id)","port":"\(port)","role":"\(role)"},"Status":\(status)}]
        """
    }

    @Test(arguments: 0...4) func membersHaveTheirState(status: Int) throws {
        let member = try #require(try ConsulMemberList(Self.member(status: "\(status)")).members.first)
        #expect(member.status == status && member.id?.rawValue == Self.id && member.datacenter == "dc1")
        #expect(member.server?.address == IPAddress("10.0.0.1") && member.server?.port == 8300)
    }

    @Test func aClientIsNoServer() throws {
        let old = #"[{"Name":"old","Addr":"10.0.0.9","Port":8301,"Tags":{"role":"node"},"Status":4}]"#
        let members =
            try ConsulMemberList(Self.member(port: "", role: "node")).members + ConsulMemberList(old).members
        #expect(members.allSatisfy { $0.server == nil })
        #expect(members.last?.id == nil && members.last?.datacenter == nil)
        #expect(try ConsulMemberList("[]").members.isEmpty)
    }

    @Test(arguments: [
        "", "{}", "null", member(status: "5"), member(status: "-1"), member(status: "1e99"),
        member(status: "\"alive\""), member(port: "0"), member(port: "70000"), member(port: "x"),
        member(name: ""),
        #"[{"Name":"a","Addr":"b","Status":1,"Tags":{"role":"consul","port":"8300"}}]"#,
    ])
    func anythingElseIsNoListOfMembers(text: String) {
        #expect(throws: MalformedText.self) { try ConsulMemberList(text) }
    }

    @Test func aNameIsMadePlain() throws {
        let long = String(repeating: "n", count: 4000)
        let members = try ConsulMemberList(Self.member(name: "a\\u001b[31mb\\n\(long)")).members
        let name = try #require(members.first?.name)
        #expect(name.count < 200 && name.unicodeScalars.allSatisfy(ForeignText.isShown))
    }

    // MARK: The leader and raft

    @Test func thereIsALeaderOrNone() throws {
        #expect(try ConsulLeader(#""10.0.0.1:8300""#).place?.port == 8300)
        #expect(try ConsulLeader(#""[fd00::1]:8300""#).place?.address == IPAddress("fd00::1"))
        #expect(try ConsulLeader("\"\"").place == nil)
        for text in ["", "10.0.0.1:8300", #""10.0.0.1""#, #""core-1:8300""#, "[]", "No cluster leader"] {
            #expect(throws: MalformedText.self) { try ConsulLeader(text) }
        }
    }

    /// With raft protocol 3, and with 2, whose ids are places.
    @Test func raftTellsItsVoters() throws {
        let raft = try ConsulRaft(
            """
            {"Servers":[
              {"ID":"\(Self.id)","Node":"core-1","Address":"10.0.0.1:8300","Leader":true,"ProtocolVersion":"3","Voter":true},
              {"ID":"10.0.0.2:8300","Node":"(unknown)","Address":"10.0.0.2:8300","Leader":false,"Voter":false}],"Index":22}
            """)
        #expect(
            raft.servers.map(\.isVoter) == [true, false] && raft.servers.map(\.isLeader) == [true, false])
        #expect(raft.servers.map(\.id?.rawValue) == [Self.id, nil])
        #expect(raft.servers.map(\.name) == ["core-1", "10.0.0.2:8300"])
    }

    @Test(arguments: [
        "", "{}", #"{"Servers":[]}"#, #"{"Servers":null}"#, "No cluster leader",
        #"{"Servers":[{"ID":"a","Node":"a","Address":"a:8300","Leader":true,"Voter":true}]}"#,
        #"{"Servers":[{"ID":"a","Node":"a","Address":"10.0.0.1:8300","Leader":true}]}"#,
        #"{"Servers":[{"ID":"a","Node":"a","Address":"10.0.0.1:8300","Leader":true,"Voter":"yes"}]}"#,
    ])
    func anythingElseIsNoRaft(text: String) {
        #expect(throws: MalformedText.self) { try ConsulRaft(text) }
    }

    @Test func autopilotTellsWhoIsWell() throws {
        let health = try ConsulHealth(
            """
            {"Healthy":false,"FailureTolerance":0,"Servers":[
              {"ID":"\(Self.id)","Name":"core-1","Healthy":true,"Voter":true,"StableSince":"2017-03-06T22:07:51Z"},
              {"ID":"10.0.0.2:8300","Name":"core-2","Healthy":false}]}
            """)
        #expect(health.servers.map(\.isHealthy) == [true, false])
        #expect(health.servers.map(\.id?.rawValue) == [Self.id, nil])
        for text in ["", "rate limit exceeded", "{}", #"{"Servers":[{"ID":"a","Name":"b"}]}"#] {
            #expect(throws: MalformedText.self) { try ConsulHealth(text) }
        }
    }

    // MARK: The host's addresses

    @Test func addressesAreReadWhateverStandsBehindThem() throws {
        let list = try HostAddressList(
            """
            1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever preferred_lft forever
            2: eth0    inet 10.0.0.1/24 brd 10.0.0.255 scope global eth0\\       valid_lft forever
            2: eth0    inet6 fe80::5054:ff:fe12:3456/64 scope link \\       valid_lft forever
            3: tun0    inet 10.8.0.6 peer 10.8.0.5/32 scope global tun0
            what
            4: x    inet
            """)
        let expected = ["127.0.0.1", "10.0.0.1", "fe80::5054:ff:fe12:3456", "10.8.0.6"]
        #expect(list.addresses == Set(expected.compactMap { IPAddress($0) }))
        #expect(try HostAddressList("").addresses.isEmpty)
    }
}
