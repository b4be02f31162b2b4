import HostFiles
import RolloutModel
import Rollouts
import Testing

@testable import Coordinator

/// Addresses of etcd tell nothing of who answers there.
@Suite struct EtcdAnswererTests {
    typealias Answers = [String: (Int, String)]

    let host = HostID("core-1")
    static let own = HostReadingTests.own

    func health(_ list: String, _ answers: Answers...) async throws -> [String: EtcdView.Health] {
        let all = answers.reduce(into: [Self.own + "/v2/members": (200, list)]) {
            $0.merge($1) { _, new in new }
        }
        let access = HostAccess.live(shell: HostReadingTests.curl(all).shell, etcd: .usual)
        let members = try await access.etcd(host).members
        return Dictionary(uniqueKeysWithValues: members.map { ($0.name, $0.health) })
    }

    func member(_ id: String, at url: String) -> Answers { HostReadingTests.member(id, at: url) }

    /// As members with `0.0.0.0` for clients list themselves; `ghost` is dead.
    static let unspecified = """
        {"members":[{"id":"2af4599928324bf4","name":"m1","peerURLs":["http://10.213.1.12:2380"],"clientURLs":["http://0.0.0.0:2379","http://0.0.0.0:4001"]},
         {"id":"36d2c8468e6cba39","name":"m2","peerURLs":["http://10.213.1.11:2380"],"clientURLs":["http://0.0.0.0:2379"]},
         {"id":"8a66cf28059e9ee1","name":"ghost","peerURLs":["http://10.213.1.1:2380"],"clientURLs":["http://0.0.0.0:2379"]},
         {"id":"ca23f2c294a5bb54","name":"m3","peerURLs":["http://10.213.1.13:2380"],"clientURLs":["http://0.0.0.0:2379"]}]}
        """

