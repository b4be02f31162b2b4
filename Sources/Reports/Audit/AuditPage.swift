import Coordinator
import RolloutModel

/// An audit as one page that needs nothing else: a picture of the versions, what is odd, and a table to sort.
struct AuditPage {
    private let report: AuditReport

    init(_ report: AuditReport) { self.report = report }

    /// Only the script of this page runs, by its digest: what a host sent never does, even where it should get past
    /// the escaping.
    var text: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
        script-src '\(AuditPageParts.scriptDigest)'">
        <meta name="color-scheme" content="light dark">
        <title>turnstile audit: \(HTML.escaped(AuditText.heading(report.summary)))</title>
        <style>\(AuditPageParts.style)</style>
        </head>
        <body>
        <h1>\(HTML.escaped(AuditText.heading(report.summary)))</h1>
        \(VersionPicture(report.audits).svg)
        \(summary)
        \(findings)
        \(table)
        <script>\(AuditPageParts.script)</script>
        </body>
        </html>

        """
    }

    private var summary: String {
        let rows = report.summary.sections.map { section in
            "<dt>\(HTML.escaped(section.name))</dt><dd>\(HTML.escaped(AuditText.counts(section)))</dd>"
        }
        return "<dl>\(rows.joined())</dl>"
    }

    private var findings: String {
        guard !report.findings.isEmpty else { return "<p>Nothing is odd.</p>" }
        let items = report.findings.map { finding in
            let oddness = (finding.kind.isAlarm ? AuditReport.Oddness.alarming : .odd).rawValue
            return
                "<li class=\"\(oddness)\">\(HTML.escaped(AuditText.sentence(finding, of: report.audits.count)))</li>"
        }
        return "<ul>\n\(items.joined(separator: "\n"))\n</ul>"
    }

    private var table: String {
        let columns = AuditColumn.all
        let header = columns.map {
            "<th scope=\"col\"><button type=\"button\">\(HTML.escaped($0.title))</button></th>"
        }
        let rows = report.audits.map { "<tr>\(cells($0, columns))</tr>" }
        return """
            <div class="scroll"><table>
            <thead><tr>\(header.joined())</tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody>
            </table></div>
            """
    }

    private func cells(_ audit: HostAudit, _ columns: [AuditColumn]) -> String {
        if let fault = audit.fault {
            let rest = "<td colspan=\"\(columns.count - 1)\" class=\"alarming\">\(HTML.escaped(fault))</td>"
            return "<th scope=\"row\">\(HTML.escaped(audit.host))</th>\(rest)"
        }
        return columns.enumerated().map { index, column in
            let value = column.value(audit)
            let oddness = report.oddness(of: column, at: audit)
            let style =
                oddness == .usual ? (value == nil ? " class=\"missing\"" : "") : " class=\"\(oddness)\""
            let text = HTML.escaped(value ?? "-")
            // A text such as `3d 4h` sorts by what it means.
            let key =
                column.title == "UP"
                ? audit.uptimeSeconds.map { " data-key=\"\(Int(clamping: $0))\"" } ?? "" : ""
            return index == 0
                ? "<th scope=\"row\"\(style)>\(text)</th>" : "<td\(style)\(key)>\(text)</td>"
        }.joined()
    }
}

/// Text as HTML takes it, in elements and in quoted attributes.
enum HTML {
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default:
                // HTML has no control characters, whatever is put for them; and nobody sees the others.
                escaped.unicodeScalars.append(ForeignText.isShown(scalar) ? scalar : ForeignText.replacement)
            }
        }
        return escaped
    }
}
