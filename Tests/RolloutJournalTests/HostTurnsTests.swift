import Foundation
import RolloutJournal
import RolloutModel
import SampleValues
import Testing

@Suite struct HostTurnsTests {
    struct Course: Sendable, CustomTestStringConvertible {
        var name: String
        /// The entries after the opening one.
        var contents: [JournalEntry.Content]
        var secondsApart = 10
        var turns: [Duration]

        var testDescription: String { name }
    }

    static let (old, new) = (Version("1.0.0"), Version("2.0.0"))
    static let (a, b, c) = (HostID("a"), HostID("b"), HostID("c"))
    static let begun: [JournalEntry.Content] = [.attached(token: 1, by: "core@bastion"), .event(.began)]
    static let takenUp = JournalEntry.Content.attached(token: 2, by: "core@bastion")
    static let resumed = JournalEntry.Content.event(.resumed(retryReverted: false))
    static let found = JournalEntry.Content.event(.gatesOpened(running: new))

    /// The ten entries of a host that is upgraded.
    static func upgrade(_ host: HostID) -> [JournalEntry.Content] {
        [
            .event(.gatesOpened(running: old)), .intent(.stage(host: host, target: new)),
            .event(.staged(version: new, boot: BootID("1"), partition: "USR-B")),
            .event(.gatesOpened(running: old)),
            .intent(.reboot(host: host, boot: BootID("1"), version: new)),
            .event(.returned(boot: BootID("2"), version: new, partition: "USR-B")),
            .event(.gatesOpened(running: new)),
            .intent(.commit(host: host, boot: BootID("2"), version: new)),
            .event(.committed(version: new)), .event(.gatesOpened(running: new)),
        ]
    }

    static let held = JournalEntry.Content.event(.gatesHeld(reasons: [.etcd(.etcdNowhere(hosts: [a]))]))

    static let courses: [Course] = [
        Course(
            name: "all are upgraded", contents: begun + upgrade(a) + upgrade(b) + upgrade(c),
            turns: [.seconds(100), .seconds(100), .seconds(100)]),
        Course(
            name: "one was there already", contents: begun + upgrade(a) + [found] + upgrade(c),
            turns: [.seconds(100), .seconds(100)]),
        Course(
            name: "held in the middle",
            contents: begun + upgrade(a).dropLast() + [held, resumed, found] + upgrade(b),
            turns: [.seconds(100)]),
        Course(
            name: "taken up in the middle",
            contents: begun + upgrade(a).prefix(4) + [takenUp] + upgrade(a).dropFirst(4) + upgrade(b),
            turns: [.seconds(100)]),
        Course(name: "cut off", contents: begun + upgrade(a) + upgrade(b).prefix(5), turns: [.seconds(100)]),
        Course(
            name: "an entry that cannot follow",
            contents: begun + upgrade(a) + [.event(.committed(version: new))], turns: [.seconds(100)]),
        Course(name: "the clock was set back", contents: begun + upgrade(a), secondsApart: -10, turns: []),
        Course(
            name: "hosts that took centuries", contents: begun + upgrade(a) + upgrade(b),
            secondsApart: 1_000_000_000, turns: [.seconds(10_000_000_000), .seconds(10_000_000_000)]),
        Course(name: "not begun", contents: [], turns: []),
    ]

    @Test(arguments: courses) func turnsAreThoseWithoutAPerson(course: Course) {
        #expect(Self.turns(of: Self.entries(course)) == course.turns)
    }

    /// Entries are ten seconds apart, and three phases have an intent in them.
    @Test func phasesAreMeasuredBesideTurns() {
        typealias Kind = RolloutTimeline.Phase.Kind
        let turn: [Kind] = [.gates, .staging, .staged, .away, .proving, .committing, .settling]
        func measured(_ index: Int) -> [PhaseTime] {
            var turns = HostTurns()
            for entry in Self.entries(Self.courses[index]) { turns.take(entry) }
            return turns.phases
        }
        let calm = measured(0)
        #expect(calm.map(\.kind) == turn + turn + turn)
        #expect(calm.prefix(7).map(\.took) == [10, 20, 10, 20, 10, 20, 10].map { .seconds($0) })
        // The settling that was held is left out, and so is the reboot that another process saw the end of.
        #expect(measured(2).map(\.kind) == turn.dropLast() + turn)
        #expect(measured(3).map(\.kind) == turn.filter { $0 != .away } + turn)
        #expect(measured(6).isEmpty, "a clock that was set back measures nothing")
    }

    /// Journals are files, and may say anything.
    @Test func aTimeThatIsNoneMeasuresNothing() {
        for index in [2, 12] {
            var entries = Self.entries(Self.courses[0])
            entries[index].at = "yesterday"
            #expect(Self.turns(of: entries).count == (index == 2 ? 2 : 1), "\(index)")
        }
        #expect(Self.turns(of: Array(Self.entries(Self.courses[0]).dropFirst())).isEmpty)
    }

    private static func turns(of entries: [JournalEntry]) -> [Duration] {
        var turns = HostTurns()
        for entry in entries { turns.take(entry) }
        return turns.turns
    }

    private static func entries(_ course: Course) -> [JournalEntry] {
        let plan = Plan.sample(
            rollout: RolloutID("r-1"),
            hosts: [a, b, c].map { PlannedHost(id: $0, machine: MachineID("m-\($0)"), version: old) },
            target: .pinned(version: new))
        let opened = JournalEntry.Content.opened(format: JournalEntry.format, plan: plan, configuration: "")
        return ([opened] + course.contents).enumerated().map { index, what in
            let time = Date(timeIntervalSince1970: 1_700_000_000 + Double(index * course.secondsApart))
            return JournalEntry(number: index + 1, at: time.formatted(.iso8601), what: what, evidence: nil)
        }
    }
}