    @Test func aDeadMemberIsNotHealthyByWhoAnswersInItsStead() async throws {
        let health = try await health(
            Self.unspecified, member("36d2c8468e6cba39", at: Self.own),
            member("36d2c8468e6cba39", at: "http://0.0.0.0:2379"),
            member("2af4599928324bf4", at: "http://10.213.1.12:2379"),
            member("ca23f2c294a5bb54", at: "http://10.213.1.13:2379"))
        #expect(health["m1"] == .healthy && health["m2"] == .healthy && health["m3"] == .healthy)
        #expect(
            health["ghost"]
                == .unknown(
                    "none of its addresses is answered by it: http://0.0.0.0:2379 is answered by 'm2', no answer from "
                        + "http://10.213.1.1:2379, no answer from http://10.213.1.1:4001"))
    }

    /// The addresses published by each of two members, the member that answers at each, and whether the second member
    /// is known to be healthy.
    static let forms: [(published: [String], answers: [String: String], isHealthy: Bool)] = [
        (["http://localhost:2379"], ["http://localhost:2379": "a1"], false),
        (
            ["http://127.0.0.1:4001", "http://10.0.0.2:2379"],
            ["http://127.0.0.1:4001": "a1", "http://10.0.0.2:2379": "b2"], true
        ),
        (["http://[::]:2379"], ["http://[::]:2379": "a1", "http://10.0.0.2:2379": "b2"], true),
        // A name shared by all members, or a balancer in front of them.
        (["http://etcd.example:2379"], ["http://etcd.example:2379": "a1"], false),
        (
            ["http://etcd.example:2379"], ["http://etcd.example:2379": "a1", "http://10.0.0.2:2379": "b2"],
            true
        ),
        // The first is not reachable, the second is.
        (["http://192.168.0.2:2379", "http://10.0.0.9:2379"], ["http://10.0.0.9:2379": "b2"], true),
        // Somebody who is no member of this cluster at all.
        (["http://10.0.0.2:2379"], ["http://10.0.0.2:2379": "dead"], false),
    ]

    @Test(arguments: forms) func aMemberIsWhoSaysItsId(
        published: [String], answers: [String: String], isHealthy: Bool
    ) async throws {
        let urls = published.map { "\"\($0)\"" }.joined(separator: ",")
        let list =
            #"{"members":[{"id":"a1","name":"m1","peerURLs":["http://10.0.0.1:2380"],"clientURLs":["http://0.0.0.0:2379"]},"#
            + #"{"id":"b2","name":"m2","peerURLs":["http://10.0.0.2:2380"],"clientURLs":[\#(urls)]}]}"#
        let said = answers.reduce(into: Answers()) { all, answer in
            all.merge(member(answer.value, at: answer.key)) { $1 }
        }
        let health = try await health(list, member("a1", at: Self.own), said)
        #expect(health["m1"] == .healthy)
        #expect((health["m2"] == .healthy) == isHealthy, "\(health)")
        if !isHealthy, case .unhealthy? = health["m2"] { Issue.record("somebody answered: \(health)") }
    }

    /// A balancer that hands each request to the next: the ids before and after the health differ.
    @Test func whoChangesBetweenTwoQuestionsSaidNothing() {
        func answers(_ before: String, _ after: String) -> [HostHTTP.Answer] {
            func stats(_ id: String) -> HostHTTP.Answer {
                .init(status: 200, body: #"{"name":"m","id":"\#(id)"}"#)
            }
            let none = HostHTTP.Answer(status: 404, body: "404 page not found")
            return [
                stats(before), none, none, .init(status: 200, body: #"{"health":"true"}"#),
                .init(status: 200, body: #"{"etcdserver":"3.3.10","etcdcluster":"3.3.0"}"#), stats(after),
                none, none,
            ]
        }
        let url = "http://etcd.example:2379"
        guard case .member(let member) = EtcdSighting(url, answers("a1", "a1")).word else {
            Issue.record("it says who it is")
            return
        }
        #expect(member.health == .healthy && member.server?.description == "3.3.10")
        let (a1, b2) = (EtcdMemberID(0xa1), EtcdMemberID(0xb2))
        #expect(EtcdSighting(url, answers("a1", "b2")).word == .mixed([a1, b2]))
    }

    @Test(arguments: [("7", EtcdView.Health.healthy), ("8", nil)])
    func aMemberOfAnotherClusterIsNone(cluster: String, expected: EtcdView.Health?) async throws {
        func gateway(_ url: String, _ member: String, _ cluster: String) -> Answers {
            [
                url + "/v3/maintenance/status": (
                    200,
                    #"{"header":{"cluster_id":"\#(cluster)","member_id":"\#(member)"},"version":"3.5.1","leader":"13"}"#
                ), url + "/health": (200, #"{"health":"true"}"#),
                url + "/version": (200, #"{"etcdserver":"3.5.1","etcdcluster":"3.5.0"}"#),
            ]
        }
        let list =
            #"{"members":[{"id":"c","name":"m1","peerURLs":["http://10.0.0.1:2380"],"clientURLs":["http://10.0.0.1:2379"]},"#
            + #"{"id":"d","name":"m2","peerURLs":["http://10.0.0.2:2380"],"clientURLs":["http://10.0.0.2:2379"]}]}"#
        let health = try await health(
            list, gateway(Self.own, "12", "7"), gateway("http://10.0.0.2:2379", "13", cluster))
        if let expected {
            #expect(health["m2"] == expected)
        } else {
            #expect(
                health["m2"]
                    == .unknown(
                        "none of its addresses is answered by it: http://10.0.0.2:2379 is answered by d, of another cluster"
                    ))
        }
    }

    @Test func whoIsNotAmongThoseItListsIsNoWitness() async {
        await #expect {
            try await health(
                #"{"members":[{"id":"a1","name":"m1","clientURLs":["http://10.0.0.1:2379"]}]}"#,
                member("b2", at: Self.own))
        } throws: { ($0 as? HostFault)?.why.contains("not among those it lists") == true }
    }

    /// An etcd2 that is a proxy answers `/v2/stats/self` as the member does that it asks.
    @Test func aProxyHasNoSeat() async throws {
        var answers = member("a1", at: Self.own)
        answers[Self.own + "/v2/config/local/proxy"] = (200, #"{"endpoints":["http://10.0.0.1:2379"]}"#)
        let access = HostAccess.live(shell: HostReadingTests.curl(answers).shell, etcd: .usual)
        #expect(try await access.seat(host) == .none)
        await #expect(throws: HostFault.self) { try await access.moveLeader(host) }
    }

    @Test func addressesInBracketsAreAsked() async throws {
        let list = """
            {"members":[{"id":"2af4599928324bf4","name":"m1","peerURLs":["http://[fd00:213::11]:2380"],"clientURLs":["http://[fd00:213::11]:2379"]},
            {"id":"b2","name":"m2","peerURLs":["http://[fe80::2%25eth0]:2380"],"clientURLs":["http://[::]:2379"]}]}
            """
        let health = try await health(
            list, member("2af4599928324bf4", at: Self.own),
            member("b2", at: "http://[fe80::2%25eth0]:2379"))
        #expect(health == ["m1": .healthy, "m2": .healthy])
    }
}
