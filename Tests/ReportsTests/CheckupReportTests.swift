import Foundation
import RolloutModel
import SampleReports
import Testing

@testable import Reports

/// The output of `doctor`, for people and in JSON.
@Suite struct CheckupReportTests {
    static let a = HostID("core-1")
    static let b = HostID("core-2")

    /// Every check, and every kind of fix.
    static let everything = Checkup(
        Checkup.Check.allCases.map { check in
            .fault(
                check, .hosts([a]),
                "it says 'no' — at length, so that the line has to be broken somewhere or other",
                fix: [
                    "look at \(run: "systemctl status etcd-member etcd2 etcd", on: a) on '\(a)'",
                    "as root on '\(a)':",
                    "\(run: "echo 'core ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/zz-turnstile", on: a, asRoot: true)",
                    "then write the agent anew:", "\(or: .installOn([a, b]))",
                    "\(set: "gates.fleet.ttl", to: "60s")",
                    "or raise \(set: "timeouts.gate"), and see \(look: .audit(a))",
                ])
        } + [.ok(.sudo, .hosts([a, b]), "without a password"), .warning(.proxies, .here, "x", fix: ["y"])])

    static let invocation = Invocation(config: "/etc/turnstile/my cluster.yaml")

    static func report(_ checkup: Checkup = everything, hosts: Int = 2) -> CheckupReport {
        CheckupReport(
            checkup, hostCount: hosts, configuration: "/etc/turnstile/my cluster.yaml", invocation: invocation
        )
    }

    static func lines(_ checkup: Checkup = everything, columns: Int? = 80) -> [String] {
        report(checkup).lines(on: Terminal(isLive: false, hasColour: false, columns: columns))
    }

    // MARK: JSON

    @Test func theDocumentIsOfItsSchema() throws {
        let schema = try JSONSchema("doctor")
        #expect(try schema.objections(to: JSONText.document(Self.report())) == [])
        #expect(try schema.objections(to: JSONText.document(Self.report(Checkup([])))) == [])
        let checks = schema.allowed(["$defs", "finding", "properties", "check"])
        #expect(checks == Checkup.Check.allCases.map(\.rawValue))
        let verdicts = schema.allowed(["$defs", "finding", "properties", "verdict"])
        #expect(verdicts == Checkup.Verdict.allCases.map(\.rawValue))
    }

    /// Documents that are not of the schema: the test above could not fail otherwise.
    @Test(arguments: [
        "[]", "{}", #"{"configuration":"x","faults":-1,"findings":[],"warnings":0}"#,
        #"{"configuration":"x","faults":true,"findings":[],"warnings":0}"#,
        #"{"configuration":"x","faults":0,"findings":[],"warnings":0,"more":1}"#,
        #"{"configuration":"x","faults":0,"findings":[{}],"warnings":0}"#,
        #"{"configuration":"x","faults":0,"warnings":0,"findings":[{"asked":"","check":"no","fix":[],"hosts":[],"#
            + #""said":"","subject":"here","verdict":"ok"}]}"#,
    ]) func whatIsNotOfTheSchemaIsFound(document: String) throws {
        #expect(try !JSONSchema("doctor").objections(to: document).isEmpty)
    }

    @Test func theFixIsDataForPrograms() throws {
        let checkup = Checkup([
            .fault(
                .agent, .hosts([Self.a, Self.b]), "none", fix: ["do:", "\(or: .installOn([Self.a, Self.b]))"]),
            .fault(.fleetTTL, .cluster, "60 s", fix: ["\(set: "gates.fleet.ttl", to: "60s")"]),
        ])
        let text = try JSONText.document(Self.report(checkup))
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let findings = try #require(document["findings"] as? [[String: Any]])
        let acts = findings.flatMap {
            ($0["fix"] as? [[String: Any]] ?? []).flatMap { $0["acts"] as? [[String: Any]] ?? [] }
        }
        #expect(
            acts.first?["line"] as? String
                == "turnstile --config '/etc/turnstile/my cluster.yaml' install core-1 core-2")
        #expect(acts.last?["key"] as? String == "gates.fleet.ttl" && acts.last?["value"] as? String == "60s")
        #expect(document["faults"] as? Int == 2 && findings[0]["hosts"] as? [String] == ["core-1", "core-2"])
    }

    // MARK: Text

    /// Only a command, a setting or a quotation is longer than a line, and then it has the line to itself.
    @Test func linesFitAndCommandsAreWhole() {
        for line in Self.lines() where line.count > 80 {
            let bare = line.trimmingCharacters(in: .whitespaces)
            #expect(bare.hasPrefix("turnstile ") || bare.hasPrefix("echo ") || bare.hasPrefix("'"), "\(line)")
        }
        let text = Self.lines().joined(separator: "\n")
        #expect(text.contains("turnstile --config '/etc/turnstile/my cluster.yaml' install core-1 core-2\n"))
        #expect(text.contains("echo 'core ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/zz-turnstile\n"))
        #expect(text.contains("'systemctl status etcd-member etcd2 etcd'"))
        #expect(text.contains("in /etc/turnstile/my cluster.yaml:\n"))
    }

    @Test(arguments: [20, 40, 80, 100, 300]) func noWordIsLostAtAnyWidth(columns: Int) {
        func words(_ lines: [String]) -> [Substring] { lines.flatMap { $0.split(separator: " ") } }
        #expect(words(Self.lines(columns: columns)) == words(Self.lines(columns: 60)))
    }

    /// The verdict comes first on each finding's line, and nowhere else at the beginning of one.
    @Test func aFindingBeginsWithItsVerdict() {
        let heads = Self.lines().filter { !$0.hasPrefix(" ") }
        #expect(heads.count == Self.everything.findings.count)
        #expect(
            heads.allSatisfy { line in ["ok  ", "warning  ", "fault  "].contains { line.hasPrefix($0) } })
        #expect(heads.contains("ok       root by sudo on all 2 hosts: without a password"))
    }

    static let summaries: [(findings: [Checkup.Finding], summary: String, fails: Bool)] = [
        ([.ok(.sudo, .here, "x")], "No fault.", false),
        ([.warning(.sudo, .here, "x", fix: ["y"])], "No fault, 1 warning.", false),
        ([.fault(.sudo, .here, "x", fix: ["y"])], "1 fault. Mend it, and ask again.", true),
        (
            [
                .fault(.sudo, .here, "x", fix: ["y"]), .fault(.agent, .here, "x", fix: ["y"]),
                .warning(.clock, .here, "x", fix: ["y"]), .warning(.keys, .here, "x", fix: ["y"]),
            ], "2 faults, 2 warnings. Mend them, and ask again.", true
        ),
    ]

    @Test(arguments: summaries) func theSummaryCounts(
        findings: [Checkup.Finding], summary: String, fails: Bool
    ) {
        let report = Self.report(Checkup(findings))
        #expect(report.summary == summary)
        #expect(report.failure?.code == (fails ? .failed : nil))
    }

    // MARK: Words

    static let sentences: [(text: String, words: [String])] = [
        ("see 'a b c' there", ["see", "'a b c'", "there"]),
        ("see ('a b'), or `c d`.", ["see", "('a b'),", "or", "`c d`."]),
        ("it's a host's own", ["it's", "a", "host's", "own"]),
        ("'open and no end", ["'open", "and", "no", "end"]),
        ("", []),
    ]

    @Test(arguments: sentences) func quotationsAreOneWord(text: String, words: [String]) {
        #expect(WrappedText.words(text) == words)
    }
}
