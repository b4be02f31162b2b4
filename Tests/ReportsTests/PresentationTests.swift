import RolloutModel
import SampleValues
import Testing

@testable import Reports

@Suite struct PresentationTests {
    static let plain = Terminal(isLive: false, hasColour: false)

    @Test(arguments: [
        (0, "0:00"), (7, "0:07"), (75, "1:15"), (754, "12:34"), (3723, "1:02:03"), (-5, "0:00"),
    ])
    func elapsedTimes(seconds: Int, text: String) {
        #expect(RolloutText.elapsed(.seconds(seconds)) == text)
    }

    @Test func columnsAlignWhateverTheirColour() {
        var table = Columns(header: ["HOST", "STATE"])
        table.rows = [["a", .init("fine", .green)], ["longer", "bad"]]
        #expect(table.lines(on: Self.plain) == ["HOST    STATE", "a       fine", "longer  bad"])
        let coloured = table.lines(on: Terminal(isLive: true, hasColour: true))
        #expect(coloured[1] == "a       \u{1B}[32mfine\u{1B}[0m")
    }

    @Test func theLastColumnGoesOnBelowItself() {
        var table = Columns(header: ["#", "STEP", "WHAT"])
        table.rows = [
            ["1", .init("stop", .green), "stop the controller, then the database"],
            ["", "", .init("until 'nothing of theirs' runs", .yellow)],
        ]
        #expect(
            table.lines(on: Terminal(isLive: true, hasColour: false, columns: 36)) == [
                "#  STEP  WHAT", "1  stop  stop the controller, then",
                "         the database", "         until 'nothing of theirs'", "         runs",
            ])
        let coloured = table.lines(on: Terminal(isLive: true, hasColour: true, columns: 36))
        #expect(coloured[1].hasPrefix("1  \u{1B}[32mstop\u{1B}[0m  stop"))
        #expect(coloured[4] == "         \u{1B}[33mruns\u{1B}[0m")
        #expect(
            table.lines(on: Terminal(isLive: true, hasColour: false, columns: 200))
                == table.lines(on: Self.plain))
    }

    /// Commands in an agent's own words are completed as well.
    @Test func commandsInAReasonAreThoseThatThisOperatorTypes() {
        let why = "its record has token 9. Then 'turnstile unlock --reset-tokens' sets it right"
        let reason = HoldReason.host(.hostUnreadable(host: HostID("a"), why: why, trouble: .recordSpoilt))
        let lines = RolloutText.reasons([reason], Invocation(config: "/t.yaml"))
        #expect(
            lines.first?.contains("'turnstile --config /t.yaml unlock --reset-tokens'") == true, "\(lines)")
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
        var plan = Plan.sample(rollout: RolloutID("r-1"), hosts: hosts, target: .firstOffer)
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

    @Test(arguments: [
        ("short enough", 12, "short enough"),
        ("cut between two words", 12, "cut …"),
        ("cut between two words", 14, "cut between …"),
        ("run 'turnstile audit core-1' there", 20, "run …"),
        ("run 'turnstile audit core-1' there", 31, "run 'turnstile audit core-1' …"),
        ("run 'turnstile --config 'a b' audit x' there", 33, "run …"),
        ("run `journalctl -u etcd2` there", 20, "run …"),
        ("etcd's own words, and hosts' own", 20, "etcd's own words …"),
        ("onlyonewordthatisfartoolong", 10, "onlyonew …"),
        ("'turnstile audit core-1' there", 10, "…"),
        ("更新を待つ", 10, "更新を待つ"), ("更新を待つ", 9, "更新を …"), ("更新 を待つ", 9, "更新 …"),
    ])
    func textsAreCutBetweenWordsAndNeverInACommand(text: String, columns: Int, cut: String) {
        #expect(ShortText.cut(text, to: columns) == cut)
        #expect(ShortText.cut(text, to: columns).columns <= columns)
    }

    @Test func columnsAlignBesideWideCharacters() {
        var table = Columns(header: ["UNIT", "STATE"])
        table.rows = [["東京", "fine"], ["e\u{301}t", "bad"], ["plain", "-"]]
        #expect(
            table.lines(on: Self.plain) == ["UNIT   STATE", "東京   fine", "e\u{301}t     bad", "plain  -"])
    }
}
