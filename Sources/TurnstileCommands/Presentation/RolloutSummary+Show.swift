import Reports

extension RolloutSummary {
    func show(as format: OutputFormat, withReasons: Bool = true) throws {
        switch format {
        case .table: lines(on: .standardOutput(), withReasons: withReasons).forEach { print($0) }
        case .json: print(try JSONText.document(self))
        }
    }
}
