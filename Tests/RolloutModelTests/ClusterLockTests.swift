import Foundation
import RolloutModel
import SampleValues
import Testing

@Suite struct ClusterLockTests {
    static func holder(_ rollout: String, _ token: Token) -> LockHolder {
        LockHolder(
            rollout: RolloutID(rollout), token: token, operatorName: "core@bastion",
            since: "2026-11-25T08:00:00Z")
    }

    static func lock(_ last: Token, _ rollout: String? = nil, _ token: Token = 0) -> ClusterLock {
        ClusterLock(lastToken: last, holder: rollout.map { holder($0, token) })
    }

    // MARK: Taking

    /// The lock, the highest token on any host, and the token that is given; nil where another rollout holds the lock.
    static let takings: [(String, ClusterLock, Token, Token?)] = [
        ("never taken", lock(0), 0, 1),
        ("free again", lock(7), 0, 8),
        ("hosts have seen more than the store", lock(7), 12, 13),
        ("resumed: its own, under a higher token", lock(7, "r-1", 7), 0, 8),
        ("resumed, and a host has seen more", lock(7, "r-1", 7), 9, 10),
        ("another's", lock(7, "r-2", 7), 0, nil),
        ("another's, whatever the hosts have seen", lock(7, "r-2", 7), 100, nil),
    ]

    @Test(arguments: takings.indices) func takenUnlessAnotherHasIt(index: Int) {
        let (name, lock, seen, token) = Self.takings[index]
        let taking = lock.taken(by: Self.holder("r-1", 99), above: seen)
        if let token {
            #expect(taking == .taken(Self.lock(token, "r-1", token), token: token), "\(name)")
        } else {
            #expect(taking == .held(by: Self.holder("r-2", 7)), "\(name)")
        }
    }

    // MARK: The end of the holder's journal

    static func end(_ entry: Int, of rollout: String = "r-1", token: Token) -> JournalEnd {
        JournalEnd(
            rollout: RolloutID(rollout), token: token,
            head: JournalHead(entry: entry, sha256: String(repeating: "a", count: 64)))
    }

    /// A rollout that goes on tells how far its journal had come; the lock keeps that under the new token, and past its holder.
    @Test func theEndOfTheJournalIsKept() throws {
        let taking = Self.lock(7, "r-1", 7).taken(
            by: Self.holder("r-1", 0), above: 0, journal: Self.end(9, token: 7))
        guard case .taken(let taken, 8) = taking else {
            Issue.record("\(taking)")
            return
        }
        #expect(taken.journal == Self.end(9, token: 8))
        #expect(taken.holder == Self.holder("r-1", 8), "no part of the holder")
        #expect(taken.released(by: RolloutID("r-1"), token: 8)?.journal == Self.end(9, token: 8))
        #expect(taken.unlocked(naming: RolloutID("r-1"), below: 9)?.journal == Self.end(9, token: 8))
        guard case .taken(let begun, _) = Self.lock(8).taken(by: Self.holder("r-2", 0), above: 0) else {
            Issue.record("a free one was not taken")
            return
        }
        #expect(begun.journal == nil, "a rollout that begins has no journal yet")
    }

    /// The end that is noted, and true if it changes a lock of r-1 under token 7 with its entry 9.
    @Test(arguments: [
        (end(10, token: 7), true), (end(9, token: 7), false), (end(10, token: 6), false),
        (end(10, of: "r-2", token: 7), false),
    ])
    func notedByItsHolderOnly(noted: JournalEnd, changes: Bool) {
        var lock = Self.lock(7, "r-1", 7)
        lock.journal = Self.end(9, token: 7)
        var expected = lock
        expected.journal = noted
        #expect(lock.noting(noted) == (changes ? expected : nil))
        #expect(Self.lock(7).noting(noted) == nil, "nobody has it")
    }

    // MARK: Letting go

    static let releases: [(ClusterLock, String, Token, ClusterLock?)] = [
        (lock(7, "r-1", 7), "r-1", 7, lock(7)),
        (lock(7, "r-1", 7), "r-1", 6, nil),
        (lock(7, "r-1", 7), "r-2", 7, nil),
        (lock(7), "r-1", 7, nil),
    ]

    @Test(arguments: releases.indices) func releasedByItsHolderUnderItsTokenOnly(index: Int) {
        let (lock, rollout, token, expected) = Self.releases[index]
        #expect(lock.released(by: RolloutID(rollout), token: token) == expected)
    }

