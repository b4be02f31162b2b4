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
        #expect(lines.contains { $0.hasPrefix("  - follows from etcd: ") }, "\(lines)")
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
        #expect(lines.last == "  - follows from 3 holds above: host", "\(lines)")
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
        var view = GateWatchView(on: { Terminal(isLive: false, hasColour: false) }) { written.append($0) }
        view.show(GateReport(Self.board, Invocation()))
        #expect(written.count == 4 && written[0] == "host open\n", "\(written)")
        #expect(written[1].hasPrefix("etcd holds: "), "\(written)")
        view.show(GateReport(Self.board, Invocation()))
        #expect(written.count == 4)
        var mended = Self.board
        mended.rows[1].state = .open
        mended.rows[1].causes = []
        view.show(GateReport(mended, Invocation()))
        #expect(written.count == 5 && written.last == "etcd open\n")
    }

    /// Gates that hold stay on a small screen longest.
    @Test(arguments: [3, 5, 8, 40]) func aScreenIsNeverOverfull(rows: Int) {
        let report = GateReport(Self.board, Invocation())
        let lines = GateWatchView.fitted(report, on: plain, rows: rows)
        #expect(lines.count <= rows)
        #expect((lines == report.lines(on: plain)) == (rows >= report.lines(on: plain).count))
    }

    @Test func aTerminalIsWrittenOver() {
        var written: [String] = []
        var view = GateWatchView(on: { Terminal(isLive: true, hasColour: true, columns: 80, rows: 40) }) {
            written.append($0)
        }
        view.show(GateReport(Self.board, Invocation()))
        let first = written.count
        view.show(GateReport(Self.board, Invocation()))
        #expect(written.count == first)
        var mended = Self.board
        mended.rows[1].state = .open
        view.show(GateReport(mended, Invocation()))
        #expect(written.dropFirst(first).prefix(first).allSatisfy { $0 == Terminal.eraseLineAbove + "\n" })
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
