import Coordinator
import Digest
import Foundation
import RolloutModel
import SampleReports
import Testing

@testable import Reports

@Suite struct AuditViewTests {
    static let plain = Terminal(isLive: false, hasColour: false)
    static let coloured = Terminal(isLive: true, hasColour: true)

    func text(_ format: AuditFormat, _ audits: [HostAudit] = AuditSamples.cluster, isWide: Bool = false)
        throws
        -> String
    {
        try AuditReport(audits).text(as: format, isWide: isWide, on: Self.plain)
    }

    @Test func aTableIsAlignedCountedAndCommentedOn() throws {
        #expect(
            try text(.table) == """
                HOST    OS          VERSION   GROUP   UPDATE-ENGINE     PARTITION  REBOOTS  ETCD   CLUSTER  AGENT          UP
                core-1  coreos      1353.8.0  stable  masked, inactive  -          off      2.3.7  2.3.0    0.1.0          3 d 4 h
                core-2  coreos      1353.8.0  stable  masked, inactive  -          off      2.3.7  2.3.0    0.1.0          3 d 4 h
                core-3  coreos      1409.7.0  beta    masked, inactive  -          off      2.3.7  2.3.0    0.1.0, staged  3 d 4 h
                core-4  unreadable  -         -       -                 -          -        -      -        -              -

                4 hosts, 1 of them unreadable
                version  2 × 1353.8.0, 1 × 1409.7.0
                GROUP    2 × stable, 1 × beta
                etcd     3 × 2.3.7

                core-3: went back to its old partition: its agent saw it go back from 1465.8.0
                core-3: version is 1409.7.0, and 1353.8.0 on 2 others
                core-3: GROUP is beta, and stable on 2 others
                core-1, core-2, core-3: CoreOS Container Linux has had no updates since 2020-05-26; Flatcar goes on where it ended

                """)
    }

    @Test func manyHostsAreNotAllNamed() {
        func sentence(_ hosts: Int, of total: Int) -> String {
            let finding = AuditFinding(.reverted, (0..<hosts).map { "h\($0)" }, "went back")
            return AuditText.sentence(finding, of: total)
        }
        #expect(sentence(2, of: 3) == "h0, h1: went back")
        #expect(sentence(12, of: 20) == "h0, h1, h2, h3, h4, h5, h6, h7 and 4 more: went back")
        #expect(sentence(20, of: 20) == "all 20 hosts: went back")
        #expect(sentence(1, of: 1) == "h0: went back")
    }

    @Test func aWideTableHasMore() throws {
        let text = try text(.table, isWide: true)
        for word in ["KERNEL", "4.9.24-coreos", "DOCKER", "1.12.6", "FLEET", "0.11.8", "a1a1a1a1a1a1"] {
            #expect(text.contains(word))
        }
    }

    @Test func whatIsOddHasAColour() throws {
        let lines = try AuditReport(AuditSamples.cluster).text(as: .table, on: Self.coloured)
            .split(separator: "\n")
        #expect(
            lines[1]
                == "core-1  coreos      1353.8.0  stable  masked, inactive  -          off      2.3.7  2.3.0    0.1.0          3 d 4 h"
        )
        #expect(lines[3].contains("\u{1B}[31m1409.7.0\u{1B}[0m"))
        #expect(lines[3].contains("\u{1B}[33mbeta\u{1B}[0m"))
        #expect(lines[4].contains("\u{1B}[31munreadable\u{1B}[0m"))
    }

    @Test(
        arguments: [
            (0, "0 s"), (59, "59 s"), (3600, "1 h"), (7_500, "2 h 05 min"), (273_900, "3 d 4 h"), (-1, "?"),
            (.infinity, "?"),
            (.nan, "?"),
        ] as [(Double, String)]) func uptimes(seconds: Double, text: String)
    {
        #expect(AuditColumn.uptime(seconds) == text)
    }

    @Test func jsonIsTheAuditsWithWhatIsSaidOfEach() throws {
        let data = Data(try text(.json).utf8)
        #expect(try JSONDecoder().decode([HostAudit].self, from: data) == AuditSamples.cluster)
        struct Row: Decodable {
            var host: String
            var findings: [Finding]
            struct Finding: Decodable { var kind: String }
        }
        let rows = try JSONDecoder().decode([Row].self, from: data)
        #expect(rows[2].findings.map(\.kind) == ["reverted", "odd-one-out", "odd-one-out", "end-of-life"])
        #expect(rows[3].findings.isEmpty)
    }

    @Test func ndjsonIsOneHostALine() throws {
        let lines = try text(.ndjson, AuditSamples.hostileCluster).split(separator: "\n")
        let read = try lines.map { try JSONDecoder().decode(HostAudit.self, from: Data($0.utf8)) }
        #expect(read == AuditSamples.hostileCluster)
        #expect(try text(.ndjson, []).isEmpty)
    }

    /// (a value, its field)
    static let fields: [(String, String)] = [
        ("", ""), ("1353.8.0", "1353.8.0"), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""),
        ("two\nlines", "\"two\nlines\""), ("=1+1", "\"'=1+1\""), ("+1", "\"'+1\""), ("-1", "\"'-1\""),
        ("@SUM(A1)", "\"'@SUM(A1)\""), ("\t=1", "\"'\t=1\""), ("\r=1", "\"' =1\""),
        ("＝1", "\"'＝1\""), ("\r\n=1", "\"'\n=1\""), ("1=1", "1=1"), ("=\"x\"", "\"'=\"\"x\"\"\""),
        ("\u{202E}=1", "\u{FFFD}=1"), ("a\u{1B}b", "a\u{FFFD}b"),
    ]

    @Test(arguments: fields) func aFieldIsNeitherTornNorAFormula(value: String, field: String) {
        #expect(AuditCSV.cell(value) == field)
    }

    @Test func csvIsRFC4180() throws {
        let rows = try text(.csv).components(separatedBy: "\r\n")
        #expect(rows.count == 6 && rows.last == "")
        #expect(rows[0].hasPrefix("host,fault,distribution,version,kernel,group,"))
        #expect(rows[1].hasPrefix("core-1,,coreos,1353.8.0,4.9.24-coreos,stable,off,,,true,inactive,false,"))
        #expect(rows[4].hasPrefix("core-4,no route to host,,,"))
        let commas = Set(rows.dropLast().map { row in unquoted(row).count { $0 == "," } })
        #expect(commas.count == 1)
    }

    /// Without what stands in quotes.
    private func unquoted(_ row: String) -> String {
        row.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset.isMultiple(of: 2) }.map { String($0.element) }.joined()
    }

    @Test func markdownMeansWhatItSays() throws {
        let lines = try text(.markdown, AuditSamples.hostileCluster).split(separator: "\n")
        let rows = lines.prefix { $0.hasPrefix("|") }
        #expect(rows.count == AuditSamples.hostileCluster.count + 2)
        for row in rows {
            let bars = row.replacing("\\|", with: "").count { $0 == "|" }
            #expect(bars == AuditColumn.all.count + 1)
        }
        let all = lines.joined(separator: "\n").replacing("\\<", with: "")
        #expect(!all.contains("<") && !all.contains("\u{1B}"))
    }

    @Test func markdownPutsWhatIsOddInBold() throws {
        let text = try text(.markdown)
        #expect(text.contains("| **1409.7.0** | **beta** |"))
        #expect(text.contains("| core-4 | **unreadable** | - |"))
        #expect(text.contains("- version: 2 × 1353.8.0, 1 × 1409.7.0\n"))
        #expect(text.contains("- core-4: no route to host\n"))
    }

    @Test func aPageEscapesWhateverHostsSend() throws {
        let page = try text(.html, AuditSamples.hostileCluster)
        #expect(page.components(separatedBy: "<script>").count == 2)
        for tag in ["<img", "<svg onload", "<b>", "</table></style>", "\u{1B}"] {
            #expect(!page.contains(tag), "\(tag)")
        }
        #expect(page.contains("&lt;script&gt;document.title=&#39;owned&#39;&lt;/script&gt;"))
        #expect(page.contains("&amp;lt;b&amp;gt;"))
    }

    @Test func aPageNeedsNothingElse() throws {
        let page = try text(.html)
        for word in ["http://", "https://", "src=", "url(", "@import", "href"] {
            #expect(!page.contains(word), "\(word)")
        }
        #expect(page.contains("prefers-color-scheme: dark"))
        #expect(page.contains("Hosts by version. 1409.7.0: 1, 1353.8.0: 2, unreadable: 1"))
        #expect(page.contains("<td class=\"alarming\">1409.7.0</td><td class=\"odd\">beta</td>"))
    }

    @Test func onlyThePagesOwnScriptMayRun() throws {
        let hex = Array(SHA256.hexDigest(Array(AuditPageParts.script.utf8)))
        let bytes = stride(from: 0, to: hex.count, by: 2).compactMap {
            UInt8(String(hex[$0...$0 + 1]), radix: 16)
        }
        #expect(AuditPageParts.scriptDigest == "sha256-" + Data(bytes).base64EncodedString())
        #expect(try text(.html).contains("script-src '\(AuditPageParts.scriptDigest)'"))
        #expect(try text(.html).contains("<script>\(AuditPageParts.script)</script>"))
    }

    @Test func aPictureHasBoundsHoweverManyVersions() {
        let audits = (0..<500).map { number in
            AuditSamples.host("h\(number)") { $0.version = "\(number).0.0" }
        }
        let svg = VersionPicture(audits).svg
        #expect(svg.components(separatedBy: "<rect").count == 26)
        #expect(svg.contains(">499.0.0<") && svg.contains(">476 others<"))
    }

    @Test(arguments: AuditFormat.allCases) func noHostsIsStillAReport(format: AuditFormat) throws {
        let text = try text(format, [])
        #expect(format == .ndjson ? text.isEmpty : text.utf8.last == UInt8(ascii: "\n"))
    }

    @Test func aBastionThatIsShutIsNamedOnceWithTheHostsBehindIt() {
        func unread(_ host: String, behind name: String?, _ why: String) -> HostAudit {
            var audit = HostAudit(host: host)
            audit.fault = "cannot connect to '\(host)': \(why)"
            audit.bastion = name.map { ShutBastion(name: $0, why: why) }
            return audit
        }
        let audits = [
            unread("a", behind: "jump", "no answer within 9 s"), unread("b", behind: nil, "refused"),
            unread("c", behind: "jump", "no answer within 10 s"), unread("d", behind: "other", "refused"),
        ]
        #expect(
            AuditVerdict(AuditReport(audits), expected: nil).failure?.message == """
                4 of 4 hosts could not be read:
                  - a, c: the way to them ends at 'jump': no answer within 10 s
                  - b: cannot connect to 'b': refused
                  - d: cannot connect to 'd': refused
                """)
    }

    @Test func theVerdictNamesWhoDiffers() throws {
        func verdict(_ audits: [HostAudit], _ text: String?) throws -> String? {
            let expected = try text.map { try #require(ReleaseSpan($0)) }
            return AuditVerdict(AuditReport(audits, expected: expected), expected: expected).failure?.message
        }
        let whole = Array(AuditSamples.cluster.prefix(3))
        #expect(try verdict(whole, nil) == nil)
        #expect(try verdict(whole, ">=1353") == nil)
        #expect(
            try verdict(whole, "1353.8.0")
                == "1 of 3 hosts do not run what is expected, 1353.8.0:\n  - core-3: 1409.7.0")
        #expect(
            try verdict(AuditSamples.cluster, "1409..1911") == """
                1 of 4 hosts could not be read:
                  - core-4: no route to host
                2 of 4 hosts do not run what is expected, 1409..1911:
                  - core-1: 1353.8.0
                  - core-2: 1353.8.0
                """)
    }
}