    static let unlockings: [(ClusterLock, String, Token, ClusterLock?)] = [
        (lock(7, "r-1", 7), "r-1", 8, lock(8)),
        (lock(7, "r-1", 7), "r-1", 3, lock(7)),
        (lock(7, "r-1", 7), "r-", 8, nil),
        (lock(7, "r-1", 7), "r-11", 8, nil),
        (lock(7, "r-1", 7), "R-1", 8, nil),
        (lock(7), "r-1", 8, nil),
    ]

    @Test(arguments: unlockings.indices) func unlockedByItsExactIdOnly(index: Int) {
        let (lock, rollout, token, expected) = Self.unlockings[index]
        #expect(lock.unlocked(naming: RolloutID(rollout), below: token) == expected)
    }

    /// No token is given out twice, and none below an earlier one, in whatever order the lock is used.
    @Test func tokensOnlyGrow() {
        var lock = ClusterLock()
        var given: [Token] = []
        for step in 0..<200 {
            let rollout = "r-\(step % 3)"
            switch lock.taken(by: Self.holder(rollout, 0), above: Token(UInt64(step % 7))) {
            case .taken(let next, let token):
                given.append(token)
                lock = next
            case .held(let holder):
                lock =
                    (step % 2 == 0
                        ? lock.released(by: holder.rollout, token: holder.token)
                        : lock.unlocked(naming: holder.rollout, below: Token(lock.lastToken.rawValue + 2)))
                    ?? lock
            case .spent: Issue.record("no count comes so far")
            }
        }
        #expect(given.count > 50)
        #expect(zip(given, given.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test(
        arguments: [
            (.ceiling, 0), (0, .ceiling), (Token(Token.ceiling.rawValue + 1), 3), (0, Token(.max)),
            (Token(.max), Token(.max)), (Token(.max - 1), 0),
        ] as [(Token, Token)])
    func afterTheLastTokenThereIsNone(lastToken: Token, seen: Token) {
        let lock = ClusterLock(lastToken: lastToken)
        #expect(
            lock.taken(by: Self.holder("r-1", 0), above: seen) == .spent(lastToken: max(lastToken, seen)))
    }

    // MARK: By majority

    static let hosts = ["a", "b", "c"].map { HostID($0) }

    /// `r-1:5` for a claim, `-` for none, `?` for an agent that could not be asked.
    static func claims(_ text: String) -> [HostID: Observation<LockHolder?>] {
        let words = text.split(separator: " ").map(String.init)
        return Dictionary(
            uniqueKeysWithValues: zip(hosts, words).map { host, word in
                if word == "?" { return (host, .unknown("no route to host")) }
                let parts = word.split(separator: ":")
                return (
                    host,
                    .seen(parts.count == 2 ? holder(String(parts[0]), Token(UInt64(parts[1]) ?? 0)) : nil)
                )
            })
    }

    static let majorities: [(String, Observation<LockHolder?>)] = [
        ("r-1:5 r-1:5 r-1:5", .seen(holder("r-1", 5))),
        ("r-1:5 r-1:5 ?", .seen(holder("r-1", 5))),
        ("r-1:5 r-1:5 r-1:4", .seen(holder("r-1", 5))),
        ("r-1:5 r-1:5 r-2:9", .seen(holder("r-1", 5))),
        ("- - -", .seen(nil)),
        ("- - ?", .seen(nil)),
        ("r-1:5 - -", .seen(nil)),
        ("r-1:5 r-1:4 r-2:6", .seen(nil)),
        ("r-1:5 ? -", .unknown("2 of 3 agents could be asked who has the cluster")),
        ("? ? -", .unknown("1 of 3 agents could be asked who has the cluster")),
    ]

    @Test(arguments: majorities.indices) func agentsAloneNameWhomMostOfThemName(index: Int) {
        let (text, expected) = Self.majorities[index]
        #expect(LockHolder.byMajority(of: Self.hosts, claims: Self.claims(text)) == expected, "\(text)")
    }
}

@Suite struct LockGateTests {
    typealias Lock = Observation<LockHolder?>?

    static let ours = ClusterLockTests.holder("r-1", 5)
    static let theirs = ClusterLockTests.holder("r-2", 6)
    static let resumedElsewhere = ClusterLockTests.holder("r-1", 6)

