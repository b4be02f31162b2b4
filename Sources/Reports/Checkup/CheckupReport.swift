import RolloutModel

/// The output of `doctor`. `docs/schemas/doctor.json` has its shape in JSON.
package struct CheckupReport: Encodable {
    /// The configuration file, as the operator named it.
    var configuration: String
    var faults: Int
    var warnings: Int
    var findings: [Row]

    private let checkup: Checkup
    private let hostCount: Int
    private let invocation: Invocation

    private enum CodingKeys: String, CodingKey { case configuration, faults, warnings, findings }

    /// - Parameter hostCount: how many hosts were looked at.
    package init(_ checkup: Checkup, hostCount: Int, configuration: String, invocation: Invocation) {
        self.checkup = checkup
        self.hostCount = hostCount
        self.configuration = configuration
        self.invocation = invocation
        findings = checkup.findings.map { Row($0, invocation) }
        faults = findings.count { $0.verdict == .fault }
        warnings = findings.count { $0.verdict == .warning }
    }

    struct Row: Encodable {
        var check: Checkup.Check
        var asked: String
        var subject: Subject
        var hosts: [String]
        var verdict: Checkup.Verdict
        var said: String
        var fix: [HoldReport.Step]

        enum Subject: String, Encodable { case here, hosts, cluster }

        init(_ finding: Checkup.Finding, _ invocation: Invocation) {
            check = finding.check
            asked = finding.check.asked
            switch finding.subject {
            case .here: subject = .here
            case .hosts: subject = .hosts
            case .cluster: subject = .cluster
            }
            hosts = finding.subject.hosts.map(\.rawValue)
            verdict = finding.verdict
            said = invocation.completing(finding.said)
            fix = (finding.fix?.steps(in: nil) ?? []).map { HoldReport.Step($0, invocation) }
        }
    }

    package func lines(on terminal: Terminal) -> [String] {
        let text = CheckupText(
            hostCount: hostCount, configuration: configuration, invocation: invocation,
            columns: terminal.columns ?? CheckupText.columnsUsual)
        return checkup.findings.flatMap { text.lines($0, on: terminal) }
    }

    /// The result in one line for people.
    package var summary: String {
        let warned = warnings == 0 ? "" : ", \(Self.counted(warnings, "warning"))"
        return faults == 0
            ? "No fault\(warned)."
            : "\(Self.counted(faults, "fault"))\(warned). Mend \(faults == 1 ? "it" : "them"), and ask again."
    }

    package var failure: CommandFailure? { checkup.hasFault ? CommandFailure(.failed, summary) : nil }

    private static func counted(_ count: Int, _ what: String) -> String {
        "\(count) \(what)\(count == 1 ? "" : "s")"
    }
}
