import Foundation
import RolloutJournal
import RolloutModel
import SampleValues
import Testing

/// Timelines of journals of every format, and what each kind of entry puts into one.
@Suite struct TimelineTests {
    @Test(arguments: KeptJournal.all) func everyKeptJournalHasOne(journal: KeptJournal) throws {
        let timeline = try journal.timeline()
        let reading = try Journal.reading(path: journal.path)
        let machine = reading.record.machine
        #expect(timeline.digest == reading.digest)
        #expect(timeline.entries == reading.record.entryCount)
        #expect(timeline.rollout == machine.plan.rollout.rawValue)
        let platform = machine.plan.platform.map { "Deis \($0.wish.version)" }
        #expect(timeline.target == platform ?? machine.target?.rawValue)
        #expect(timeline.hosts.map(\.host) == machine.plan.hosts.map(\.id.rawValue))
        #expect(
            Set(timeline.hosts.filter { $0.result != nil }.map(\.host))
                == Set(machine.results.keys.map(\.rawValue)))
        switch machine.state.top {
        case .hold: #expect(timeline.state == .held && timeline.holds.last.last?.isOver == false)
        case .finished: #expect(timeline.endedAt != nil && timeline.state != .underWay)
        default: #expect(timeline.state == .underWay)
        }
    }

    /// At most one host has an open phase, and at most one.
    @Test(arguments: KeptJournal.all) func noMoreThanOnePhaseIsOpen(journal: KeptJournal) throws {
        let timeline = try journal.timeline()
        let open = timeline.hosts.flatMap(\.phases.last).count { !$0.isOver }
        #expect(open <= (timeline.endedAt == nil ? 1 : 0))
        #expect(!timeline.holds.last.dropLast().contains { !$0.isOver })
    }

    /// A host that was upgraded, and not found so, was staged, away, proved and committed.
    @Test(arguments: KeptJournal.all) func anUpgradedHostHasItsPhases(journal: KeptJournal) throws {
        let isTakenUp = try Journal.read(path: journal.path).machine.plan.found != nil
        guard !isTakenUp else { return }
        for host in try journal.timeline().hosts where host.result == .upgraded {
            #expect(
                Set(host.phases.last.map(\.kind)).isSuperset(of: [.staging, .staged, .proving, .committing]))
        }
    }

    /// All that a person, a hook or a turnstile said is there.
    @Test(arguments: KeptJournal.all) func everyWordIsThere(journal: KeptJournal) throws {
        let timeline = try journal.timeline()
        var (attached, said, resumed) = (0, 0, 0)
        for entry in try journal.entries() {
            switch entry.what {
            case .attached: attached += 1
            case .said: said += 1
            case .event(.resumed): resumed += 1
            default: break
            }
        }
        #expect(timeline.attachments.last.count == attached)
        #expect(timeline.hookWords.last.reduce(0) { $0 + $1.times } == said)
        #expect(timeline.decisions.last.count { $0.kind == .resumed } == resumed)
    }

    // MARK: One of our own

    private static let (a, b) = (HostID("a"), HostID("b"))
    private static let (old, new) = (Version("1.0.0"), Version("2.0.0"))

    private static let plan = Plan.sample(
        rollout: RolloutID("r-1"),
        hosts: [a, b].map { PlannedHost(id: $0, machine: MachineID("m-\($0)"), version: old) },
        target: .firstOffer, overrides: [GateOverride(gate: .units, reason: "the unit is old")],
        operatorName: "core@bastion", createdAt: "2026-11-24T09:00:00Z")

    private static let noRoute = RolloutMachine.Event.notReturned(waited: .seconds(60), why: "no route")

    /// A rollout whose first host is held while it is out, with the seconds after nine at which each entry was written.
    private static let contents: [(second: Int, what: JournalEntry.Content)] = [
        (
            0,
            .opened(
                format: JournalEntry.format, plan: plan, configuration: "c",
                settings: ["timeouts.gate": "60 s"])
        ),
        (1, .attached(token: 1, by: "core@bastion")),
        (2, .event(.began)),
        (5, .event(.gatesOpened(running: old))),
        (9, .event(.staged(version: new, boot: BootID("x"), partition: "USR-B"))),
        (11, .said(word)), (12, .said(word)),
        (14, .event(.gatesOpened(running: old))),
        (24, .event(noRoute)),
        (
            30,
            .attached(
                token: 2, by: "joe@laptop",
                with: ConfigurationMark(
                    digest: "d", settings: ["timeouts.gate": "90 s", "update.to": "2.0.0"]))
        ),
        (
            34,
            .event(
                .resumed(retryReverted: true, overrides: [GateOverride(gate: .window, reason: "it leaks")]))
        ),
        (41, .event(.returned(boot: BootID("y"), version: new, partition: "USR-B"))),
        (44, .event(.gatesOpened(running: new))),
        (50, .event(.committed(version: new))),
    ]

    private static let word = HookWord(
        hook: .gate, on: nil, host: a, checkpoint: .beforeReboot, verdict: .proceed, output: "12 GB")

    private func timeline(of contents: [(second: Int, what: JournalEntry.Content)]) throws -> RolloutTimeline
    {
        let entries = contents.enumerated().map { index, content in
            let second = content.second < 10 ? "0\(content.second)" : "\(content.second)"
            return JournalEntry(
                number: index + 1, at: "2026-11-24T09:00:\(second)Z", what: content.what, evidence: nil)
        }
        return try RolloutTimeline(reading: JournalBlocks(try JournalLine.lines(of: entries)), name: "r-1")
    }

    @Test func phasesHaveTheirTimes() throws {
        let host = try #require(try timeline(of: Self.contents).hosts.first)
        let phases = host.phases.last.map {
            "\($0.kind.rawValue) \($0.took.map { "\($0.wholeSeconds)" } ?? "-")\($0.isOut ? " out" : "")"
        }
        #expect(
            phases == [
                "gates 3", "staging 4", "staged 5", "away 10 out", "held 10 out", "away 7 out",
                "proving 3 out",
                "committing 6 out", "settling -",
            ])
        #expect(host.outTime == .seconds(36))
        #expect(host.versionBefore == "1.0.0" && host.versionAfter == "2.0.0")
    }

    @Test func aHoldHasItsReasonAndItsEnd() throws {
        let timeline = try timeline(of: Self.contents)
        let hold = try #require(timeline.holds.last.first)
        #expect(timeline.holds.last.count == 1)
        #expect(hold.host == "a" && hold.took == .seconds(10) && hold.isOver)
        #expect(hold.reasons.map(\.name) == ["notReturned"])
        #expect(hold.reasons.first?.says.contains("no route") == true)
    }

    @Test func whoDecidedWhatAndWhyIsThere() throws {
        let decisions = try timeline(of: Self.contents).decisions.last
        #expect(decisions.map(\.kind) == [.override, .resumed, .retryReverted, .override])
        #expect(decisions.map(\.by) == ["core@bastion", "joe@laptop", "joe@laptop", "joe@laptop"])
        #expect(decisions.compactMap(\.gate) == ["units", "window"])
        #expect(decisions.compactMap(\.reason) == ["the unit is old", "it leaks"])
    }

    @Test func wordsInARowAreCounted() throws {
        let words = try timeline(of: Self.contents).hookWords.last
        #expect(words.map(\.times) == [2])
        #expect(words.first?.at == "2026-11-24T09:00:11Z")
    }

    /// A choice of the plan cannot change by a setting.
    @Test func settingsThatDifferAreNamedByKey() throws {
        let attachments = try timeline(of: Self.contents).attachments.last
        #expect(attachments.map(\.token) == [1, 2])
        #expect(attachments.map(\.changes.count) == [0, 1])
        let change = try #require(attachments.last?.changes.first)
        #expect(change.key == "timeouts.gate" && change.was == "60 s" && change.now == "90 s")
    }

    /// At every entry of a journal there is a timeline; the last phase is open.
    @Test(arguments: 3...contents.count) func itIsReadWhileItIsWritten(count: Int) throws {
        let timeline = try timeline(of: Array(Self.contents.prefix(count)))
        #expect(timeline.entries == count && timeline.endedAt == nil)
        #expect(timeline.hosts.first?.phases.last.last?.isOver == false)
    }

    /// A clock that was set back measures nothing.
    @Test func aTimeThatRunsBackIsNoDuration() throws {
        var contents = Self.contents
        contents[4].second = 1
        let phases = try #require(try timeline(of: contents).hosts.first).phases.last
        #expect(phases[1].kind == .staging && phases[1].took == nil && phases[1].isOver)
        #expect(phases[2].took == .seconds(13))
    }

    /// However often a rollout is held and gone on with, its timeline stays small.
    @Test func aLongJournalHasAShortTimeline() throws {
        let held = Array(Self.contents.prefix(9))
        let again = (0..<700).flatMap { _ in
            [(30, JournalEntry.Content.event(.resumed(retryReverted: false))), (31, .event(Self.noRoute))]
        }
        let timeline = try timeline(of: held + again)
        #expect(timeline.holds.last.count == 500 && timeline.holds.leftOut == 201)
        #expect(timeline.decisions.last.count == 500 && timeline.decisions.leftOut == 201)
        let phases = try #require(timeline.hosts.first).phases
        #expect(phases.last.count == 500 && phases.last.last?.kind == .held)
        #expect(timeline.hosts.first?.outTime ?? .zero > .seconds(700))
    }

    @Test func anEmptyFileHasNone() {
        #expect(throws: JournalError.self) { try RolloutTimeline(reading: JournalBlocks([]), name: "r-1") }
    }
}

extension KeptJournal {
    func timeline() throws -> RolloutTimeline {
        try RolloutTimeline(
            reading: JournalBlocks([UInt8](Data(contentsOf: URL(fileURLWithPath: path)))), name: name)
    }
}
