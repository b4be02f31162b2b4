import RolloutModel
import Testing

/// Every pair of etcd's minor versions, and the rule that decides (facts 6.3).
@Suite struct EtcdCompatibilityTests {
    static let minors = ["0.4", "2.0", "2.1", "2.2", "2.3", "3.0", "3.1", "3.2", "3.3", "3.4", "3.5"]

    /// A line for each version to go from, a column for each to go to.
    static let grid = """
        =  R  R  C  C  C  C  C  C  C  C
        R  =  +  M  M  M  M  M  M  M  M
        R  D  =  +  M  M  M  M  M  M  M
        C  D  D  =  +  M  M  M  M  M  M
        C  D  D  D  =  3  M  M  M  M  M
        C  D  D  D  D  =  +  O  O  O  O
        C  D  D  D  D  D  =  +  O  O  O
        C  D  D  D  D  D  D  =  +  O  O
        C  D  D  D  D  D  D  D  =  +  O
        C  D  D  D  D  D  D  D  D  =  +
        C  D  D  D  D  D  D  D  D  D  =
        """

    static let verdicts: [Character: EtcdCompatibility.Verdict] = [
        "=": .allowed(.samePatchLine), "+": .allowed(.nextMinor), "3": .allowed(.twoToThree),
        "M": .forbidden(.minClusterVersion), "O": .forbidden(.oneMinorAtATime), "D": .forbidden(.neverDown),
        "R": .forbidden(.notRolling), "C": .forbidden(.noConversion),
    ]

    static let pairs: [(from: String, to: String, expected: Character)] = zip(
        minors, grid.split(separator: "\n")
    ).flatMap { from, line in
        zip(minors, line.filter { $0 != " " }).map { (from, $0, $1) }
    }

    @Test func everyPairIsThere() { #expect(Self.pairs.count == 11 * 11) }

    @Test(arguments: pairs) func eachPairHasItsVerdictAndRule(
        from: String, to: String, expected: Character
    ) throws {
        let verdict = EtcdCompatibility.verdict(
            from: try #require(EtcdMinor(from)), to: try #require(EtcdMinor(to)))
        #expect(verdict == Self.verdicts[expected])
    }

    @Test(arguments: zip(minors, [nil] + minors.dropFirst(2).map(Optional.some) + [nil]))
    func oneStepUp(from: String, to: String?) throws {
        #expect(EtcdCompatibility.next(after: try #require(EtcdMinor(from)))?.description == to)
    }

    @Test(arguments: [("3.5", "3.6"), ("3.6", "3.5"), ("2.3", "2.4"), ("1.0", "2.0"), ("0.3", "0.4")])
    func whatIsNotListedIsNotAllowed(from: String, to: String) throws {
        let verdict = EtcdCompatibility.verdict(
            from: try #require(EtcdMinor(from)), to: try #require(EtcdMinor(to)))
        #expect(verdict == .forbidden(.unlisted))
    }

    @Test func anyVersionGoesWithItself() {
        #expect(
            EtcdCompatibility.verdict(from: EtcdMinor(3, 6), to: EtcdMinor(3, 6)) == .allowed(.samePatchLine))
    }
}
