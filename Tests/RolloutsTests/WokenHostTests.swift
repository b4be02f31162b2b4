import AgentProtocol
import RolloutJournal
import RolloutModel
import Synchronization
import Testing

@testable import Rollouts

/// An older rollout's knowledge of a host counts only while none has had the host since; and of a host that was declared
/// lost, every command names the same way.
@Suite struct WokenHostTests {
    private let bench = UseCaseBench()
    private var cluster: FakeCluster { bench.cluster }
    private static let (a, b, c) = (HostID("a"), HostID("b"), HostID("c"))
    private static let first = RolloutID("r-1")

    private func draft(_ rollout: String, stopAfter: Int? = nil) -> PlanDraft {
        var draft = UseCaseTests.draft(of: cluster.ids)
        draft.rollout = RolloutID(rollout)
        draft.stopAfter = stopAfter
        return draft
    }

    // MARK: A rollout that another one has passed by

    /// The questions of rollbacks, each with the rollout that it names.
    private final class Asked: Sendable {
        private let names = Mutex<[RolloutID?]>([])

        var rollouts: [RolloutID?] { names.withLock { $0 } }

        func take(_ question: Question) -> Bool {
            if case .rollBack(_, let record, _) = question {
                names.withLock { $0.append(record?.machine.plan.rollout) }
            }
            return true
        }
    }

    @Test func aRollbackTakesUpTheRolloutThatHadTheHostLast() async throws {
        let asked = Asked()
        try await bench.withUseCases(allows: asked.take) { useCases, journals in
            _ = try await useCases.upgrade(draft("r-1", stopAfter: 1))
            let end = try await useCases.rollBack(Self.a, draft("r-2"))
            #expect(asked.rollouts == [Self.first])
            #expect(end.rollout == Self.first)
            #expect(cluster.versions == ["1.0.0", "1.0.0", "1.0.0"])
            let kept = try await journals.list()
            #expect(kept == [Self.first])
        }
    }

    /// The older one was held, and freed by hand; the newer one has ended.
    @Test func aRollbackLeavesARolloutThatAnotherOneHasPassedBy() async throws {
        let asked = Asked()
        try await bench.withUseCases(allows: asked.take) { useCases, journals in
            _ = try await useCases.upgrade(draft("r-1", stopAfter: 1))
            let unlocked = try await useCases.unlock(Self.first, hosts: cluster.ids)
            #expect(unlocked == .freed)
            let whole = try await useCases.upgrade(draft("r-2"))
            #expect(whole.ending == .finished(.upgraded))
            let before = try await journals.record(of: Self.first).entryCount
            let end = try await useCases.rollBack(Self.a, draft("r-3"))
            #expect(asked.rollouts == [nil])
            #expect(end.rollout == RolloutID("r-3") && end.ending == .finished(.rolledBack))
            #expect(cluster.versions == ["1.0.0", "2.0.0", "2.0.0"])
            let after = try await journals.record(of: Self.first)
            #expect(after.entryCount == before && after.machine.state.held != nil)
        }
    }

    /// The older one speaks for its own host still, where the newer one has had another host alone.
    @Test func aRolloutOfOtherHostsPassesNothingBy() async throws {
        let asked = Asked()
        try await bench.withUseCases(allows: asked.take) { useCases, _ in
            _ = try await useCases.upgrade(draft("r-1", stopAfter: 1))
            _ = try await useCases.unlock(Self.first, hosts: cluster.ids)
            var other = draft("r-2")
            other.bystanders = [Self.a, Self.b]
            _ = try await useCases.upgrade(other)
            let unended = try await useCases.journals.unended()
            #expect(unended.map(\.id) == [Self.first])
            #expect(unended[0].speaks(for: Self.a) && unended[0].speaks(for: Self.b))
            #expect(!unended[0].speaks(for: Self.c))
            _ = try await useCases.rollBack(Self.a, draft("r-3"))
            #expect(asked.rollouts == [Self.first])
        }
    }

    // MARK: A lost host that wakes up

    /// The journal of a rollout that lost `a` and ended without it.
    private func loseA(_ journals: JournalStore) async throws {
        let journal = try await journals.begin(
            cluster.plan, with: ConfigurationMark(digest: ""), timestamp: { "2026-11-24T07:12:05Z" })
        try await journal.append(.attached(token: 1, by: "ann@desk"))
        let old = Version("1.0.0")
        for event in [
            RolloutMachine.Event.began, .gatesOpened(running: old),
            .staged(version: Version("2.0.0"), boot: BootID("a-1"), partition: "USR-B"),
            .gatesOpened(running: old), .notReturned(waited: .seconds(60), why: "no route"),
            .lost(host: Self.a, why: "it burnt", member: nil), .abandonRequested,
            .abandoned(host: Self.b, undone: [], left: []), .abandoned(host: Self.c, undone: [], left: []),
        ] {
            try await journal.append(.event(event))
        }
        #expect(journal.record.machine.outcome != nil)
    }

