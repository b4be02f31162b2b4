import RolloutModel
import Synchronization
import Testing

@testable import TurnstileCommands

/// Names are looked up several at a time, as a name server that does not answer keeps each for its whole deadline.
@Suite struct NameLookupTests {
    /// Look-ups that end only once so many are under way, or nothing else moves any more.
    private final class Crowd: Sendable {
        private let state = Mutex((now: 0, most: 0))
        let wanted: Int

        init(_ wanted: Int) { self.wanted = wanted }

        var most: Int { state.withLock { $0.most } }

        func look(_ name: DomainName) async -> Set<String> {
            state.withLock { state in
                state.now += 1
                state.most = max(state.most, state.now)
            }
            for _ in 0..<100_000 where most < wanted { await Task.yield() }
            state.withLock { $0.now -= 1 }
            return ["address of \(name)"]
        }
    }

    static let sizes: [(names: Int, most: Int)] = [(0, 0), (1, 1), (16, 16), (100, 16)]

    @Test(arguments: sizes) func theyAreLookedUpSeveralAtATime(count: Int, most: Int) async throws {
        let names = try (0..<count).map { try #require(DomainName("app-\($0).example.org")) }
        let crowd = Crowd(most)
        let found = await NameLookup.addresses(of: Set(names)) { await crowd.look($0) }
        #expect(crowd.most == most)
        #expect(found == Dictionary(uniqueKeysWithValues: names.map { ($0, ["address of \($0)"]) }))
    }

    /// Whichever ends first, results are in the order of what was asked.
    @Test(arguments: [0, 1, 3, 50]) func resultsAreInTheirOrder(atOnce: Int) async {
        let numbers = Array(0..<20)
        let doubled = await numbers.mapped(atOnce: atOnce) { number in
            for _ in 0..<(20 - number) { await Task.yield() }
            return number * 2
        }
        #expect(doubled == numbers.map { $0 * 2 })
    }
}
