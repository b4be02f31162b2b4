import Testing

@testable import PracticeHost

@Suite struct ConsulPoolTests {
    static let roster = """
        self a
        member a 00000000-0000-0000-0000-00000000000a 10.0.0.1 server
        member b 00000000-0000-0000-0000-00000000000b 10.0.0.2 server
        member c 00000000-0000-0000-0000-00000000000c 10.0.0.3 server
        member d 00000000-0000-0000-0000-00000000000d 10.0.0.4 client
        member e 00000000-0000-0000-0000-00000000000e 10.0.0.5 left
        stabilization 5
        """

    static func pool(heard: [(String, Double)], at now: Double) throws -> ConsulPool {
        var pool = ConsulPool(roster: try ConsulRoster(text: roster), now: .zero)
        for (name, moment) in heard {
            pool.pass(to: .seconds(moment))
            pool.hear(name, at: .seconds(moment))
        }
        pool.pass(to: .seconds(now))
        return pool
    }

    @Test func whoIsNotHeardHasFailed() throws {
        let pool = try Self.pool(heard: [("b", 9), ("d", 10), ("c", 5)].sorted { $0.1 < $1.1 }, at: 11)
        #expect(pool.roster.members.map { pool.status(of: $0) } == [1, 1, 4, 1, 3])
    }

    /// A majority of those with a vote; one that is back has none for a while.
    @Test(
        arguments: [
            ([], 20, nil), ([("b", 19.0)], 20, nil), ([("b", 19.0), ("c", 19)], 20, "a"),
            ([("b", 1)], 20, nil),
        ] as [([(String, Double)], Double, String?)])
    func aMajorityHasALeader(heard: [(String, Double)], now: Double, leader: String?) throws {
        let pool = try Self.pool(heard: heard, at: now)
        #expect(pool.leader?.name == leader)
    }

    @Test func aServerThatIsBackHasNoVoteForAWhile() throws {
        let heard = stride(from: 10.0, through: 16, by: 1).map { ("b", $0) }
        for (now, isVoter) in [(14.9, false), (16, true)] {
            let pool = try Self.pool(heard: heard.filter { $0.1 <= now }, at: now)
            #expect(pool.isVoter(pool.roster.servers[1]) == isVoter)
        }
    }

    @Test(arguments: ["", "self a", "self a\nmember a b", "self a\nmember a b c king", "what is this"])
    func anythingElseIsNoRoster(text: String) {
        #expect(throws: Failure.self) { try ConsulRoster(text: text) }
    }
}
