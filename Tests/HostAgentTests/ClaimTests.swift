import AgentProtocol
import Testing

@testable import HostAgent

@Suite struct ClaimTests {
    static let mine = Authority(rollout: "r-1", token: 7)
    static let other = Authority(rollout: "r-2", token: 9)

    static func record(claimedBy authority: Authority?, highest: Token? = nil) -> HostRecord {
        HostRecord(
            claim: authority.map {
                Claim(rollout: $0.rollout, token: $0.token, holder: "core@bastion", since: "then")
            },
            highestToken: highest ?? authority?.token)
    }

    /// The claim that the host has, the caller who asks, and the refusal.
    @Test(
        arguments: [
            (nil, mine, nil),
            (mine, mine, nil),
            (mine, Authority(rollout: "r-1", token: 8), nil),
            (mine, Authority(rollout: "r-1", token: 6), .tokenOutdated),
            (mine, Authority(rollout: "r-2", token: 7), .tokenOutdated),
            (mine, other, .heldByAnother),
        ] as [(Authority?, Authority, Refusal.Reason?)])
    func taken(held: Authority?, asking: Authority, refusal: Refusal.Reason?) {
        var record = Self.record(claimedBy: held)
        let before = record
        let request = ClaimRequest(authority: asking, holder: "h", since: "s")
        #expect(record.hold.take(request)?.reason == refusal)
        guard refusal == nil else {
            #expect(record == before)
            return
        }
        #expect(record.claim == request.claim)
        #expect(record.highestToken == asking.token)
        #expect(record.authority == before.authority)
    }

    // MARK: The end of the holder's journal

    static func told(_ entry: Int, by authority: Authority = mine, of digit: String = "a") -> Authority {
        Authority(
            rollout: authority.rollout, token: authority.token,
            journal: JournalHead(entry: entry, sha256: String(repeating: digit, count: 64)))
    }

    static func seen(_ entry: Int, by authority: Authority = mine, of digit: String = "a") -> SeenJournal {
        SeenJournal(
            rollout: authority.rollout, token: authority.token,
            head: JournalHead(entry: entry, sha256: String(repeating: digit, count: 64)))
    }

    /// The journal known before, the asking authority with its journal, and the journal known afterwards.
    static let journals: [(known: SeenJournal?, asking: Authority, then: SeenJournal?)] = [
        (nil, told(9), seen(9)),
        (nil, mine, nil),
        (seen(9), told(12), seen(12)),
        // The request is late, or its coordinator does not tell its journal.
        (seen(9), told(8), seen(9)),
        (seen(9), told(9, of: "b"), seen(9)),
        (seen(9), mine, seen(9)),
        // Under another token the journal is another coordinator's, and perhaps another journal.
        (
            seen(9), told(2, by: Authority(rollout: "r-1", token: 8)),
            seen(2, by: Authority(rollout: "r-1", token: 8))
        ),
        // The request is refused.
        (seen(9), told(12, by: Authority(rollout: "r-1", token: 6)), seen(9)),
    ]

    @Test(arguments: journals.indices) func theEndOfTheHoldersJournalIsKept(index: Int) {
        let row = Self.journals[index]
        var before = Self.record(claimedBy: Self.mine)
        before.journal = row.known
        for way in ["claim", "change", "release"] {
            var record = before
            switch way {
            case "claim": _ = record.hold.take(ClaimRequest(authority: row.asking, holder: "h", since: "s"))
            case "change": _ = record.hold.change(by: row.asking)
            default:
                _ = record.hold.release(
                    ReleaseRequest(authority: row.asking, supersedes: nil, resetsTokens: nil))
            }
            #expect(record.journal == row.then, "\(way), \(row)")
            #expect(record.authority?.journal == nil, "no part of who asks")
        }
    }

    /// An agent's record from before journals were kept, and a request of a coordinator that does not tell its journal.
    @Test func whatDoesNotKnowItIsRead() throws {
        let old = #"{"formatVersion":1,"authority":{"rollout":"r-1","token":7},"phase":"idle"}"#
        let record = try Wire.decode(HostRecord.self, line: old.utf8)
        #expect(record.authority == Self.mine && record.journal == nil)
    }

    /// A repeated request gets the same answer, even if an entry was journalled in between.
    @Test func theSameGoalWhateverWasJournalledSince() async throws {
        let host = SimulatedHost()
        let first = try await host.abandon(by: Self.told(9))
        guard case .abandoned? = first else {
            Issue.record("\(String(describing: first))")
            return
        }
        #expect(try await host.abandon(by: Self.told(10)) == first)
        let record = try host.record()
        #expect(record.goal?.number == 1 && record.goal?.request.authority == Self.mine)
        #expect(record.journal == Self.seen(10))
    }

    @Test(arguments: [
        JournalHead(entry: 0, sha256: String(repeating: "a", count: 64)),
        JournalHead(entry: JournalHead.entryMax + 1, sha256: String(repeating: "a", count: 64)),
        JournalHead(entry: 1, sha256: "a"), JournalHead(entry: 1, sha256: String(repeating: "A", count: 64)),
    ])
    func whatNoJournalEndsWithIsNoRequest(head: JournalHead) {
        let authority = Authority(rollout: "r-1", token: 7, journal: head)
        #expect(ClaimRequest(authority: authority, holder: "h", since: "s").complaint != nil)
        #expect(RollbackRequest(authority: authority, bootID: "b").complaint != nil)
    }

