import Testing

@testable import Rollouts

@Suite struct GrowingPauseTests {
    struct Row: Sendable {
        var first: Duration
        var longest: Duration
        var taken: [Duration]
    }

    @Test(arguments: [
        Row(first: .seconds(1), longest: .seconds(10), taken: [1, 2, 4, 8, 10, 10].map { .seconds($0) }),
        Row(
            first: .milliseconds(1500), longest: .seconds(2),
            taken: [.milliseconds(1500), .seconds(2), .seconds(2)]),
        // The first pause may be longer than the longest.
        Row(first: .seconds(300), longest: .seconds(10), taken: [.seconds(300), .seconds(300)]),
    ])
    func eachPauseIsTwiceTheOneBefore(row: Row) {
        var pause = GrowingPause(first: row.first, longest: row.longest)
        #expect(row.taken.map { _ in pause.take() } == row.taken)
    }
}
