import RolloutModel
import Rollouts
import SampleValues
import Synchronization
import Testing

@testable import Reports
@testable import TurnstileCommands

@Suite struct RolloutViewTests {
    /// The lines that a view writes for notices at given seconds.
    func lines(_ notices: [(Moment, RolloutNotice)]) -> [String] {
        let now = Mutex<Moment>(0)
        let written = Mutex<[String]>([])
        let clock = RolloutClock(now: { now.withLock { $0 } }, sleep: { _ in })
        let view = RolloutView(
            hosts: [HostID("core-1"), HostID("core-22")],
            terminal: { Terminal(isLive: false, hasColour: false) }, clock: clock, earlier: []
        ) {
            line in written.withLock { $0.append(line) }
        }
        for (moment, notice) in notices {
            now.withLock { $0 = moment }
            view.show(notice)
        }
        return written.withLock { $0 }
    }

    @Test func aStepIsALineWithItsTimeAndHost() throws {
        let plan = Plan.sample(
            rollout: RolloutID("r-1"),
            hosts: [
                PlannedHost(id: HostID("core-1"), machine: MachineID("m-1"), version: Version("1.0.0"))
            ], target: .firstOffer)
        let upgrade = RolloutMachine.Event.upgrade(from: "1.0.0", to: "2.0.0")
        #expect(
            lines([
                (0, .entered(try .after([.began], of: plan))),
                (65, .entered(try .after([.began] + upgrade.prefix(1), of: plan))),
                (70, .progress(HostID("core-1"), message: "downloading 2.0.0", fraction: 0.4)),
                (3700, .entered(try .after([.began] + upgrade, of: plan))),
            ]) == [
                "   0:00  core-1   asking the gates", "   1:05  core-1   gates open; staging",
                "   1:10  core-1   downloading 2.0.0 40 %", "1:01:40           every host upgraded",
            ])
    }

    /// An agent tells each tenth of a download.
    @Test func aDownloadIsALineAMinute() {
        func said(_ seconds: Int, _ message: String, _ fraction: Double?) -> (Moment, RolloutNotice) {
            (
                .start + .seconds(seconds),
                .progress(HostID("core-1"), message: message, fraction: fraction)
            )
        }
        let told = lines(
            [said(0, "offered 2.0.0", nil)]
                + (0...10).map { said($0 * 25, "downloading 2.0.0", Double($0) / 10) }
                + [said(251, "finishing 2.0.0", nil)])
        let words = ["offered", "0 %", "30 %", "60 %", "90 %", "finishing"]
        #expect(told.count == words.count, "\(told)")
        for (line, words) in zip(told, words) { #expect(line.contains(words), "\(told)") }
    }

    func wait(
        _ now: Moment, _ reasons: [HoldReason], what: String = "for the gates to open", heard: String = "",
        since: Moment = 0
    ) -> (Moment, RolloutNotice) {
        (
            now,
            .waiting(
                .init(
                    host: HostID("core-1"), reasons: reasons, what: what, heard: heard, since: since,
                    deadline: since + .seconds(120)))
        )
    }

    @Test func aWaitIsToldWhenItsReasonIsNewOrAMinuteOld() {
        let unsteady = { (seen: Int) in
            HoldReason.fleet(.membershipUnsteady(seen: .seconds(seen), needed: .seconds(30)))
        }
        let told = lines([
            wait(1, [unsteady(1)]), wait(2, [unsteady(2)]), wait(3, [.etcd(.etcdUnknown(why: "503"))]),
            wait(4, [unsteady(0)]), wait(33, [unsteady(29)]), wait(60, [unsteady(30)]),
            wait(61, [unsteady(30)]),
        ])
        #expect(told.count == 3)
        #expect(told[0].contains("waiting for the gates to open, 0:01 of 2:00: fleet has been whole"))
        #expect(told[1].contains("etcd could not be read: 503"))
        #expect(told[2].contains("1:01 of 2:00"))
    }

    /// An observation a second for 75 s gives one line at the beginning, one after a minute, and one for a new reason
    /// in between.
    @Test(arguments: [0, 20]) func aLongWaitIsAFewLines(newAt: Int) {
        let (b, c) = (HostID("core-22"), HostID("core-3"))
        let notices = (1...75).map { second in
            let why = "no answer from http://10.0.0.3:2379/health (curl: (7) after \(second) ms)"
            var reasons: [HoldReason] = [
                // The witness changes every second.
                .etcd(.etcdMemberUnhealthy(member: "m", seenBy: second % 2 == 0 ? b : c, why: why, on: c)),
                .etcd(.etcdUnsteady(samples: second % 3, needed: 3)),
            ]
            if newAt > 0, second >= newAt {
                reasons.append(.fleet(.unitsDown(units: ["web.service"], seenBy: b)))
            }
            return wait(.start + .seconds(second), reasons)
        }
        let told = lines(notices)
        #expect(told.count == (newAt > 0 ? 3 : 2), "\(told)")
        for line in told {
            #expect(line.contains("etcd on 'core-3' is not healthy"))
            #expect(line.count <= 200)
        }
        #expect(newAt == 0 || told[1].contains("units of fleet are down: web.service"))
    }

    /// Two reasons that alternate are each reported once a minute, and not once a second.
    @Test func aReasonThatComesAndGoesIsNotNews() {
        let notices = (1...75).map { second in
            wait(
                .start + .seconds(second),
                [second % 2 == 0 ? .etcd(.etcdUnknown(why: "503")) : .lock(.lockUnknown(why: "\(second)"))])
        }
        #expect(lines(notices).count <= 4)
    }

    @Test func anotherWaitIsToldAtOnce() {
        let told = lines([
            wait(1, [], what: "for another boot", heard: "it is still on the boot that was to end"),
            wait(2, [], what: "for another boot", heard: "no answer within 10 s"),
            wait(3, [], what: "for another boot", heard: "no answer within 11 s"),
            wait(4, [], what: "to ask again", heard: "no answer within 10 s", since: 4),
        ])
        #expect(told.count == 3)
        #expect(
            told[0].hasSuffix(
                "waiting for another boot, 0:01 of 2:00: it is still on the boot that was to end"))
        #expect(told[2].contains("waiting to ask again, 0:00 of 2:00: no answer within 10 s"))
    }

    /// Reasons are counted rather than cut, and the first one is whole whatever its length.
    @Test func noReasonOfAWaitIsCut() {
        let hosts = (1...40).map { HostID("core-\($0)-of-the-second-floor") }
        let reasons = hosts.map {
            HoldReason.host(.hostUnreadable(host: $0, why: "no route", trouble: .unreachable))
        }
        let told = lines([wait(1, reasons)])
        #expect(told.count == 1 && !told[0].contains("…"), "\(told)")
        let briefs = reasons.filter { told[0].contains($0.brief) }.count
        #expect(briefs > 0 && told[0].hasSuffix("; and \(reasons.count - briefs) more"), "\(told)")
        let long = String(repeating: "curl said so, and ", count: 30) + "nothing else"
        let whole = lines([wait(1, [.etcd(.etcdUnknown(why: long))])])
        #expect(whole.count == 1 && whole[0].hasSuffix("nothing else"), "\(whole)")
    }

    /// A hold names the remedy; the line of a wait, which is printed repeatedly, does not.
    @Test func aWaitGivesNoOrders() {
        let why = "cannot connect to 'core-1:22': Connection refused. Check the port, and that sshd runs"
        let told = lines([
            wait(1, [.host(.hostUnreadable(host: HostID("core-1"), why: why, trouble: .refused))])
        ])
        #expect(told[0].hasSuffix("could not be read: cannot connect to 'core-1:22': Connection refused"))
    }

    @Test func aTerminalHasTheStepsAboveAndTheBoardBelow() throws {
        let now = Mutex<Moment>(0)
        let size = Mutex(Terminal(isLive: true, hasColour: false, columns: 50, rows: 24))
        let written = Mutex<[String]>([])
        let boards = Mutex<[[String]]>([])
        let view = RolloutView(
            hosts: [HostID("core-1"), HostID("core-2")], terminal: { size.withLock { $0 } },
            clock: RolloutClock(now: { now.withLock { $0 } }, sleep: { _ in }), earlier: [],
            write: { line in written.withLock { $0.append(line) } },
            board: { lines, _ in boards.withLock { $0.append(lines) } })
        let plan = Plan.sample(
            rollout: RolloutID("r-1"),
            hosts: ["core-1", "core-2"].map {
                PlannedHost(id: HostID($0), machine: MachineID("m-\($0)"), version: Version("1.0.0"))
            }, target: .firstOffer)
        let upgrade = RolloutMachine.Event.upgrade(from: "1.0.0", to: "2.0.0")
        view.tick()
        #expect(boards.withLock { $0.allSatisfy(\.isEmpty) }, "nothing to show yet")
        // A plan waits before there is a rollout.
        view.show(
            .waiting(.init(host: HostID("core-1"), reasons: [], what: "for it", since: 0, deadline: 60)))
        #expect(boards.withLock { $0.last } == ["waiting for it, 0:00 of 1:00"])
        view.settle()
        #expect(boards.withLock { $0.last } == [])
        view.show(.entered(try .after([.began] + upgrade.prefix(2), of: plan)))
        // The line wraps at a word, below its beginning.
        #expect(
            written.withLock { $0 } == [
                "   0:00  core-1  2.0.0 staged on USR-B, armed for",
                "                 one try; asking the gates once",
                "                 more",
            ])
        now.withLock { $0 = 7 }
        view.tick()
        #expect(boards.withLock { $0.last?.first } == "core-1  2.0.0 staged, 0:07")
        view.show(
            .waiting(
                .init(
                    host: HostID("core-1"), reasons: [], what: "for it",
                    heard: String(repeating: "no answer from core-2, ", count: 8), since: 0,
                    deadline: 60)))
        #expect(written.withLock { $0.count } == 3, "a wait stands on the board alone")
        let rows = boards.withLock { $0.last ?? [] }
        #expect(rows.count > 6 && rows.count { $0.contains("no answer") } > 3, "a reason is whole: \(rows)")
        size.withLock { $0.columns = 400 }
        view.tick()
        #expect(boards.withLock { $0.last?.count } == 4, "a wider terminal")
        view.show(.entered(try .after([.began, .gatesHeld(reasons: [.person(.operatorHold())])], of: plan)))
        #expect(boards.withLock { $0.last } == [], "a rollout that is held has no board")
    }
}
