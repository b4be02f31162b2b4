import ArgumentParser

/// `turnstile`
public struct TurnstileCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "turnstile",
        abstract: "Upgrade CoreOS Container Linux and Flatcar hosts, strictly one at a time.",
        discussion: """
            A host is let through only while the cluster is whole without it. The next one waits until the last has \
            proved that it is back, and that it will stay on the new version.

            Exit codes: 0 done, 1 failed, 2 held (someone must look), 64 usage.
            """,
        version: TurnstileVersion.text,
        subcommands: [Audit.self, PlanCommand.self, Upgrade.self, Status.self, Resume.self])

    public init() {}
}

enum TurnstileVersion {
    static let text = "0.1.0"
}
