import ArgumentParser

/// The command `turnstile platform migrate`.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Carry all applications from an old cluster of Deis to a new one.",
        discussion: """
            In this order: plan (looks alone), run (carries and proves), dns (the table to import), cutover (watches), \
            retire (the last look at the old cluster). The old cluster is never changed. Each command may be given \
            again: it goes on with what is left. The clusters are named once; later commands know them.
            """,
        subcommands: [
            MigratePlan.self, MigrateRun.self, MigrateStatus.self, MigrateDNS.self, MigrateCutover.self,
            MigrateRetire.self, MigrateKeys.self,
        ])

    @ParentCommand var platform: PlatformCommand

    var files: FileOptions { platform.turnstile.files }
}