    /// The lock as it was seen, the token we have it under, and the reasons to hold.
    static let cases: [(String, Lock, Token?, [HoldReason])] = [
        ("not asked", nil, 5, []),
        ("ours", .seen(ours), 5, []),
        ("ours, before it began", .seen(ours), nil, []),
        ("free, before it began", .seen(nil), nil, []),
        ("free", .seen(nil), 5, [.lock(.lockLost)]),
        ("ours under another token", .seen(resumedElsewhere), 5, [.lock(.lockLost)]),
        ("ours, and taken again at the agents alone", .seen(resumedElsewhere), 90, []),
        ("another's", .seen(theirs), 5, [.lock(.lockHeld(by: theirs))]),
        ("another's, before it began", .seen(theirs), nil, [.lock(.lockHeld(by: theirs))]),
        ("unknown", .unknown("no quorum"), 5, [.lock(.lockUnknown(why: "no quorum"))]),
        ("unknown, before it began", .unknown("no quorum"), nil, [.lock(.lockUnknown(why: "no quorum"))]),
    ]
    static let checkpoints: [Checkpoint] = [
        .beforeStage, .beforeReboot, .beforeCommit, .afterCommit, .beforeRollback, .afterRollback,
    ]

    @Test(arguments: cases.indices, checkpoints) func theLockIsAskedForAtEveryCheckpoint(
        index: Int, checkpoint: Checkpoint
    ) {
        let (name, lock, token, expected) = Self.cases[index]
        var inventory = GatesTests.whole(at: 40)
        inventory.lock = lock
        let gates = Gates(plan: Samples.plan(), settings: GateSettings(fleet: nil, etcd: nil), token: token)
        let reasons = gates.verdict(checkpoint, of: Samples.a, history: [inventory]).reasons
        #expect(reasons == expected, "\(name) at \(checkpoint)")
    }

    /// The store may have lost a holder that an agent still knows.
    @Test func anAgentThatAnotherHoldsShutsTheGate() {
        var inventory = GatesTests.whole(at: 40)
        inventory.lock = .seen(Self.ours)
        guard case .seen(var facts)? = inventory.hosts[Samples.c] else { return #expect(Bool(false)) }
        facts.holder = Self.theirs
        inventory.hosts[Samples.c] = .seen(facts)
        let gates = Gates(plan: Samples.plan(), settings: GateSettings(fleet: nil, etcd: nil), token: 5)
        let reasons: [HoldReason] = [.lock(.lockHeld(by: Self.theirs))]
        #expect(gates.verdict(.beforeReboot, of: Samples.a, history: [inventory]) == .hold(reasons))
        #expect(!gates.isLockGone(reasons, in: inventory), "one that came too late may let it go")
        inventory.lock = .seen(Self.theirs)
        #expect(
            gates.verdict(.beforeReboot, of: Samples.a, history: [inventory]) == .hold(reasons), "named once")
        #expect(gates.isLockGone(reasons, in: inventory))
    }

    static let reasons: [HoldReason] = [
        .lock(.lockHeld(by: theirs)), .lock(.lockLost), .lock(.lockUnknown(why: "no quorum")),
    ]

    @Test(arguments: reasons) func aHoldForTheLockIsJournalledAndReadAgain(reason: HoldReason) throws {
        let text = try JSONEncoder().encode(reason)
        #expect(try JSONDecoder().decode(HoldReason.self, from: text) == reason)
        #expect(!reason.isTerminal, "resuming needs no further word")
    }

    /// Reasons as in journals that were written before there was a lock.
    @Test(arguments: [
        (#"{"operatorHold":{}}"#, HoldReason.person(.operatorHold())),
        (#"{"stoppedAfter":{"hosts":1}}"#, .person(.stoppedAfter(hosts: 1))),
        (#"{"etcdUnknown":{"why":"x"}}"#, .etcd(.etcdUnknown(why: "x"))),
    ])
    func olderHoldsAreReadStill(text: String, reason: HoldReason) throws {
        #expect(try JSONDecoder().decode(HoldReason.self, from: Data(text.utf8)) == reason)
    }

    @Test func whoHasItIsNamedWithTheCommandThatFreesIt() {
        let reason = HoldReason.lock(.lockHeld(by: Self.theirs))
        #expect(
            reason.description
                == "rollout r-2 of core@bastion has this cluster, since 2026-11-25T08:00:00Z")
        #expect(reason.remedy.text().contains("'turnstile status r-2'"))
        #expect(reason.remedy.text().contains("'turnstile unlock r-2'"))
        // The holder's turnstile may have died between the end of its rollout and the release.
        let again = "if it has ended, 'turnstile resume r-2' there lets the cluster go"
        #expect(reason.remedy.text().contains(again))
    }
}
