import ArgumentParser

/// How an audit is printed.
package enum AuditFormat: String, ExpressibleByArgument, CaseIterable {
    case table
    case json
    /// One host a line, as each is read.
    case ndjson
    case csv
    case markdown
    /// A page of its own.
    case html
}
