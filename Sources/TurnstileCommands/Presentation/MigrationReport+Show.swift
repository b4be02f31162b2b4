import Reports

extension MigrationReport {
    /// Prints the report.
    ///
    /// - Throws: `CommandFailure` where something holds.
    func show(_ format: OutputFormat, _ invocation: Invocation) throws {
        switch format {
        case .table: lines(on: .standardOutput()).forEach { print(invocation.completing($0)) }
        case .json: print(try JSONText.document(self))
        }
        guard !isHeld else { throw CommandFailure(.held, "held: see above what to do, and run again") }
    }
}
