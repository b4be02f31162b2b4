import Reports

extension InstallReport {
    /// - Throws: `CommandFailure` where a host failed or was refused.
    func show(as format: OutputFormat) throws {
        switch format {
        case .table: lines(on: .standardOutput()).forEach { print($0) }
        case .json: print(try JSONText.document(results))
        }
        if let failure { throw failure }
    }
}
