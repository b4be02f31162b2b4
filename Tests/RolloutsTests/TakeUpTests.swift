import RolloutJournal
import RolloutModel
import Synchronization
import Testing

@testable import Rollouts

/// A rollout that a process takes up, before the process has gone on with anything.
@Suite struct TakeUpTests {
    private let rollout = RolloutID("r-1")

    private func draft(of bench: UseCaseBench, stopAfter: Int? = 1) -> PlanDraft {
        var draft = UseCaseTests.draft(of: bench.cluster.ids)
        draft.stopAfter = stopAfter
        return draft
    }

    /// A journal that ends while a host is staged, as after a crash.
    private func cutOff(_ useCases: UseCases, _ journals: JournalStore, _ bench: UseCaseBench) async throws {
        let journal = try await journals.begin(
            bench.cluster.plan, with: ConfigurationMark(digest: ""), timestamp: { "2026-11-24T07:12:05Z" })
        try await journal.append(.attached(token: 1, by: "ann@desk"))
        for event in [RolloutMachine.Event.began, .gatesOpened(running: Version("1.0.0"))] {
            try await journal.append(.event(event))
        }
    }

    /// The rollout can be asked to hold from the moment on that its journal is open.
    @Test func aHoldAskedForWhileHostsAreAskedHolds() async throws {
        let seen = Mutex<[RolloutAttendance]>([])
        var bench = UseCaseBench()
        bench.beforeReports = { other in
            guard (try? await other.hold(nil)) != nil,
                let attendance = try? await other.ports.journals.attendance(of: RolloutID("r-1"))
            else { return }
            seen.withLock { $0.append(attendance) }
        }
        try await bench.withUseCases { useCases, journals in
            _ = try await useCases.upgrade(draft(of: bench))
            #expect(seen.withLock { $0 }.isEmpty, "no journal is open before the first rollout begins")
            let end = try await useCases.resume(nil, ResumeWish())
            #expect(end.ending == .held([.person(.operatorHold(by: .command(by: "ann@desk")))]))
            #expect(seen.withLock { $0 } == [RolloutAttendance(.takingUp, isAskedToHold: true)])
            #expect(bench.cluster.versions == ["2.0.0", "1.0.0", "1.0.0"])
            let isAsked = await journals.holds.isAsked(rollout)
            #expect(!isAsked, "the request was met")
        }
    }

    /// A request that a dead process left is not about the next one.
    @Test func anOlderRequestIsWithdrawn() async throws {
        let bench = UseCaseBench()
        try await bench.withUseCases { useCases, journals in
            _ = try await useCases.upgrade(draft(of: bench))
            try await journals.holds.ask(rollout, "bob@desk")
            let end = try await useCases.resume(nil, ResumeWish())
            if case .held(let reasons) = end.ending {
                #expect(reasons.allSatisfy { if case .person(.operatorHold) = $0 { false } else { true } })
            }
            #expect(bench.cluster.versions.prefix(2) == ["2.0.0", "2.0.0"])
        }
    }

    enum Command: CaseIterable {
        case resume, abandon, rollBack, lose
    }

