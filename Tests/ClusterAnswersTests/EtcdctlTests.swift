import ClusterAnswers
import HostFiles
import Testing

@Suite struct EtcdctlTests {
    typealias Health = EtcdClusterHealth.MemberHealth

    @Test func clusterHealthOf20IsHealthyWithAnUnhealthyMember() throws {
        let health = try EtcdClusterHealth(
            """
            cluster is healthy
            member 3e6094576e730890 is unhealthy
            member 43cbcc4eb6511824 is healthy
            member 8a623939cf305bc9 is healthy

            """)
        #expect(health.verdict == .healthy)
        #expect(health.healthyCount == 2)
        #expect(health.members.map(\.health) == [.unhealthy, .healthy, .healthy])
        #expect(health.members.first?.id == EtcdMemberID(0x3e60_9457_6e73_0890))
    }

    @Test func clusterHealthOf22WithoutQuorum() throws {
        let health = try EtcdClusterHealth(
            """
            member 37d59a68f445f05d is unhealthy: got unhealthy result from http://127.0.0.1:21379
            failed to check the health of member 5081e503d611dc2a on http://127.0.0.1:22379: Get "http://127.0.0.1:22379/health": dial tcp 127.0.0.1:22379: connect: connection refused
            member 5081e503d611dc2a is unreachable: [http://127.0.0.1:22379] are all unreachable
            member eff56f587b8beba1 is unreachable: no available published client urls
            cluster is unhealthy

            """)
        #expect(health.verdict == .unhealthy)
        #expect(health.healthyCount == 0)
        #expect(
            health.members.map(\.health) == [
                .unhealthy, .unreachable(reason: "[http://127.0.0.1:22379] are all unreachable"),
                .unreachable(reason: "no available published client urls"),
            ])
    }

    @Test(arguments: [
        ("cluster is healthy\n", EtcdClusterHealth.Verdict.healthy), ("cluster is unhealthy\n", .unhealthy),
        ("cluster is degraded\n", .degraded), ("cluster is unavailable\n", .unavailable),
    ])
    func everyVerdictIsKnown(text: String, verdict: EtcdClusterHealth.Verdict) throws {
        #expect(try EtcdClusterHealth(text).verdict == verdict)
    }

    @Test(arguments: [
        "", "cluster may be unhealthy: failed to list members\n",
        "cluster may be unhealthy: failed to connect [http://127.0.0.1:21379]\n",
        "Cluster configuration changed during health checking. Please retry.\n",
        "member 37d59a68f445f05d is healthy: got healthy result from http://127.0.0.1:21379\n",
        "Incorrect Usage.\n", "cluster is fine\n", "member 37d59a68f445f05d is happy\n",
    ])
    func noVerdictIsAnError(text: String) {
        #expect(throws: MalformedText.self) { try EtcdClusterHealth(text) }
    }

    @Test func readsEndpointStatus() throws {
        let list = try EtcdEndpointStatus.list(
            etcdctl:
                #"[{"Endpoint":"http://127.0.0.1:2379","Status":{"header":{"cluster_id":14841639068965178418,"member_id":10276657743932975437,"revision":5,"raft_term":2},"version":"3.3.20","dbSize":24576,"leader":10276657743932975437,"raftIndex":9,"raftTerm":2}}]"#
        )
        let status = try #require(list.first)
        #expect(status.endpoint == "http://127.0.0.1:2379")
        #expect(status.clusterID == 14_841_639_068_965_178_418)
        #expect(status.memberID.description == "8e9e05c52164694d")
        #expect(status.leader == status.memberID)
        #expect(status.version == EtcdVersion(3, 3, 20))
        #expect(status.databaseBytes == 24_576 && status.raftIndex == 9 && status.raftTerm == 2)
        #expect(status.raftAppliedIndex == nil && status.errors.isEmpty && !status.isLearner)
    }

    @Test func readsTheGatewaysStatus() throws {
        let status = try EtcdEndpointStatus(
            gateway:
                #"{"header":{"cluster_id":"14841639068965178418","member_id":"10276657743932975437"},"version":"3.5.0","dbSize":"24576","raftIndex":"9","raftTerm":"2","raftAppliedIndex":"9","errors":["etcdserver: no leader"],"isLearner":true}"#
        )
        #expect(status.endpoint == nil && status.leader == nil && status.isLearner)
        #expect(status.memberID.number == 10_276_657_743_932_975_437)
        #expect(status.raftAppliedIndex == 9)
        #expect(status.errors == ["etcdserver: no leader"])
    }

    @Test(arguments: [
        "", "{}", "[{}]",
        #"[{"Endpoint":"x","Status":{"header":{"cluster_id":1,"member_id":2},"version":"new"}}]"#,
    ])
    func anUnknownStatusIsAnError(json: String) {
        #expect(throws: MalformedText.self) { try EtcdEndpointStatus.list(etcdctl: json) }
    }

    @Test func readsEndpointHealthAsTextAndAsJSON() throws {
        let text = try EtcdEndpointHealth.list(
            text: """
                http://a:2379 is healthy: successfully committed proposal: took = 2.1ms
                http://b:2379 is unhealthy: failed to commit proposal: context deadline exceeded
                Error: unhealthy cluster

                """)
        let json = try EtcdEndpointHealth.list(
            json:
                #"[{"endpoint":"http://a:2379","health":true,"took":"2.1ms"},{"endpoint":"http://b:2379","health":false,"took":"5s","error":"failed to commit proposal: context deadline exceeded"}]"#
        )
        #expect(text == json)
        #expect(text.map(\.isHealthy) == [true, false])
        #expect(text[1].error == "failed to commit proposal: context deadline exceeded")
        #expect(throws: MalformedText.self) { try EtcdEndpointHealth.list(text: "Error: bad flag\n") }
        #expect(throws: MalformedText.self) { try EtcdEndpointHealth.list(json: "{}") }
    }
}
