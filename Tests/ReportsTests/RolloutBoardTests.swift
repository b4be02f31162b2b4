import RolloutModel
import SampleValues
import Testing

@testable import Reports

/// A rollout at the bottom of a terminal.
@Suite struct RolloutBoardTests {
    static let plain = Terminal(isLive: true, hasColour: false)
    static let why =
        "fleet has been whole for 3 s, and a dead machine stays listed for 30 s; etcd on 'core-3' does not answer at http://10.0.0.3:2379 (curl: (7) Connection refused)"

    static func plan(_ count: Int) -> Plan {
        Plan.sample(
            rollout: RolloutID("r-1"),
            hosts: (1...count).map {
                PlannedHost(
                    id: HostID("core-\($0)"), machine: MachineID("m-\($0)"), version: Version("1.0.0"))
            }, target: .firstOffer)
    }

    /// The board while the host after the first `done` ones is at work.
    static func board(_ count: Int, done: Int, doing: String = "") throws -> RolloutBoard {
        let turns = Array(repeating: RolloutMachine.Event.upgrade(from: "1.0.0", to: "2.0.0"), count: done)
            .flatMap(\.self)
        let machine = try RolloutMachine.after(
            [.began] + turns + [.gatesOpened(running: Version("1.0.0"))], of: plan(count))
        return RolloutBoard(
            machine: machine, stepSince: 50, doing: doing, past: .seconds(100), left: .seconds(95), now: 62)
    }

    @Test func everyHostHasALineAndTheOneAtWorkItsStep() throws {
        #expect(
            try Self.board(3, done: 1, doing: "downloading 2.0.0 40 %").lines(
                columns: 80, rows: 12, screen: 23, on: Self.plain) == [
                    "core-1  upgraded", "core-2  staging, 0:12", "    downloading 2.0.0 40 %",
                    "core-3  waiting",
                    "1 of 3 hosts done, 1:40 so far; about 1 min left",
                ])
    }

    /// A person at the board sees that somebody else asked for it.
    @Test func aHoldThatWasAskedForStandsInTheWhole() throws {
        var board = try Self.board(3, done: 1)
        board.isAskedToHold = true
        let lines = board.lines(columns: 80, rows: 12, screen: 23, on: Self.plain)
        #expect(
            lines.last == "1 of 3 hosts done, 1:40 so far; holds before the next host, as asked", "\(lines)")
    }

    @Test(arguments: [24, 40, 80, 200], [1, 5, 200]) func itFitsAnyTerminal(columns: Int, hosts: Int) throws {
        for rows in [4, 12, 25] {
            let lines = try Self.board(hosts, done: hosts / 2, doing: Self.why)
                .lines(columns: columns, rows: rows, screen: 2 * rows, on: Self.plain)
            #expect(lines.allSatisfy { $0.count < columns }, "\(lines)")
            // A host, what is folded, a line of the wait, and the whole are there on any screen.
            #expect(lines.count <= max(2 * rows, 4), "\(rows) rows: \(lines)")
            #expect(lines.contains { $0.hasPrefix("core-\(hosts / 2 + 1) ") }, "the host at work: \(lines)")
        }
    }

    /// Hosts are folded before the reason of a wait is cut.
    @Test(arguments: [40, 80, 200]) func aReasonIsWhole(columns: Int) throws {
        let lines = try Self.board(5, done: 2, doing: Self.why)
            .lines(columns: columns, rows: 6, screen: 23, on: Self.plain)
        let told = lines.filter { $0.hasPrefix("    ") }.map { $0.drop { $0 == " " } }.joined(separator: " ")
        #expect(told == Self.why, "\(lines)")
        #expect(lines.contains { $0.hasPrefix("core-3 ") } && lines.last?.hasPrefix("2 of 5") == true)
    }

    /// A message may have characters of two columns, and of none.
    @Test(arguments: [24, 40, 41, 80], ["更新を待っています。", "e\u{301}té ", "🙂 ", "한국어"])
    func wideCharactersWrapNoLine(columns: Int, words: String) throws {
        let doing = String(repeating: words, count: 30)
        let lines = try Self.board(5, done: 2, doing: doing).lines(
            columns: columns, rows: 12, screen: 23, on: Self.plain)
        #expect(lines.contains { $0.contains(words.prefix(1)) }, "\(lines)")
        #expect(lines.allSatisfy { Terminal.rows(of: $0, columns: columns) == 1 }, "\(lines)")
        #expect(lines.allSatisfy { Terminal.width(of: $0) < columns }, "\(lines)")
    }

    @Test func hostsAtRestAreFolded() throws {
        let lines = try Self.board(200, done: 20).lines(columns: 80, rows: 12, screen: 23, on: Self.plain)
        #expect(
            lines == [
                "core-21  staging, 0:12", "… 179 waiting, 20 upgraded",
                "20 of 200 hosts done, 1:40 so far; about 1 min left",
            ])
    }

    @Test func coloursAreTheOnlyDifference() throws {
        let board = try Self.board(3, done: 1, doing: Self.why)
        let coloured = board.lines(
            columns: 60, rows: 12, screen: 23, on: Terminal(isLive: true, hasColour: true))
        #expect(coloured.contains { $0.contains("\u{1B}[") })
        #expect(
            coloured.map { $0.replacing(/\u{1B}\[\d*m/, with: "") }
                == board.lines(columns: 60, rows: 12, screen: 23, on: Self.plain))
        #expect(
            coloured.map(Terminal.width(of:))
                == board.lines(columns: 60, rows: 12, screen: 23, on: Self.plain).map(\.count))
    }
}