    /// `a` is awake, as its agent was left.
    private func wake(onItsTry: Bool) {
        cluster.change("a") { host in
            host.token = 1
            host.rollout = "r-1"
            host.claim = Claim(rollout: "r-1", token: 1, holder: "ann@desk", since: "2026-11-24T07:12:05Z")
            host.holdsOriginal = true
            guard onItsTry else {
                host.staged = "2.0.0"
                host.phase = .staged
                return
            }
            host.boots = 2
            host.phase = .rebooting
            host.version = "2.0.0"
            host.otherVersion = "1.0.0"
            host.etcdBefore = "3.4.23"
            host.booted = "USR-B"
            host.committed = false
        }
    }

    enum Command: CaseIterable {
        case upgrade, fromHosts, rollBack, giveBack, lose
    }

    private func refusal(_ command: Command, _ useCases: UseCases) async throws -> CommandRefusal? {
        await #expect(throws: CommandRefusal.self, "\(command)") {
            switch command {
            case .upgrade: _ = try await useCases.upgrade(draft("r-2"))
            case .fromHosts:
                _ = try await useCases.resumeFromHosts(draft("r-2"), acceptsNoReturn: false)
            case .rollBack: _ = try await useCases.rollBack(Self.a, draft("r-2"))
            case .giveBack: _ = try await useCases.giveBack(draft("r-2"))
            case .lose: _ = try await useCases.lose(Self.a)
            }
        }
    }

    /// The command that a refusal sends to; its remedies where it names reasons.
    private func words(_ refusal: CommandRefusal?) -> String {
        switch refusal {
        case .refers(let referral)?: referral.line
        case .held(let reasons)?, .notGoneOn(_, let reasons)?, .notRolledBack(let reasons)?:
            reasons.map { $0.remedy.text() }.joined(separator: "\n")
        default: "\(String(describing: refusal))"
        }
    }

    @Test(arguments: Command.allCases, [true, false])
    func everyCommandSendsToUnlock(command: Command, onItsTry: Bool) async throws {
        try await bench.withUseCases { useCases, journals in
            try await loseA(journals)
            wake(onItsTry: onItsTry)
            let words = words(try await refusal(command, useCases))
            #expect(words.contains("turnstile unlock r-1"), "\(command): \(words)")
            #expect(!words.contains("resume") && !words.contains("abandon r-1"), "\(command): \(words)")
            #expect(cluster.acts.isEmpty)
        }
    }

    /// Followed, the advice takes the host in again.
    @Test(arguments: [true, false]) func theWayThatIsNamedLeadsOn(onItsTry: Bool) async throws {
        try await bench.withUseCases { useCases, journals in
            try await loseA(journals)
            wake(onItsTry: onItsTry)
            let unlocked = try await useCases.unlock(Self.first, hosts: cluster.ids)
            #expect(unlocked == .freed)
            let others: [Command] = onItsTry ? [.giveBack, .lose] : [.rollBack, .lose]
            let next = onItsTry ? "turnstile rollback a" : "turnstile abandon --host a"
            for command in others {
                let words = words(try await refusal(command, useCases))
                #expect(words == next, "\(command)")
            }
            for command in [Command.upgrade, .fromHosts] {
                let words = words(try await refusal(command, useCases))
                #expect(words.contains("'\(next)'"), "\(command): \(words)")
            }
            var only = draft("r-2")
            only.hosts = [Self.a]
            let end =
                onItsTry
                ? try await useCases.rollBack(Self.a, draft("r-2")) : try await useCases.giveBack(only)
            #expect(end.ending == .finished(onItsTry ? .rolledBack : .abandoned))
            #expect(cluster.versions[0] == "1.0.0")
            var again = draft("r-3")
            again.retryReverted = true
            #expect(try await useCases.upgrade(again).ending == .finished(.upgraded))
        }
    }

    /// The gates see only that an agent has another rollout.
    @Test func theRollbackOfAnotherHostNamesIt() async throws {
        try await bench.withUseCases { useCases, journals in
            try await loseA(journals)
            wake(onItsTry: false)
            cluster.change("b") { host in
                host.version = "2.0.0"
                host.otherVersion = "1.0.0"
                host.booted = "USR-B"
                host.phase = .committed
            }
            let refusal = await #expect(throws: CommandRefusal.self) {
                _ = try await useCases.rollBack(Self.b, draft("r-2"))
            }
            guard case .notRolledBack(let reasons)? = refusal else {
                Issue.record("\(String(describing: refusal))")
                return
            }
            let lost = HoldReason.person(.declaredLost(host: Self.a, rollout: Self.first, why: "it burnt"))
            #expect(reasons.contains(lost), "\(reasons)")
            #expect(!words(refusal).contains("resume"), "\(words(refusal))")
        }
    }

    /// An audit asks no agent: it goes by journals alone.
    @Test func aHostThatWasTakenInAgainIsLostNoMore() async throws {
        try await bench.withUseCases { useCases, journals in
            try await loseA(journals)
            let before = try await DeclaredLost(in: journals).notes(on: cluster.ids)
            #expect(before.count == 1 && before[0].contains("'a' was declared lost in rollout r-1"))
            wake(onItsTry: false)
            _ = try await useCases.unlock(Self.first, hosts: cluster.ids)
            var only = draft("r-2")
            only.hosts = [Self.a]
            _ = try await useCases.giveBack(only)
            let after = try await DeclaredLost(in: journals).notes(on: cluster.ids)
            #expect(after == [])
        }
    }
}