    /// The claim that the host has, the caller who releases it, the rollout named as dead, and the refusal.
    @Test(
        arguments: [
            (mine, mine, nil, nil), (mine, Authority(rollout: "r-1", token: 8), nil, nil),
            (mine, Authority(rollout: "r-1", token: 6), nil, .tokenOutdated),
            (mine, other, nil, .heldByAnother),
            (mine, other, "r-0", .heldByAnother), (mine, other, "r-1", nil),
            (mine, Authority(rollout: "r-2", token: 7), "r-1", .tokenOutdated), (nil, mine, nil, nil),
            (nil, other, "r-1", nil),
        ] as [(Authority?, Authority, String?, Refusal.Reason?)])
    func released(held: Authority?, asking: Authority, supersedes: String?, refusal: Refusal.Reason?) {
        var record = Self.record(claimedBy: held)
        let before = record
        let request = ReleaseRequest(authority: asking, supersedes: supersedes, resetsTokens: nil)
        #expect(record.hold.release(request)?.reason == refusal)
        guard refusal == nil else {
            #expect(record == before)
            return
        }
        #expect(record.claim == nil)
        #expect(record.highestToken == max(asking.token, held?.token ?? 0))
    }

    /// The token outlives the claim: its former holder is fenced off for good.
    @Test func aTokenIsRememberedWhenTheHostIsLetGo() async throws {
        let host = SimulatedHost()
        try await host.claim(by: Self.other)
        try await host.release(by: Self.other)
        #expect(try await host.stage(by: Self.mine).refusal == .tokenOutdated)
        #expect(await host.report()?.agent.highestToken == 9)
        #expect(await host.report()?.agent.claim == nil)
    }

    @Test func nobodyElseChangesAHostThatIsHeldWhateverTheirToken() async throws {
        let host = try await SimulatedHost.rebootedIntoUpdate()
        try await host.claim()
        let before = host.table
        #expect(try await host.stage(by: Self.other).refusal == .heldByAnother)
        #expect(try await host.askReboot(by: Self.other).refusal == .heldByAnother)
        #expect(try await host.commit(by: Self.other).refusal == .heldByAnother)
        #expect(try await host.rollback(by: Self.other).refusal == .heldByAnother)
        #expect(try await host.abandon(by: Self.other).refusal == .heldByAnother)
        #expect(host.table == before)
        guard case .committed = try await host.commit() else {
            Issue.record("\(String(describing: host.answer))")
            return
        }
    }

    /// The late requests of a rollout that was named as dead are refused, and the host's changes stay attributed to
    /// that rollout.
    @Test func whoWasSupersededCanDoNothingMore() async throws {
        let host = SimulatedHost()
        try await host.claim()
        try await host.stage()
        try await host.release(by: Self.other, supersedes: "r-1")
        try await host.claim(by: Authority(rollout: "r-2", token: 10))
        #expect(try await host.askReboot().refusal == .tokenOutdated)
        let agent = try #require(await host.report()?.agent)
        #expect(agent.claim?.rollout == "r-2")
        #expect(agent.authority == Self.mine)
        #expect(agent.phase == .staged)
    }

    @Test func theRefusalNamesTheHolderAndTheWayOut() async throws {
        let host = SimulatedHost()
        try await host.claim()
        guard case .refused(let refusal)? = try await host.stage(by: Self.other) else {
            Issue.record("not refused")
            return
        }
        for part in ["\"r-1\"", "core@bastion", "2026-11-24T07:12:05Z", "turnstile unlock r-1"] {
            #expect(refusal.message.contains(part))
        }
    }

    /// An agent that is killed at any effect has the claim or not; after the request is repeated, it has the claim.
    @Test func killedAnywhereAndAskedAgain() async throws {
        let calm = SimulatedHost()
        try await calm.claim()
        let effects = calm.with { $0.effectsDone }
        for effect in 1...effects {
            let host = SimulatedHost()
            host.with { $0.killedAt = effect }
            try await host.claim()
            host.with { $0.killedAt = nil }
            try await host.claim()
            #expect(try host.record() == calm.record(), "killed at effect \(effect)")
            #expect(host.with { $0.commands }.isEmpty)
        }
    }

    @Test func onlyRootTakesAHost() async throws {
        let host = SimulatedHost { $0.isRoot = false }
        #expect(try await host.claim().refusal == .notPermitted)
        #expect(try await host.release().refusal == .notPermitted)
    }

    @Test func whatIsForPeopleIsKeptShortAndPrintable() async throws {
        let host = SimulatedHost()
        let long = ClaimRequest(
            authority: Self.mine, holder: String(repeating: "x", count: 300), since: "then")
        let strange = ClaimRequest(authority: Self.mine, holder: "core\u{1b}[2J", since: "then")
        for request in [long, strange] {
            #expect(await host.perform(.claim, try Wire.line(request)).refusal == .malformedRequest)
        }
    }

    private func reason(_ body: () throws -> Void) -> Refusal.Reason? {
        do {
            try body()
            return nil
        } catch {
            guard case .refused(let refusal) = StepStop(error).message else { return nil }
            return refusal.reason
        }
    }
}
