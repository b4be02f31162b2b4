import ClusterAnswers
import HostFiles
import Testing

@Suite struct EtcdMembersTests {
    @Test func readsTheV2API() throws {
        let members = try EtcdMembers(
            v2:
                #"{"members":[{"id":"eff56f587b8beba1","name":"n3","peerURLs":["http://10.0.0.3:2380"],"clientURLs":["http://10.0.0.3:2379"]},{"id":"37d59a68f445f05d","name":"","peerURLs":["http://10.0.0.4:2380"],"clientURLs":[]}]}"#
        )
        let first = try #require(members[EtcdMemberID(0xeff5_6f58_7b8b_eba1)])
        #expect(first.name == "n3" && first.hasStarted && !first.isLearner && first.isLeader == nil)
        #expect(first.clientURLs == ["http://10.0.0.3:2379"])
        #expect(members.members.map(\.hasStarted) == [true, false])
        #expect(members.voters.count == 2)
        #expect(first.id.description == "eff56f587b8beba1")
    }

    /// An id beyond 2^53 and the largest of all, as a number and as a string.
    @Test(arguments: ["17290848770179460001", "\"17290848770179460001\""])
    func idsKeepAllTheirBits(id: String) throws {
        let members = try EtcdMembers(
            v3:
                #"{"header":{"cluster_id":14841639068965178418},"members":[{"ID":\#(id),"name":"n3","peerURLs":["http://a:2380"],"clientURLs":["http://a:2379"]},{"ID":18446744073709551615,"name":"l","isLearner":true}]}"#
        )
        #expect(members.members.map(\.id.description) == ["eff56f587b8beba1", "ffffffffffffffff"])
        #expect(members.voters.map(\.name) == ["n3"])
        #expect(members.members[1].peerURLs.isEmpty)
    }

    @Test(arguments: [
        "", "{}", #"{"members":[]}"#, #"{"members":[{"name":"x"}]}"#,
        #"{"members":[{"id":"xyz","name":"x"}]}"#,
        #"{"members":[{"id":"11112222333344445","name":"x"}]}"#, #"{"message":"Internal Server Error"}"#,
    ])
    func anUnknownV2AnswerIsAnError(body: String) {
        #expect(throws: MalformedText.self) { try EtcdMembers(v2: body) }
    }

    @Test(arguments: [
        #"{"members":[{"ID":-1}]}"#, #"{"members":[{"ID":1.5}]}"#,
        #"{"members":[{"ID":"18446744073709551616"}]}"#,
        #"{"members":[{"ID":"0x1"}]}"#, #"{"members":[{"name":"x"}]}"#,
        #"{"error":"etcdserver: not capable"}"#,
    ])
    func anUnknownV3AnswerIsAnError(body: String) {
        #expect(throws: MalformedText.self) { try EtcdMembers(v3: body) }
    }

    @Test func readsEtcdctlOfEveryEra() throws {
        let members = try EtcdMembers(
            etcdctl: """
                3e6094576e730890: name=n3 peerURLs=http://127.0.0.1:23380 clientURLs=http://127.0.0.1:23379
                242683d8ee329398: name=n2 peerURLs=http://a:1,http://a:2 clientURLs=http://a:3 isLeader=true
                1ce2e4ffe51e6414[unstarted]: peerURLs=http://127.0.0.1:33380
                831f49e31a53750f, started, n1, http://a:1,http://a:2, http://a:3,http://a:4
                8a623939cf305bc9, started, n4, http://a:1, http://a:3, true
                43cbcc4eb6511824, unstarted, , http://a:9, 

                """
        ).members
        #expect(members.map(\.name) == ["n3", "n2", "", "n1", "n4", ""])
        #expect(members.map(\.isLeader) == [nil, true, nil, nil, nil, nil])
        #expect(members.map(\.isLearner) == [false, false, false, false, true, false])
        #expect(members[1].peerURLs == ["http://a:1", "http://a:2"])
        #expect(members[2].peerURLs == ["http://127.0.0.1:33380"] && members[2].clientURLs.isEmpty)
        #expect(members[3].peerURLs == ["http://a:1", "http://a:2"])
        #expect(members[3].clientURLs == ["http://a:3", "http://a:4"])
        #expect(
            members[5].clientURLs.isEmpty && members[5].id == EtcdMemberID(hexadecimal: "43cbcc4eb6511824"))
    }

    @Test(arguments: [
        "", "Failed to get leader: no leader\n",
        "Error:  dial tcp 127.0.0.1:22379: connect: connection refused\n",
        "Incorrect Usage.\n", "zz: name=x peerURLs=y clientURLs=z\n",
    ])
    func anythingElseIsRefused(text: String) {
        #expect(throws: MalformedText.self) { try EtcdMembers(etcdctl: text) }
    }
}
