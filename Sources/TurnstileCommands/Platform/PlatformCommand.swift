import ArgumentParser

/// The command `turnstile platform`.
struct PlatformCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "platform",
        abstract: "Upgrade Deis v1, the platform on the hosts, migrate its applications, or look at it.",
        discussion: """
            Every step is proved by the platform's state: fleet's registry, etcd's keys, and applications that answer \
            through each router. What deisctl says proves nothing.
            """,
        subcommands: [
            PlatformAudit.self, PlatformPlanCommand.self, PlatformUpgradeCommand.self,
            PlatformBackupCommand.self, MigrateCommand.self,
        ])

    @ParentCommand var turnstile: TurnstileCommand
}
