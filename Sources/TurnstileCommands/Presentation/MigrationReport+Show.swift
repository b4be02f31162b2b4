import Reports

extension MigrationReport {
    /// Prints the report.
    ///
    /// - Throws: `CommandFailure` where something holds.
    func show(_ format: OutputFormat, _ invocation: Invocation) throws {
        try format.show(self) { lines(on: $0).map(invocation.completing) }
        guard !isHeld else { throw CommandFailure(.held, "held: see above what to do, and run again") }
    }
}
