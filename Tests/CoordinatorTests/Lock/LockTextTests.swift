import RolloutModel
import Testing

@testable import Coordinator

@Suite struct LockTextTests {
    static func holder(by name: String = "core@bastion", token: Token = 7) -> LockHolder {
        LockHolder(
            rollout: RolloutID("r-1"), token: token, operatorName: name, since: "2026-11-25T08:00:00Z")
    }

    static let held = ClusterLock(lastToken: 7, holder: holder())
    static let heldText = """
        {"format":1,"holder":{"operatorName":"core@bastion","rollout":"r-1","since":"2026-11-25T08:00:00Z","token":7},\
        "lastToken":7}
        """

    /// Other turnstiles of this cluster read the format, so it changes only with its number.
    @Test func isOneLineThatPeopleCanReadToo() throws {
        #expect(try LockText.text(Self.held) == Self.heldText)
        #expect(try LockText.text(ClusterLock(lastToken: 8)) == #"{"format":1,"lastToken":8}"#)
    }

    @Test(arguments: [
        held, ClusterLock(), ClusterLock(lastToken: .ceiling),
        ClusterLock(lastToken: .ceiling, holder: holder(token: .ceiling)),
        ClusterLock(lastToken: 9, holder: holder(by: "r/\"1\" \\ \u{e9}\u{1f512}", token: 0)),
    ])
    func isReadAsItWasWritten(lock: ClusterLock) throws {
        #expect(try LockText.lock(LockText.text(lock)) == lock)
    }

    @Test func whatAnotherVersionAddsIsPassedOver() throws {
        #expect(try LockText.lock(#"{"format":1,"lastToken":8,"note":"x"}"#) == ClusterLock(lastToken: 8))
        #expect(
            try LockText.lock(#" {"lastToken":8,"holder":null,"format":1} "#) == ClusterLock(lastToken: 8))
    }

    static let noted = ClusterLock(
        lastToken: 7, holder: holder(),
        journal: JournalEnd(
            rollout: RolloutID("r-1"), token: 7,
            head: JournalHead(entry: 12, sha256: String(repeating: "0a", count: 32))))

    /// A turnstile that does not know this key reads the rest: the other keys of the format are unchanged.
    @Test func theEndOfTheJournalIsOneMoreKey() throws {
        let text = try LockText.text(Self.noted)
        let digest = String(repeating: "0a", count: 32)
        let journal = #""journal":{"entry":12,"rollout":"r-1","sha256":"\#(digest)","token":7},"#
        #expect(text == Self.heldText.replacing(#""lastToken""#, with: journal + #""lastToken""#))
        #expect(try LockText.lock(text) == Self.noted)
    }

    static let unreadable: [(text: String, why: String)] = [
        ("", "is no lock"), ("core", "is no lock"), ("{}", "is no lock"), ("[]", "is no lock"),
        (#"{"format":1}"#, "is no lock"), (#"{"lastToken":1}"#, "is no lock"),
        (#"{"format":1,"lastToken":-1}"#, "is no lock"),
        (#"{"format":1,"lastToken":18446744073709551616}"#, "is no lock"),
        (#"{"format":1,"lastToken":1,"holder":"core"}"#, "is no lock"),
        (#"{"format":1,"lastToken":1,"holder":{"rollout":"r-1"}}"#, "is no lock"),
        (String(heldText.dropLast()), "is no lock"),
        (#"{"format":1,"lastToken":1,"journal":{"entry":1}}"#, "is no lock"),
        (
            #"{"format":1,"lastToken":1,"journal":{"entry":0,"rollout":"r-1","sha256":"","token":1}}"#,
            "no journal ends with entry 0"
        ),
        (#"{"format":2,"lastToken":1}"#, "format 2, and only 1 is known"),
        (
            heldText.replacing(#""lastToken":7"#, with: #""lastToken":6"#),
            "token 7, above the last one given, 6"
        ),
        (heldText.replacing("r-1", with: ""), "is no lock"),
        (heldText.replacing("r-1", with: #"r\n1"#), "is no lock"),
        (heldText.replacing("core@bastion", with: #"\u001b[2J"#), "cannot be printed"),
        (heldText.replacing("2026", with: #"\u007f"#), "cannot be printed"),
        (heldText.replacing("bastion", with: String(repeating: "b", count: 300)), "too long"),
        (
            #"{"format":1,"lastToken":1}"# + String(repeating: " ", count: 4096),
            "bytes, and a lock at most 4096"
        ),
    ]

    @Test(arguments: unreadable.indices) func whatIsNoLockIsNotTakenForAFreeOne(index: Int) {
        let (text, why) = Self.unreadable[index]
        let error = #expect(throws: LockText.Unreadable.self) { try LockText.lock(text) }
        #expect(error?.why.contains(why) == true, "\(error?.why ?? "") of \(text)")
    }

    /// A lock that could not be read again is not written.
    @Test(arguments: [
        ClusterLock(lastToken: 6, holder: holder(token: 7)),
        ClusterLock(lastToken: Token(Token.ceiling.rawValue + 1)),
        ClusterLock(lastToken: 7, holder: holder(by: "r\u{0}")),
        ClusterLock(lastToken: 7, holder: holder(by: "r\u{202E}")),
        ClusterLock(lastToken: 7, holder: holder(by: String(repeating: "r", count: 257))),
    ])
    func whatCouldNotBeReadIsNotWritten(lock: ClusterLock) {
        #expect(throws: LockText.Unreadable.self) { try LockText.text(lock) }
    }

    @Test func theLongestHolderIsWellWithinTheBounds() throws {
        let word = String(repeating: "\"", count: 256)
        let lock = ClusterLock(
            lastToken: .ceiling,
            holder: LockHolder(
                rollout: RolloutID(String(repeating: "r", count: 128)), token: .ceiling,
                operatorName: word,
                since: word))
        let text = try LockText.text(lock)
        #expect(text.utf8.count <= LockText.bytesMax)
        #expect(try LockText.lock(text) == lock)
    }
}
