import HostFiles
import Testing

@Suite struct OSReleaseTests {
    struct Era: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var text: String
        var id: String?
        var versionID: String?
        var prettyName: String?
        var buildID: String?
    }

    static let eras = [
        Era(
            testDescription: "CoreOS 835",
            text: """
                NAME=CoreOS
                ID=coreos
                VERSION=835.9.0
                VERSION_ID=835.9.0
                BUILD_ID=
                PRETTY_NAME="CoreOS 835.9.0"
                ANSI_COLOR="1;32"
                HOME_URL="https://coreos.com/"
                BUG_REPORT_URL="https://github.com/coreos/bugs/issues"

                """,
            id: "coreos", versionID: "835.9.0", prettyName: "CoreOS 835.9.0", buildID: nil),
        Era(
            testDescription: "CoreOS 1068",
            text: "NAME=CoreOS\nID=coreos\nVERSION_ID=1068.8.0\nBUILD_ID=2016-07-18-0616\n"
                + "PRETTY_NAME=\"CoreOS 1068.8.0 (MoreOS)\"\n",
            id: "coreos", versionID: "1068.8.0", prettyName: "CoreOS 1068.8.0 (MoreOS)",
            buildID: "2016-07-18-0616"),
        Era(
            testDescription: "Container Linux 1576",
            text: "NAME=\"Container Linux by CoreOS\"\nID=coreos\nVERSION_ID=1576.5.0\n"
                + "PRETTY_NAME=\"Container Linux by CoreOS 1576.5.0 (Ladybug)\"\nCOREOS_BOARD=\"amd64-usr\"",
            id: "coreos", versionID: "1576.5.0", prettyName: "Container Linux by CoreOS 1576.5.0 (Ladybug)",
            buildID: nil),
        Era(
            testDescription: "Flatcar, all quoted",
            text: "ID=\"flatcar\"\nVERSION_ID=\"3510.3.5\"\nBUILD_ID=\"2024-07-02-0638\"\n",
            id: "flatcar", versionID: "3510.3.5", prettyName: nil, buildID: "2024-07-02-0638"),
        Era(
            testDescription: "CRLF, byte order mark, comments, blank lines, single quotes",
            text: "\u{FEFF}# a comment\r\n\r\nID='flatcar'\r\n  # another=one\r\nVERSION_ID=3033.2.0\r\n",
            id: "flatcar", versionID: "3033.2.0", prettyName: nil, buildID: nil),
        Era(
            testDescription: "escapes",
            text: #"PRETTY_NAME="a \"b\" \\ \$c \d""# + "\n" + #"ID=co\reos"# + "\n",
            id: "coreos", versionID: nil, prettyName: #"a "b" \ $c \d"#, buildID: nil),
        Era(
            testDescription: "the last of two lines counts",
            text: "ID=coreos\nID=flatcar\n",
            id: "flatcar", versionID: nil, prettyName: nil, buildID: nil),
    ]

    @Test(arguments: eras) func readsEveryEra(era: Era) throws {
        let release = try OSRelease(era.text)
        #expect(release.id == era.id)
        #expect(release.versionID == era.versionID)
        #expect(release.prettyName == era.prettyName)
        #expect(release.buildID == era.buildID)
    }

    @Test func anyKeyCanBeAsked() throws {
        let release = try OSRelease(Self.eras[0].text)
        #expect(release["ANSI_COLOR"] == "1;32")
        #expect(release["BUILD_ID"] == "")
        #expect(release["SYSEXT_LEVEL"] == nil)
        #expect(release.version == ReleaseVersion("835.9.0"))
    }

    @Test(arguments: [
        (
            "ID=coreos\nVERSION_ID=\"717\n", 2,
            "cannot read os-release, line 2: found \"VERSION_ID=\\\"717\", expected a closing quote"
        ),
        ("<html>\n", 1, "cannot read os-release, line 1: found \"<html>\", expected KEY=value"),
        (
            "ID=coreos\nMY KEY=1\n", 2,
            "cannot read os-release, line 2: found \"MY KEY=1\", expected KEY=value"
        ),
    ])
    func anUnreadableLineIsNamed(text: String, line: Int, message: String) {
        let error = #expect(throws: MalformedText.self) { try OSRelease(text) }
        #expect(error?.line == line)
        #expect(error?.description == message)
    }

    @Test(arguments: ["", "\n\n", "# only a comment\n"]) func anEmptyFileIsNoSystem(text: String) {
        #expect(throws: MalformedText(subject: .osRelease, problem: .empty)) { try OSRelease(text) }
    }

    @Test func aFileWithoutEndIsRefused() {
        let error = #expect(throws: MalformedText.self) {
            try OSRelease(String(repeating: "A=1\n", count: 20_000))
        }
        #expect(error?.problem == .tooLong(bytes: 80_000, bytesMax: 65_536))
        let lines = #expect(throws: MalformedText.self) {
            try OSRelease(String(repeating: "\n", count: 3_000))
        }
        #expect(lines?.problem == .tooManyLines(linesMax: 2_000))
    }

    @Test(arguments: [("coreos", Distribution.coreOS), ("flatcar", .flatcar), ("debian", nil)])
    func theDistributionIsToldByItsID(id: String, distribution: Distribution?) throws {
        #expect(Distribution(try OSRelease("ID=\(id)\n")) == distribution)
    }
}
