import Coordinator

/// The output of `install` and `uninstall`: a row for each host, and on standard error the failures.
package struct InstallReport {
    package var results: [InstallResult]
    /// The intended outcome for each host, for example `installed`.
    var verb: String

    package init(results: [InstallResult], verb: String) {
        self.results = results
        self.verb = verb
    }

    package func lines(on terminal: Terminal) -> [String] {
        var table = Columns(header: ["HOST", "RESULT", "WAS", "NOW"])
        table.rows = results.map { result in
            [
                .init(result.host), .init(result.outcome.rawValue, colour(result.outcome)),
                .init(result.versionBefore ?? "-"), .init(result.version ?? "-"),
            ]
        }
        return table.lines(on: terminal)
    }

    private func colour(_ outcome: InstallResult.Outcome) -> Terminal.Colour? {
        switch outcome {
        case .installed, .replaced, .removed: .green
        case .upToDate, .absent: nil
        case .refused: .yellow
        case .failed: .red
        }
    }

    /// The failure; nil when every host is as asked.
    package var failure: CommandFailure? {
        let undone = results.filter { !$0.outcome.isDone }
        guard !undone.isEmpty else { return nil }
        let code: CommandFailure.Code = undone.contains { $0.outcome == .failed } ? .failed : .held
        let lines = undone.flatMap { result in
            ["  - \(result.host): \(result.why ?? result.outcome.rawValue)."]
                + (result.remedy.map { ["    What to do: \($0)."] } ?? [])
        }
        let heading = "\(undone.count) of \(results.count) hosts were not \(verb):"
        return CommandFailure(
            code, ([heading] + lines).map { Columns.Cell($0).text }.joined(separator: "\n"))
    }
}
