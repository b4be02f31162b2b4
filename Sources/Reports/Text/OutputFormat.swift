/// The formats in which a command prints its results.
package enum OutputFormat: String, CaseIterable, Sendable {
    case table
    case json
}
