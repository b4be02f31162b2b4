import RolloutModel
import Rollouts
import SampleValues
import Synchronization
import Testing

@testable import Reports
@testable import TurnstileCommands

/// The living lines of a command on rollouts, second by second.
@Suite struct LivingCourseTests {
    private final class Screen: Sendable {
        let now = Mutex<Moment>(0)
        let shown = Mutex<[String]>([])
        let terminal: Terminal

        init(isLive: Bool = true) {
            terminal = Terminal(isLive: isLive, hasColour: false, columns: 60, rows: 24)
        }

        var course: LivingCourse {
            LivingCourse(
                terminal: { self.terminal },
                clock: RolloutClock(now: { self.now.withLock { $0 } }, sleep: { _ in }), write: { _ in },
                board: { lines, _ in self.shown.withLock { $0 = lines } })
        }

        func pass(_ seconds: Int) { now.withLock { $0 = $0 + .seconds(seconds) } }

        var lines: [String] { shown.withLock { $0 } }
    }

    private static let plan = Plan.sample(
        rollout: RolloutID("r-1"),
        hosts: [PlannedHost(id: HostID("core-1"), machine: MachineID("m-1"), version: Version("1.0.0"))],
        target: .firstOffer)

    @Test func whatIsAskedForIsShownWithItsSeconds() {
        let screen = Screen()
        let course = screen.course
        course.begin()
        #expect(screen.lines == ["working, 0 s"])
        course.tell(.begins([HostID("core-1")]), earlier: [])
        course.tell(.asking(.agents(5)), earlier: [])
        screen.pass(12)
        course.tick()
        #expect(screen.lines == ["asking 5 hosts, 12 s"])
        course.tell(.taking(RolloutID("r-1")), earlier: [])
        #expect(screen.lines == ["taking the cluster, 0 s"])
        course.end()
        course.tick()
        #expect(screen.lines == [])
    }

    /// The board has the place of the line while the rollout goes on, and the line is there again as soon as it does not.
    @Test func theBoardTakesTurnsWithTheLine() throws {
        let screen = Screen()
        let course = screen.course
        course.begin()
        course.tell(.watching, earlier: [])
        course.tell(.begins([HostID("core-1")]), earlier: [])
        screen.pass(3)
        course.tick()
        #expect(screen.lines == ["looking at the cluster, 3 s"])
        course.tell(.course(.entered(try .after([.began], of: Self.plan))), earlier: [])
        screen.pass(7)
        course.tick()
        #expect(screen.lines.first == "core-1  asking the gates, 0:07")
        let held = try RolloutMachine.after(
            [.began, .gatesHeld(reasons: [.person(.operatorHold())])], of: Self.plan)
        course.tell(.course(.entered(held)), earlier: [])
        screen.pass(2)
        course.tick()
        #expect(screen.lines == ["working, 2 s"])
        course.tell(.lettingGo(RolloutID("r-1")), earlier: [])
        #expect(screen.lines == ["letting the cluster go, 0 s"])
    }

    /// After every notice, and every second after it, there is a word on the screen, up to the end.
    @Test func noNoticeLeavesTheTerminalSilent() throws {
        let wait = RolloutNotice.waiting(
            .init(host: HostID("core-1"), reasons: [], what: "for it", since: 0, deadline: 60))
        let rollout = RolloutID("r-1")
        let notices: [Notice] = [
            .asking(.agents(1)), .begins([HostID("core-1")]), .asking(.baselines), .watching, .course(wait),
            .settled, .asking(.etcdOutlook), .taking(rollout), .taken(rollout, missing: []),
            .begins([HostID("core-1")]), .course(.entered(try .after([.began], of: Self.plan))),
            .course(wait),
            .course(
                .entered(
                    try .after([.began, .gatesHeld(reasons: [.person(.operatorHold())])], of: Self.plan))),
            .lettingGo(rollout), .asking(.hookAfterRollout), .endedAlready(rollout), .nodeFreed("node-1"),
        ]
        let screen = Screen()
        let course = screen.course
        course.begin()
        for notice in notices {
            course.tell(notice, earlier: [])
            for _ in 1...3 {
                screen.pass(1)
                course.tick()
                #expect(screen.lines.count >= 1, "after \(notice)")
            }
        }
        course.end()
        #expect(screen.lines == [])
    }

    @Test func aPipeHasNoLine() {
        let screen = Screen(isLive: false)
        let course = screen.course
        course.begin()
        course.tell(.asking(.agents(5)), earlier: [])
        course.tick()
        #expect(screen.lines == [])
    }

    @Test(arguments: [1, 5]) func everyInquiryHasWords(count: Int) {
        let inquiries: [Inquiry] = [
            .agents(count), .lostHosts(count), .order, .neighbours, .baselines, .nodes, .etcdOutlook,
            .etcdMembers, .journalEnds, .holder, .unlocking, .tokens, .platform, .hookAfterRollout,
        ]
        let words = inquiries.compactMap { InquiryText.words(.asking($0)) }
        #expect(Set(words).count == inquiries.count)
        #expect(words[0] == (count == 1 ? "asking 1 host" : "asking 5 hosts"))
    }
}
