import Testing

@testable import Reports

/// Tables in a room of some width.
@Suite struct ColumnsTests {
    private static func lines(_ table: Columns, _ columns: Int?) -> [String] {
        table.lines(on: Terminal(isLive: true, hasColour: false, columns: columns))
    }

    static let course = Columns(
        header: ["AT", "HOST", "WHAT"],
        rows: [
            ["0:15", "core-1", "whole again; committing"],
            ["0:21", "core-2", .init("committed and proved; looking once more", .yellow)],
        ])

    @Test func wordsAreWrappedInTheirColumn() {
        #expect(
            Self.lines(Self.course, 32) == [
                "AT    HOST    WHAT",
                "0:15  core-1  whole again;",
                "              committing",
                "0:21  core-2  committed and",
                "              proved; looking",
                "              once more",
            ])
        #expect(Self.lines(Self.course, 80) == Self.lines(Self.course, nil))
    }

    @Test func theWidestColumnGivesWayFirst() {
        let table = Columns(
            header: ["ACT", "UNTIL", "LEFT"],
            rows: [["stop the first router of three", "it does not answer any more", "1"]])
        #expect(
            Self.lines(table, 40) == [
                "ACT               UNTIL             LEFT",
                "stop the first    it does not       1",
                "router of three   answer any more",
            ])
    }

    @Test func columnsThatAreDispensableAreNamed() {
        var table = Columns(
            header: ["ROLLOUT", "OF", "SINCE"], rows: [["r-1", "core@bastion", "2026-11-24T09:00:00Z"]])
        table.dispensable = ["SINCE", "OF"]
        #expect(
            Self.lines(table, 30) == [
                "ROLLOUT  OF", "r-1      core@bastion",
                "Left out for want of room:", "SINCE. '--output json' has it.",
            ])
        #expect(Self.lines(table, 12).prefix(2) == ["ROLLOUT", "r-1"])
        #expect(Self.lines(table, 43) == Self.lines(table, nil))
        #expect(Self.lines(table, nil).count == 2)
    }

    /// A word is broken only where there is no other way, and a command never.
    @Test func aCommandIsWholeInTheLastColumn() {
        let command = "'systemctl status etcd-member etcd2'"
        let table = Columns(
            header: ["HOST", "DO"], rows: [["core-1", .init("look at \(command), then go on")]])
        #expect(
            Self.lines(table, 24) == [
                "HOST    DO", "core-1  look at", "        \(command),", "        then go on",
            ])
        let long = Columns(header: ["HOST", "IS"], rows: [["core-1", "abcdefghijklmnop"]])
        #expect(Self.lines(long, 16) == ["HOST    IS", "core-1  abcdefgh", "        ijklmnop"])
    }

    @Test func whatATextBeginsWithStays() {
        let table = Columns(header: ["AT", "WHAT"], rows: [["", "  etcd, by core-2: 3 of 3 members"]])
        #expect(
            Self.lines(table, 24) == ["AT  WHAT", "      etcd, by core-2: 3", "      of 3 members"])
    }

    @Test(arguments: [1, 5, 12, 24, 80]) func noRoomIsTooSmall(columns: Int) {
        let table = Columns(
            header: ["A", "B", "C", "D"], rows: [["更新を待つ", "bb bb", "", "dddddddddd"], ["", "", "", ""]])
        let lines = Self.lines(table, columns)
        // No column is narrower than one, with gaps of two between them; a wide character has two columns even there.
        #expect(lines.allSatisfy { $0.columns <= max(columns, 10) + 1 }, "\(lines)")
    }
}
