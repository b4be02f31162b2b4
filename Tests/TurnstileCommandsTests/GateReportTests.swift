import Foundation
import RolloutModel
import SampleReports
import Testing

@testable import Reports
@testable import TurnstileCommands

/// The output of `gates`.
@Suite struct GateReportTests {
    static let board = GateBoard(rows: [
        .init(
            gate: "host", state: .open, causes: [],
            statements: [.init(gate: "host", by: ["core-1", "core-2"], says: "run 1.0.0")]),
        .init(
            gate: "etcd", state: .holds, causes: [HoldCause(dead)],
            statements: [.init(gate: "etcd", by: ["core-1"], says: "2 of 3 members healthy")]),
        .init(
            gate: "lock", state: .holds, causes: [HoldCause(dead)], statements: []),
        .init(
            gate: "fleet", state: .openSoFar,
            causes: [HoldCause(.fleet(.membershipUnsteady(seen: .seconds(1), needed: .seconds(30))))],
            statements: []),
    ])

    private static let dead = HoldReason.etcd(
        .etcdMemberUnhealthy(
            member: "core-3", seenBy: HostID("core-1"), why: "no answer", on: HostID("core-3")))

    private let plain = Terminal(isLive: false, hasColour: false)

    @Test func everyGateHasALineWithItsEvidenceBeneath() {
        let lines = GateReport(Self.board, Invocation()).lines(on: plain)
        #expect(lines.first == "host   open")
        #expect(lines.contains("    core-1, core-2: run 1.0.0"))
        #expect(lines.contains("etcd   holds") && lines.contains("    core-1: 2 of 3 members healthy"))
        #expect(lines.count { $0.hasPrefix("    What to do: ") } == 1, "\(lines)")
        #expect(lines.contains("  - follows from etcd"), "\(lines)")
        #expect(lines.contains("fleet  open so far: a rollout looks for longer"))
    }

    @Test func manyCausesAreToldOnceAndReferredTo() {
        let causes = ["a", "b", "c"].map {
            HoldCause(.host(.hostUnreadable(host: HostID($0), why: "no route", trouble: .unreachable)))
        }
        let board = GateBoard(
            rows: ["host", "etcd"].map {
                .init(gate: $0, state: .holds, causes: causes, statements: [])
            })
        let lines = GateReport(board, Invocation()).lines(on: plain)
        #expect(lines.count { $0.contains("no route") } == 3, "\(lines)")
        #expect(lines.last == "  - follows from host: 3 holds", "\(lines)")
    }

    @Test func theJSONFitsItsSchema() throws {
        let json = try JSONText.document(GateReport(Self.board, Invocation()))
        let schema = try JSONSchema("gates")
        #expect(try schema.objections(to: json) == [])
        let states = GateBoard.State.allCases.map(\.rawValue)
        #expect(schema.allowed(["properties", "gates", "items", "properties", "state"]) == states)
        let missing = json.replacing("\"state\"", with: "\"stat\"")
        #expect(try !schema.objections(to: missing).isEmpty)
    }

    /// Without a terminal only what changed is a line.
    @Test func aWatchTellsChanges() {
        var written: [String] = []
        var view = GateWatchView(on: { Terminal(isLive: false, hasColour: false) }, Invocation()) {
            written.append($0)
        }
        view.show(GateReport(Self.board, Invocation()), age: .seconds(1))
        #expect(written.count == 4 && written[0] == "host open\n", "\(written)")
        #expect(written[1].hasPrefix("etcd holds: "), "\(written)")
        view.show(GateReport(Self.board, Invocation()), age: .seconds(2))
        #expect(written.count == 4)
        var mended = Self.board
        mended.rows[1].state = .open
        mended.rows[1].causes = []
        view.show(GateReport(mended, Invocation()), age: .zero)
        #expect(written.count == 5 && written.last == "etcd open\n")
    }

