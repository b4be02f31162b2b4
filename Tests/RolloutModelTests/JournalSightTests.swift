import RolloutModel
import Testing

@Suite struct JournalSightTests {
    static let digest = String(repeating: "a", count: 64)
    static let other = String(repeating: "b", count: 64)

    static func end(_ entry: Int, _ sha256: String = digest, of rollout: String = "r-1", token: Token = 7)
        -> JournalEnd
    {
        JournalEnd(rollout: RolloutID(rollout), token: token, head: JournalHead(entry: entry, sha256: sha256))
    }

    /// Ends seen of a journal of 12 entries whose first token is 5, with the digest that the journal has there.
    static let sights:
        [(name: String, seen: JournalEnd, firstToken: Token?, here: String?, says: JournalSight)] = [
            ("its last entry", end(12), 5, digest, .matches),
            ("an earlier one", end(3), 5, digest, .matches),
            ("one after its end", end(13), 5, nil, .missing),
            ("far after its end", end(JournalHead.entryMax), 5, nil, .missing),
            ("another last entry", end(12, other), 5, digest, .differs),
            ("another in the middle", end(3, other), 5, digest, .differs),
            ("one whose line has no digest", end(3), 5, nil, .differs),
            ("of another rollout", end(13, of: "r-2"), 5, nil, .unrelated),
            ("of another, with the same number", end(12, other, of: "r-2"), 5, digest, .unrelated),
            ("of the journal that was lost before it", end(40, token: 4), 5, nil, .unrelated),
            ("under its first token", end(13, token: 5), 5, nil, .missing),
            ("of a journal that was cut before its first token", end(13, token: 1), nil, nil, .missing),
        ]

    @Test(arguments: sights.indices) func whatWasSeenIsHeldAgainstTheJournal(index: Int) {
        let row = Self.sights[index]
        let sight = JournalSight(
            of: row.seen, in: RolloutID("r-1"), firstToken: row.firstToken, entries: 12, sha256: row.here)
        #expect(sight == row.says, "\(row.name)")
        #expect(sight.isDoubt == [.missing, .differs].contains(row.says))
    }

    /// Rollout, token, entry and digest as others may tell them, and whether a journal can have that end.
    static let told: [(rollout: String, token: Token, entry: Int, sha256: String, isPossible: Bool)] = [
        ("r-1", 7, 12, digest, true), ("r-1", 0, 1, String(repeating: "0f", count: 32), true),
        ("r-1", .ceiling, JournalHead.entryMax, digest, true),
        ("r-1", Token(Token.ceiling.rawValue + 1), 12, digest, false), ("r-1", 7, 0, digest, false),
        ("r-1", 7, -1, digest, false), ("r-1", 7, JournalHead.entryMax + 1, digest, false),
        ("r-1", 7, 12, "", false), ("r-1", 7, 12, String(digest.dropLast()), false),
        ("r-1", 7, 12, digest + "a", false), ("r-1", 7, 12, digest.uppercased(), false),
        ("r-1", 7, 12, String(digest.dropLast()) + "\u{1b}", false), ("../r", 7, 12, digest, false),
        ("", 7, 12, digest, false),
    ]

    @Test(arguments: told.indices) func onlyAPossibleEndIsTakenFromOthers(index: Int) {
        let row = Self.told[index]
        let end = JournalEnd(
            foreign: row.rollout, token: row.token, head: JournalHead(entry: row.entry, sha256: row.sha256))
        #expect((end != nil) == row.isPossible, "\(row)")
    }
}
