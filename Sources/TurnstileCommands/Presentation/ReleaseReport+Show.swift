import Reports

extension ReleaseReport {
    func show(as format: OutputFormat) throws {
        switch format {
        case .table: lines(on: .standardOutput()).forEach { print($0) }
        case .json: print(try JSONText.document(rows))
        }
    }
}