    /// The row of a host that was taken in again is gone.
    @Test func aWatchTellsOfAGateThatHasNoRowAnyMore() {
        var written: [String] = []
        var view = GateWatchView(on: { Terminal(isLive: false, hasColour: false) }, Invocation()) {
            written.append($0)
        }
        var lost = Self.board
        let reason = HoldReason.person(.hostLost(host: HostID("c"), why: "it burnt", member: nil))
        lost.rows.append(.init(gate: "operator", state: .holds, causes: [HoldCause(reason)], statements: []))
        view.show(GateReport(lost, Invocation()), age: .zero)
        let first = written.count
        for _ in 1...2 { view.show(GateReport(Self.board, Invocation()), age: .zero) }
        #expect(written.dropFirst(first) == ["operator open\n"], "\(written)")
    }

    /// Gates that hold stay on a small screen longest.
    @Test(arguments: [5, 8, 12, 40], [24, 40, 80]) func aScreenIsNeverOverfull(rows: Int, columns: Int) {
        let invocation = Invocation(config: "other.yaml")
        let screen = GateScreen(columns: columns, rows: rows, invocation: invocation)
        let lines = screen.lines(GateReport(Self.board, invocation), age: .seconds(3))
        #expect(lines.count <= rows && lines.allSatisfy { $0.count <= columns }, "\(lines)")
        #expect(lines.last == "asked 3 s ago")
        let text = lines.map { $0.drop { $0 == " " } }.joined(separator: " ")
        #expect(lines.contains { $0.contains("etcd") && $0.contains("holds") } || rows == 5, "\(lines)")
        let isWhole = text.contains("What to do: ") && !text.contains("more lines")
        #expect(isWhole || text.contains("more lines: turnstile --config other.yaml gates"), "\(lines)")
    }

    /// Reasons and commands wrap, and are whole on the smallest screen that has room for them: open gates have given way.
    @Test(arguments: [30, 40, 80]) func aHoldIsWholeOnASmallScreen(columns: Int) throws {
        let report = GateReport(Self.board, Invocation())
        let screens = (5...60).map { rows in
            GateScreen(columns: columns, rows: rows, invocation: Invocation())
                .lines(report, age: .seconds(3))
        }
        let lines = try #require(screens.first { !$0.contains { $0.contains("more lines") } })
        // A command that is longer than a row is broken in its words.
        let text = lines.joined().filter { $0 != " " }
        let hold = try #require(report.gates[1].holds.first)
        for line in hold.lines() { #expect(text.contains(line.filter { $0 != " " }), "\(line) in \(lines)") }
        #expect(
            columns == 80 || lines.contains("open: host") && lines.contains("open so far: fleet"), "\(lines)")
    }

    @Test func aTerminalIsWrittenOver() {
        var written: [String] = []
        var view = GateWatchView(
            on: { Terminal(isLive: true, hasColour: true, columns: 80, rows: 40) }, Invocation()
        ) { written.append($0) }
        view.show(GateReport(Self.board, Invocation()), age: .seconds(1))
        let first = written.count
        view.show(GateReport(Self.board, Invocation()), age: .seconds(1))
        #expect(written.count == first)
        view.show(GateReport(Self.board, Invocation()), age: .seconds(2))
        #expect(written.dropFirst(first).prefix(first).allSatisfy { $0 == Terminal.eraseLineAbove + "\n" })
        #expect(written.last == "asked 2 s ago\n")
    }
}

extension ProgramTests {
    @Test func theGatesOfAHostThatIsAwayHold() async throws {
        let yaml = "hosts: ['core@127.0.0.1:1']\n" + Self.local
        let files = ["turnstile.yaml": yaml, "known_hosts": ""]
        let outcome = try await turnstile(["gates", "--output", "json"], files: files)
        #expect(outcome.status == 2, "\(outcome)")
        #expect(try JSONSchema("gates").objections(to: outcome.output) == [])
        let table = try await turnstile(["gates"], files: files)
        #expect(table.status == 2 && table.output.hasPrefix("host   holds\n"), "\(table)")
        #expect(table.output.contains("'127.0.0.1:1'"), "\(table)")
    }

    @Test func aWatchOfGatesIsNoJSON() async throws {
        let outcome = try await turnstile(["gates", "--watch", "--output", "json"])
        #expect(outcome.status == 64 && outcome.errors.contains("--watch shows a table"), "\(outcome)")
    }
}
