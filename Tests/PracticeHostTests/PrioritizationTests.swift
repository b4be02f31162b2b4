import Testing

@testable import PracticeHost

@Suite struct PrioritizationTests {
    struct Raise: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var raising: Int
        var before: [Int: Int]
        var after: [Int: Int]
        var highest: Int?
    }

    @Test(arguments: [
        Raise(testDescription: "first update", raising: 4, before: [3: 1, 4: 0], after: [3: 1, 4: 2]),
        Raise(
            testDescription: "committing what is highest already", raising: 4, before: [3: 1, 4: 2],
            after: [3: 1, 4: 2]),
        Raise(testDescription: "after a revert", raising: 4, before: [3: 2, 4: 1], after: [3: 1, 4: 2]),
        Raise(
            testDescription: "an empty one stays empty", raising: 3, before: [3: 1, 4: 0],
            after: [3: 1, 4: 0]),
        Raise(
            testDescription: "three keep their order", raising: 5, before: [3: 3, 4: 2, 5: 1],
            after: [3: 2, 4: 1, 5: 3]),
        Raise(
            testDescription: "-P 1 makes them share", raising: 4, before: [3: 2, 4: 1], after: [3: 1, 4: 1],
            highest: 1),
    ])
    func keepsTheOthersInOrder(raise: Raise) {
        #expect(
            Prioritization.priorities(raising: raise.raising, in: raise.before, highest: raise.highest)
                == raise.after)
    }
}
