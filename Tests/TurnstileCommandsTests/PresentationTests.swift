import Coordinator
import Driving
import RolloutModel
import Synchronization
import Testing

@testable import TurnstileCommands

@Suite struct PresentationTests {
    static let plain = Terminal(isLive: false, hasColour: false)

    @Test(arguments: [(0, "0:00"), (7, "0:07"), (75, "1:15"), (754, "12:34"), (3723, "1:02:03")])
    func elapsedTimes(seconds: Double, text: String) {
        #expect(RolloutText.elapsed(seconds) == text)
    }

    @Test func columnsAlignWhateverTheirColour() {
        var table = Columns(header: ["HOST", "STATE"])
        table.rows = [["a", .init("fine", .green)], ["longer", "bad"]]
        #expect(table.lines(on: Self.plain) == ["HOST    STATE", "a       fine", "longer  bad"])
        let coloured = table.lines(on: Terminal(isLive: true, hasColour: true))
        #expect(coloured[1] == "a       \u{1B}[32mfine\u{1B}[0m")
    }

    @Test func aCellFromAHostCannotMoveTheCursor() {
        var table = Columns(header: ["HOST"])
        table.rows = [[.init("evil\u{1B}[2J\nroot")]]
        #expect(table.lines(on: Self.plain) == ["HOST", "evil\u{FFFD}[2J root"])
    }

    @Test func aPlanSaysWhatBecomesOfNodes() {
        let hosts = ["a", "b"].map {
            PlannedHost(id: HostID($0), machine: MachineID("m-\($0)"), version: Version("1.0.0"))
        }
        var plan = Plan(rollout: RolloutID("r-1"), hosts: hosts, target: .firstOffer)
        #expect(!PlanText.lines(plan, on: Self.plain).contains { $0.contains("Kubernetes") })
        plan.nodes = [
            .init(host: HostID("a"), name: "a", isCordoned: false),
            .init(host: HostID("b"), name: "node-2", isCordoned: true),
        ]
        let lines = PlanText.lines(plan, on: Self.plain)
        #expect(lines.contains { $0.hasPrefix("Kubernetes: each host's node is cordoned and drained") })
        #expect(lines.contains("Nodes: b is node-2"))
        #expect(lines.contains("Cordoned already, and left so: node-2"))
    }

    /// What a view writes for notices, each at its second.
    func lines(_ notices: [(Moment, RolloutNotice)]) -> [String] {
        let now = Mutex<Moment>(0)
        let written = Mutex<[String]>([])
        let clock = RolloutClock(now: { now.withLock { $0 } }, sleep: { _ in })
        let view = RolloutView(
            hosts: [HostID("core-1"), HostID("core-22")], terminal: Self.plain, clock: clock
        ) {
            line in written.withLock { $0.append(line) }
        }
        for (moment, notice) in notices {
            now.withLock { $0 = moment }
            view.show(notice)
        }
        return written.withLock { $0 }
    }

    @Test func aStepIsALineWithItsTimeAndHost() {
        #expect(
            lines([
                (0, .entered(.gating(HostID("core-1")))), (65, .entered(.staging(HostID("core-1")))),
                (70, .progress(HostID("core-1"), message: "downloading 2.0.0", fraction: 0.4)),
                (3700, .entered(.finished(.upgraded))),
            ]) == [
                "   0:00  core-1   asking the gates", "   1:05  core-1   gates open; staging",
                "   1:10  core-1   downloading 2.0.0 40 %", "1:01:40           every host upgraded",
            ])
    }

    @Test func aWaitIsToldWhenItsReasonIsNewOrLongAgo() {
        func wait(_ now: Moment, _ reason: HoldReason) -> (Moment, RolloutNotice) {
            (
                now,
                .waiting(
                    .init(
                        host: HostID("core-1"), reasons: [reason], what: "for the gates to open", since: 0,
                        deadline: 120))
            )
        }
        let unsteady = { HoldReason.membershipUnsteady(seenSeconds: $0, neededSeconds: 30) }
        let told = lines([
            wait(1, unsteady(1)), wait(2, unsteady(2)), wait(3, .etcdUnknown(why: "503")),
            wait(4, unsteady(0)),
            wait(33, unsteady(29)), wait(34, unsteady(30)),
        ])
        #expect(told.count == 4)
        #expect(told[0].contains("waiting for the gates to open, 0:01 of 2:00: fleet has been whole"))
        #expect(told[1].contains("etcd could not be read: 503"))
        #expect(told[3].contains("0:34 of 2:00"))
    }
}
