import Coordinator

/// What `install` and `uninstall` print: a row a host, and on standard error what was not done.
struct InstallReport {
    var results: [InstallResult]
    /// What should have become of each host, for example `installed`.
    var verb: String

    /// - Throws: `CommandFailure` where a host failed or was refused.
    func show(as format: OutputFormat) throws {
        switch format {
        case .table: table.lines(on: .standardOutput()).forEach { print($0) }
        case .json: print(try JSONText.document(results))
        }
        if let failure { throw failure }
    }

    private var table: Columns {
        var table = Columns(header: ["HOST", "RESULT", "WAS", "NOW"])
        table.rows = results.map { result in
            [
                .init(result.host), .init(result.outcome.rawValue, colour(result.outcome)),
                .init(result.versionBefore ?? "-"), .init(result.version ?? "-"),
            ]
        }
        return table
    }

    private func colour(_ outcome: InstallResult.Outcome) -> Terminal.Colour? {
        switch outcome {
        case .installed, .replaced, .removed: .green
        case .upToDate, .absent: nil
        case .refused: .yellow
        case .failed: .red
        }
    }

    /// nil when every host is as asked.
    var failure: CommandFailure? {
        let undone = results.filter { !$0.outcome.isDone }
        guard !undone.isEmpty else { return nil }
        let code: CommandFailure.Code = undone.contains { $0.outcome == .failed } ? .failed : .held
        let lines = undone.flatMap { result in
            ["  - \(result.host): \(result.why ?? result.outcome.rawValue)."]
                + (result.remedy.map { ["    What to do: \($0)."] } ?? [])
        }
        return CommandFailure(
            code,
            (["\(undone.count) of \(results.count) hosts were not \(verb):"] + lines).joined(separator: "\n"))
    }
}
