import ArgumentParser
import Reports
import RolloutModel

/// The command `turnstile platform migrate status`.
struct MigrateStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "How far each application is, by the record. Asks nobody, also while a run is at work.",
        usage: "turnstile platform migrate status [<options>]")

    @OptionGroup var clusters: MigrationOptions
    @OptionGroup var output: OutputOptions
    @ParentCommand var migrate: MigrateCommand

    func run() async throws {
        let files = migrate.files
        try await files.reportingFailure {
            let session = try MigrationSession.open(clusters, files)
            let report = MigrationReport(try session.begun(), path: session.path, files.invocation)
            try report.show(output.output, files.invocation)
        }
    }
}