    /// The files beside the journal go where the take-up fails, and the refusal says where the rollout stands.
    @Test(arguments: Command.allCases)
    func aTakeUpThatFailsLeavesNothingAndSaysWhereItStands(command: Command) async throws {
        var bench = UseCaseBench()
        bench.beforeReports = { _ = try? await $0.hold(nil) }
        try await bench.withUseCases { useCases, journals in
            try await cutOff(useCases, journals, bench)
            bench.store.state.withLock { $0.isAway = true }
            if command == .lose { bench.cluster.change("a") { $0.isUnreachable = true } }
            let refusal = await #expect(throws: CommandRefusal.self) {
                switch command {
                case .resume: _ = try await useCases.resume(nil, ResumeWish())
                case .abandon: _ = try await useCases.abandon(nil)
                case .rollBack:
                    // The host has nothing to go back to.
                    _ = try await useCases.rollBack(HostID("a"), draft(of: bench))
                case .lose: _ = try await useCases.lose(HostID("a"))
                }
            }
            if command != .rollBack {
                guard case .notGoneOn(let record?, let reasons)? = refusal else {
                    Issue.record("\(String(describing: refusal))")
                    return
                }
                #expect(record.machine.plan.rollout == rollout && reasons.map(\.gate) == ["lock"])
                #expect(bench.cluster.acts.isEmpty)
            }
            let (mark, request) = (
                await journals.takeUps.isThere(rollout), await journals.holds.isAsked(rollout)
            )
            #expect(!mark && !request)
            let attendance = try await journals.attendance(of: rollout)
            #expect(attendance == .nobody)
        }
    }

    /// A host that was declared lost and answers may be out: nothing is gone on with.
    @Test func aLostHostThatAnswersHoldsTheRolloutAsItStands() async throws {
        let bench = UseCaseBench()
        try await bench.withUseCases { useCases, journals in
            _ = try await useCases.upgrade(draft(of: bench))
            bench.cluster.change("b") { $0.isUnreachable = true }
            _ = try await useCases.lose(HostID("b"))
            bench.cluster.change("b") { $0.isUnreachable = false }
            let refusal = await #expect(throws: CommandRefusal.self) {
                try await useCases.resume(nil, ResumeWish())
            }
            guard case .notGoneOn(_?, let reasons)? = refusal else {
                Issue.record("\(String(describing: refusal))")
                return
            }
            #expect(reasons.map(\.subject) == [HostID("b")])
        }
    }

    /// From the hosts alone nothing is known of what was touched before.
    @Test func withoutAJournalNothingIsSaidOfEarlier() async throws {
        let bench = UseCaseBench()
        try await bench.withUseCases { useCases, _ in
            bench.store.state.withLock { $0.isAway = true }
            let refusal = await #expect(throws: CommandRefusal.self) {
                try await useCases.giveBack(draft(of: bench))
            }
            guard case .notGoneOn(nil, let reasons)? = refusal else {
                Issue.record("\(String(describing: refusal))")
                return
            }
            #expect(reasons.map(\.gate) == ["lock"])
        }
    }

    // MARK: A journal of another user

    private static let forbidden = JournalError.forbidden(
        ForbiddenPlace(
            path: "/home/bob/r-1.jsonl", act: .read,
            owner: ForbiddenPlace.Owner(name: "bob", isOurs: false)))

    /// No command advises to begin a rollout where nobody can tell that none is under way.
    @Test func whatAnotherUserBeganIsNotLeftOut() async throws {
        let bench = UseCaseBench()
        try await bench.withUseCases { useCases, _ in
            _ = try await useCases.upgrade(draft(of: bench))
            var other = useCases
            other.ports.journals.blocks = { _ throws(JournalError) in throw Self.forbidden }
            await #expect(throws: Self.forbidden) { try await other.resume(nil, ResumeWish()) }
            await #expect(throws: Self.forbidden) { try await other.hold(nil) }
            await #expect(throws: Self.forbidden) {
                try await other.resumeFromHosts(draft(of: bench), acceptsNoReturn: false)
            }
        }
    }

    /// The cluster is held by somebody who may be at work: nobody is told that the journal is of no use.
    @Test func theirRolloutHoldsTheClusterAsAnyOther() async throws {
        let bench = UseCaseBench()
        try await bench.withUseCases { useCases, _ in
            _ = try await useCases.upgrade(draft(of: bench))
            var other = useCases
            other.ports.journals.blocks = { _ throws(JournalError) in throw Self.forbidden }
            var next = draft(of: bench)
            next.rollout = RolloutID("r-2")
            let refusal = await #expect(throws: CommandRefusal.self) { try await other.upgrade(next) }
            guard case .held(let reasons)? = refusal else {
                Issue.record("\(String(describing: refusal))")
                return
            }
            #expect(reasons.contains { $0.lockHolder?.rollout == rollout }, "\(reasons)")
        }
    }
}
