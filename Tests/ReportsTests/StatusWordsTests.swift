import Foundation
import RolloutJournal
import RolloutModel
import Rollouts
import SampleReports
import SampleValues
import Testing

@testable import Reports

/// The words of a status by the times in the journal, and by the process that is at the rollout.
@Suite struct StatusWordsTests {
    private static let old = Version("1.0.0")
    private static let new = Version("2.0.0")
    private static let plan = RolloutSummaryTests.plan
    /// 09:36, twenty minutes after the first entry.
    private static let now = Date(timeIntervalSince1970: 1_795_512_960)

    static let staging: [RolloutMachine.Event] = [.began, .gatesOpened(running: old)]
    static let out: [RolloutMachine.Event] =
        staging + [
            .staged(version: new, boot: BootID("x"), partition: "USR-B"), .gatesOpened(running: old),
        ]

    /// The record of a journal whose entries are a minute apart, from 09:16 on.
    static func record(
        _ events: [RolloutMachine.Event], of plan: Plan = plan
    ) throws -> RolloutRecord {
        let contents: [JournalEntry.Content] =
            [.opened(format: JournalEntry.format, plan: plan, configuration: "")] + events.map { .event($0) }
        let entries = contents.enumerated().map {
            JournalEntry(number: $0 + 1, at: "2026-11-24T09:\(16 + $0):00Z", what: $1, evidence: nil)
        }
        return try JournalReading(JournalBlocks(try JournalLine.lines(of: entries)), path: "r-1").record
    }

    private func summary(
        _ events: [RolloutMachine.Event], _ attendance: RolloutAttendance = .driving
    ) throws -> RolloutSummary {
        RolloutSummary(
            try Self.record(events), path: "r-1", attendance: attendance, invocation: Invocation())
    }

    private func lines(
        _ events: [RolloutMachine.Event], _ attendance: RolloutAttendance = .driving
    ) throws -> [String] {
        try summary(events, attendance).lines(on: PresentationTests.plain, now: Self.now)
    }

