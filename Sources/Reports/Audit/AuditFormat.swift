/// The formats in which an audit is printed.
package enum AuditFormat: String, CaseIterable {
    case table
    case json
    /// A line for each host, printed as the host is read.
    case ndjson
    case csv
    case markdown
    /// A complete HTML page.
    case html
}
