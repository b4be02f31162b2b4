import ArgumentParser
import Foundation
import Reports
import RolloutJournal

/// How a rollout's course is printed, and where else it is told.
struct CourseOptions: ParsableArguments {
    @Option(
        help:
            "How results are printed: table, json, or ndjson: every entry of the journal, once it is written."
    )
    var output: CourseFormat = .table

    @Option(
        help: ArgumentHelp(
            "Keep this file's metrics up to date, for Prometheus' textfile collector (docs/metrics.md).",
            valueName: "file"))
    var metricsFile: String?

    /// The listeners that hear of every entry.
    var listeners: [JournalListener] {
        (output == .ndjson ? [.printing(to: .standardOutput)] : [])
            + (metricsFile.map { [MetricsFile(path: $0).listener] } ?? [])
    }
}

enum CourseFormat: String, ExpressibleByArgument, CaseIterable {
    case table
    case json
    /// The entries of the journal, and no summary at the end.
    case ndjson

    /// Of the summary at the end; nil for none.
    var summary: OutputFormat? {
        switch self {
        case .table: .table
        case .json: .json
        case .ndjson: nil
        }
    }
}
