import ArgumentParser
import Reports
import Settings
import Vocabulary

/// `turnstile`
public struct TurnstileCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "turnstile",
        abstract: "Upgrade CoreOS Container Linux and Flatcar hosts, strictly one at a time.",
        usage: "turnstile [<options>] <subcommand>",
        discussion: """
            A host is let through only while the cluster is whole without it. The next one waits until the last has \
            proved that it is back, and that it will stay on the new version.

            Exit codes: 0 done, 1 failed, 2 held (someone must look), 64 usage.
            """,
        version: TurnstileVersion.text,
        subcommands: [
            Initialize.self, Doctor.self,
            Audit.self, PlanCommand.self, GatesCommand.self, Releases.self, Rehearse.self, Upgrade.self,
            Status.self,
            Who.self, History.self, Show.self, Report.self, Resume.self, Hold.self,
            Rollback.self, Abandon.self, Lose.self, Unlock.self, JournalCommand.self, Install.self,
            Uninstall.self, PlatformCommand.self, RunbookCommand.self, Help.self,
        ])

    @OptionGroup var files: FileOptions

    public init() {}
}

/// Where the configuration and the journals are: given before or after the command's name.
struct FileOptions: ParsableArguments {
    @Option(
        help: "The configuration file. (default: turnstile.yaml here, if there is one)", completion: .file())
    var config: String?

    @Option(help: "The directory of rollout journals.", completion: .directory)
    var journal: String?

    @Flag(
        help: """
            Accept the key of a host that known_hosts says nothing of, show it, and add it there. A key that differs is \
            refused all the same. (default: as StrictHostKeyChecking accept-new says)
            """)
    var acceptNew = false

    var invocation: Invocation { Invocation(config: config, journal: journal) }

    /// The configuration, overlaid by flags.
    ///
    /// - Throws: `CommandFailure` with exit code 64 and every problem found.
    func load(_ overrides: ConfigurationOverrides = .init()) throws(CommandFailure) -> Configuration {
        do throws(ConfigurationError) {
            return try configuration(overrides)
        } catch {
            throw CommandFailure(.usage, error.description)
        }
    }

    /// As `load`, with the problems as values.
    func configuration(_ overrides: ConfigurationOverrides) throws(ConfigurationError) -> Configuration {
        var overrides = overrides
        overrides.journal = journal
        overrides.acceptsNewHostKeys = acceptNew
        return try Configuration.load(path: config, overrides: overrides) { host, file in
            say("left out: '\(host.name)' of \(file), which \(host.why)")
        }
    }
}
