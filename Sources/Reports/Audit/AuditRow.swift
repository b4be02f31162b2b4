import Coordinator
import Foundation
import RolloutModel

/// A host, for programs: everything found on it, and the findings about it.
package struct AuditRow: Encodable {
    var audit: HostAudit
    var findings: [AuditFinding]

    private enum Key: String, CodingKey { case findings }
    private enum FindingKey: String, CodingKey { case kind, message }

    /// Encodes the audit's own keys, and `findings` beside them.
    package func encode(to encoder: any Encoder) throws {
        try audit.encode(to: encoder)
        var row = encoder.container(keyedBy: Key.self)
        var list = row.nestedUnkeyedContainer(forKey: .findings)
        for finding in findings {
            var item = list.nestedContainer(keyedBy: FindingKey.self)
            try item.encode(finding.kind, forKey: .kind)
            try item.encode(finding.message, forKey: .message)
        }
    }

    /// All hosts as one JSON array.
    static func document(_ report: AuditReport) throws -> String {
        try JSONText.document(
            report.audits.map { AuditRow(audit: $0, findings: report.findings(about: $0.host)) })
    }

    /// A host as one line, with the findings that need no other host.
    package static func line(_ audit: HostAudit, expected: ReleaseSpan? = nil) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let row = AuditRow(audit: audit, findings: .of([audit], expected: expected))
        return JSONText.escaped(String(decoding: try encoder.encode(row), as: UTF8.self))
    }
}
