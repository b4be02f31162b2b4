import ClusterAnswers
import HostFiles
import Testing

@Suite struct EtcdTests {
    @Test(arguments: [
        ("0.4.9", EtcdVersion(0, 4, 9)), ("2.3.7", EtcdVersion(2, 3, 7)), ("v3.0.10", EtcdVersion(3, 0, 10)),
        ("2.2.0-alpha.1+git", EtcdVersion(2, 2, 0)), ("3.5.0-rc.1", EtcdVersion(3, 5, 0)),
        ("not_decided", nil), ("", nil), ("2.3", nil), ("2.3.7.1", nil), ("2.3.x", nil), ("-1.0.0", nil),
        ("9999999.0.0", nil),
    ])
    func aVersionIsThreeNumbers(text: String, version: EtcdVersion?) {
        #expect(EtcdVersion(text) == version)
    }

    @Test func versionsCompareByNumberAndMinorsAlone() {
        #expect(EtcdVersion(2, 0, 13) < EtcdVersion(2, 1, 0))
        #expect(EtcdVersion(2, 3, 10) > EtcdVersion(2, 3, 9))
        #expect(EtcdVersion(2, 3, 7).minor == EtcdVersion(2, 3, 8).minor)
        #expect(EtcdVersion(2, 3, 7).minor < EtcdVersion(3, 0, 0).minor)
        #expect(EtcdVersion(2, 3, 7).description == "2.3.7")
        #expect(EtcdVersion(2, 3, 7).minor.description == "2.3")
    }

    typealias Answer = (body: String, server: EtcdVersion, cluster: EtcdVersion?)

    static let answers: [Answer] = [
        ("etcd 0.4.9", EtcdVersion(0, 4, 9), nil),
        ("etcd 2.0.10\n", EtcdVersion(2, 0, 10), nil),
        (#"{"etcdserver":"2.3.8","etcdcluster":"2.3.0"}"#, EtcdVersion(2, 3, 8), EtcdVersion(2, 3, 0)),
        (#"{"etcdserver":"2.1.2","etcdcluster":"not_decided"}"#, EtcdVersion(2, 1, 2), nil),
        (#"{"etcdserver":"3.0.17","etcdcluster":"2.3.0"}"#, EtcdVersion(3, 0, 17), EtcdVersion(2, 3, 0)),
        (#"{"etcdserver":"2.1.0","releaseVersion":"2.1.0"}"#, EtcdVersion(2, 1, 0), nil),
    ]

    @Test(arguments: answers) func readsTheVersionOfEveryEra(answer: Answer) throws {
        let read = try EtcdVersionAnswer(answer.body)
        #expect(read.server == answer.server)
        #expect(read.cluster == answer.cluster)
    }

    @Test(arguments: [
        "", "2", "404 page not found\n", "{}", "etcd two", #"{"etcdserver":"x"}"#,
        #"{"etcdserver":"2.3.8","etcdcluster":"soon"}"#, #"{"etcdserver":2.3}"#,
    ])
    func anUnknownVersionIsAnError(body: String) {
        #expect(throws: MalformedText.self) { try EtcdVersionAnswer(body) }
    }

    typealias Health = (body: String, isHealthy: Bool, reason: String?)

    static let healths: [Health] = [
        (#"{"health": "true"}"#, true, nil), (#"{"health": "false"}"# + "\n", false, nil),
        (#"{"health":"true"}"#, true, nil), (#"{"health":true}"#, true, nil),
        (#"{"health":false}"#, false, nil),
        (#"{"health":"false","reason":"RAFT NO LEADER"}"#, false, "RAFT NO LEADER"),
        (#"{"health":"true","reason":""}"#, true, nil),
    ]

    @Test(arguments: healths) func readsTheHealthOfEveryEra(health: Health) throws {
        let read = try EtcdHealthAnswer(health.body)
        #expect(read.isHealthy == health.isHealthy)
        #expect(read.reason == health.reason)
    }

    @Test(arguments: ["", "404 page not found", "{}", #"{"health":"yes"}"#, #"{"health":1}"#, "true"])
    func unknownHealthIsAnError(body: String) {
        #expect(throws: MalformedText.self) { try EtcdHealthAnswer(body) }
    }

    @Test func readsSelfStats() throws {
        let stats = try EtcdSelfStats(
            #"{"name":"n1","id":"831f49e31a53750f","state":"StateFollower","startTime":"2026-11-23T23:53:00.09126514Z","leaderInfo":{"leader":"242683d8ee329398","uptime":"4.952207248s","startTime":"2026-11-23T23:53:00.292796652Z"},"recvAppendRequestCnt":35,"recvPkgRate":7.292151300003669,"sendAppendRequestCnt":0}"#
        )
        #expect(stats.name == "n1")
        #expect(stats.state == .follower)
        #expect(stats.memberID == EtcdMemberID(0x831f_49e3_1a53_750f))
        #expect(stats.leaderID == EtcdMemberID(0x2426_83d8_ee32_9398))
    }

    @Test func selfStatsOfOtherErasAndWithoutLeader() throws {
        let old = try EtcdSelfStats(#"{"name":"m","state":"leader","leaderInfo":{"leader":"m"}}"#)
        #expect(old.state == .leader && old.leader == "m" && old.memberID == nil)
        let lost = try EtcdSelfStats(#"{"name":"m","id":"a","state":"StateNew","leaderInfo":{"leader":""}}"#)
        #expect(lost.state == nil && lost.leader == nil)
        #expect(throws: MalformedText.self) { try EtcdSelfStats(#"{"message":"not current leader"}"#) }
    }
}