    @Test func aHostThatIsAwayHasItsTimeAlsoWhileTheRolloutRuns() throws {
        let lines = try lines(Self.out)
        #expect(lines.contains("a     1.0.0  OUT since 09:20 UTC: rebooting into 2.0.0, 16 min"), "\(lines)")
        let back = try self.lines(
            Self.out + [.returned(boot: BootID("y"), version: Self.new, partition: "USR-B")])
        #expect(
            back.contains("a     1.0.0  OUT since 09:20 UTC: on 2.0.0, not committed, 16 min"), "\(back)")
    }

    @Test func aHostThatIsBackIsOutNoMore() throws {
        let whole =
            Self.out + [
                .returned(boot: BootID("y"), version: Self.new, partition: "USR-B"),
                .gatesOpened(running: Self.new),
                .committed(version: Self.new),
            ]
        #expect(try Self.record(whole).outSince == nil)
        #expect(try lines(whole).contains("a     1.0.0  committed"))
    }

    @Test func aHoldStandsInTheFirstWordsAndOnce() throws {
        let events =
            Self.out + [.returned(boot: BootID("y"), version: Self.old, partition: "USR-A")]
        let lines = try lines(events)
        let reason = "host 'a' reverted: it rebooted towards 2.0.0 and runs 1.0.0 again"
        #expect(lines.first == "Rollout r-1: held since 09:21 UTC (15 min ago): \(reason)")
        #expect(lines.count { $0.contains("reverted: it rebooted") } == 1, "\(lines)")
        let remedy = try #require(lines.firstIndex { $0.hasPrefix("What to do: 'a' runs its old system") })
        #expect(lines[remedy].contains("'turnstile audit a', and 'journalctl -b -1' on 'a'"), "\(lines)")
        #expect(
            lines[remedy - 1]
                == "Target 2.0.0, since 2026-11-24T00:00:00Z, last entry 2026-11-24T09:21:00Z (15 min ago)")
    }

    /// A reason that the title has in few words is told in full below.
    @Test func aHoldInFewWordsIsToldInFull() throws {
        let lines = try lines(Self.out + [.notReturned(waited: .seconds(60), why: "no route")])
        #expect(
            lines.first
                == "Rollout r-1: held since 09:21 UTC (15 min ago): 'a' has not come back from its reboot"
        )
        #expect(
            lines.contains { $0.hasPrefix("  - step: host 'a' did not come back within 60 s") }, "\(lines)")
    }

    @Test func aHoldOfAnotherDayHasItsDay() throws {
        let summary = try summary(Self.staging + [.stepFailed(why: "the disk is full")])
        let title = summary.title(now: Self.now.addingTimeInterval(86_400))
        #expect(title.hasPrefix("Rollout r-1: held since 2026-11-24 09:19 UTC (1 d"), "\(title)")
    }

    // MARK: Others that have not ended

    @Test func anotherRolloutThatHasNotEndedIsNamed() throws {
        let invocation = Invocation(config: "my cluster.yaml")
        let held = try Self.record([.began, .holdRequested(by: .command(by: "bob@desk"))])
        var summary = try summary(Self.staging)
        summary.others = [
            .init(held, isDriven: false, invocation),
            .init(try Self.record(Self.staging), isDriven: false, invocation),
            .init(held, isDriven: true, invocation),
        ]
        let lines = summary.lines(on: PresentationTests.plain, now: Self.now).suffix(3)
        let begin = "Not ended either: rollout r-1 of core@bastion, begun 2026-11-24T00:00:00Z: "
        let end = ". See: turnstile --config 'my cluster.yaml' status r-1"
        #expect(
            Array(lines) == [
                begin + "held before 'a': bob@desk asked to hold" + end,
                begin + "stopped in mid-step at 'a': staging. Leave it alone" + end,
                begin + "driven by another process now" + end,
            ])
        #expect(try JSONSchema("rollout").objections(to: JSONText.document(summary)) == [])
    }

    @Test func anUnlockedRolloutSaysHowItEnds() throws {
        let held = try Self.record([.began, .holdRequested()])
        #expect(
            UnendedText.unlocked(held, Invocation()) == [
                "It has not ended: held before 'a': a hold was asked for.",
                "To go on with it: turnstile resume r-1",
                "To end it, and give its hosts back: turnstile abandon r-1",
            ])
        let out = try Self.record(Self.out + [.notReturned(waited: .seconds(60), why: "no route")])
        #expect(
            UnendedText.unlocked(out, Invocation()).last
                == "To end it, once 'a' is back: turnstile abandon r-1")
        #expect(UnendedText.unlocked(nil, Invocation()) == [])
    }

    // MARK: Ways back

    /// A rollout that was made for one host's way back has no target, and nothing to do with the others.
    @Test func aWayBackHasNoTarget() throws {
        var plan = Self.plan
        plan.purpose = .rollback(host: HostID("a"))
        let begun: [RolloutMachine.Event] = [
            .rollbackRequested(
                host: HostID("a"), boot: BootID("x"), version: Self.new, partition: "USR-B")
        ]
        let back: [RolloutMachine.Event] =
            begun + [
                .gatesOpened(running: Self.new),
                .returned(boot: BootID("y"), version: Self.old, partition: "USR-A"),
                .gatesOpened(running: Self.old),
            ]
        for events in [begun, back] {
            let summary = RolloutSummary(
                try Self.record(events, of: plan), path: "r-1", attendance: .driving, invocation: Invocation()
            )
            let lines = summary.lines(on: PresentationTests.plain, now: Self.now)
            #expect(!lines.contains { $0.contains("not known") || $0.contains("waiting") }, "\(lines)")
            #expect(lines.contains("b     1.0.0  not touched"), "\(lines)")
            #expect(try JSONSchema("rollout").objections(to: JSONText.document(summary)) == [])
        }
    }

    // MARK: Who is at it

    private static let takingUp = RolloutAttendance(.takingUp, isAskedToHold: false)

    /// Hosts are asked first: nothing is said to be done meanwhile.
    @Test func aRolloutThatIsTakenUpDoesNothingYet() throws {
        let summary = try summary(Self.staging, Self.takingUp)
        #expect(summary.state == "taking-up" && !summary.hasEnded && summary.next == nil)
        #expect(summary.hosts[0].result == "stopped in mid-step: staging")
        let lines = summary.lines(on: PresentationTests.plain, now: Self.now)
        #expect(
            lines.first
                == "Rollout r-1: being taken up: its hosts are asked, and nothing was gone on with yet")
        #expect(
            lines.last?.hasSuffix(": stopped in mid-step at 'a': staging. Leave it alone") == true, "\(lines)"
        )
    }

    @Test func aHeldRolloutThatIsTakenUpNamesNoCommand() throws {
        let held = Self.staging + [.stepFailed(why: "the disk is full")]
        let lines = try lines(held, Self.takingUp)
        #expect(lines.first?.hasPrefix("Rollout r-1: held since ") == true)
        #expect(lines.contains("A turnstile asks its hosts now, to go on with it."))
        #expect(!lines.contains { $0.hasPrefix("Go on with: ") })
    }

    @Test func aHoldThatWasAskedForIsSeen() throws {
        let asked = RolloutAttendance(.driving, isAskedToHold: true)
        let line = "A hold was asked for: it stops before the next host."
        #expect(try lines(Self.staging, asked).contains(line))
        #expect(try summary(Self.staging, asked).news.hasSuffix("; a hold was asked for"))
        #expect(try !lines(Self.staging).contains(line))
    }

    @Test(
        arguments: [
            ([], "stopped before it began"), ([.began], "stopped before 'a'"),
            (staging, "stopped in mid-step at 'a': staging. Leave it alone"),
            (out, "stopped in mid-step: 'a' may run its new, unconfirmed system. Leave it alone"),
            (
                [.began, .abandonRequested],
                "stopped in mid-step at 'a': being given back. Leave it alone"
            ),
        ] as [([RolloutMachine.Event], String)])
    func aRolloutNobodyDrivesSaysWhereItStopped(events: [RolloutMachine.Event], words: String) throws {
        let lines = try lines(events, .nobody)
        #expect(lines.first == "Rollout r-1: \(words)")
        #expect(lines.last == "Go on with: turnstile resume r-1")
        #expect(try summary(events, .nobody).state == "cut-off")
    }

    /// The word of the state has its colour, and long titles wrap at words all the same.
    @Test func aTitleWrapsAndHasItsColour() throws {
        let terminal = Terminal(isLive: true, hasColour: true, columns: 60)
        let held = Self.out + [.notReturned(waited: .seconds(60), why: "no route")]
        let lines = try summary(held).titleLines(on: terminal, now: Self.now)
        #expect(lines.count == 2 && lines[0].contains(terminal.paint("held", .yellow)), "\(lines)")
        #expect(lines[1].hasSuffix("from its reboot"), "\(lines)")
    }

    // MARK: Hosts that were declared lost

    @Test(arguments: [
        (["a"], "ended: 'a' was declared lost"), (["a", "b"], "ended: 'a', 'b' were declared lost"),
    ])
    func anEndByALossNamesTheHostOnce(hosts: [String], words: String) throws {
        var plan = Self.plan
        plan.hosts = plan.hosts.filter { hosts.contains($0.id.rawValue) }
        var machine = RolloutMachine(plan: plan)
        _ = try machine.handle(.began)
        for host in hosts { _ = try machine.handle(.lost(host: HostID(host), why: "it burnt")) }
        _ = try machine.handle(.resumed(retryReverted: false))
        #expect(machine.outcome == .hostLost && RolloutText.doing(machine) == words)
    }

    // MARK: What is not gone on with

    @Test func aRefusedResumeSaysWhereTheHostStands() throws {
        let reason = HoldReason.lock(.lockUnknown(why: "no quorum"))
        func message(_ refusal: CommandRefusal) -> String { CommandFailure(refusal, Invocation()).message }
        let staged = message(.notGoneOn(try Self.record(Self.staging), [reason]))
        #expect(
            staged.hasPrefix(
                "rollout r-1 is not gone on with; nothing was touched now. 'a' is still: stopped in mid-step: staging:\n"
            ), "\(staged)")
        #expect(staged.hasSuffix("\nThen run the same command again."), "\(staged)")
        let waiting = message(.notGoneOn(try Self.record([.began]), [reason]))
        #expect(
            waiting.hasPrefix("rollout r-1 is not gone on with; nothing was touched now:\n"), "\(waiting)")
        let unknown = message(.notGoneOn(nil, [reason]))
        #expect(
            unknown.hasPrefix("not done; nothing was touched now, and hosts stay as they are:\n"),
            "\(unknown)")
        let begun = message(.held([reason]))
        #expect(begun.hasPrefix("held, with nothing touched on any host:\n"), "\(begun)")
    }
}
