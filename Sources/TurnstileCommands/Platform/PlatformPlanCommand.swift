import ArgumentParser
import Coordinator
import RolloutModel
import Settings

/// The command `turnstile platform plan`.
struct PlatformPlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Every step of an upgrade of the platform, and what would hold it. Changes nothing on it.",
        usage: "turnstile platform plan <options> [<hosts> ...]",
        discussion: """
            Both of deisctl are put on one host, below the login user's home, and asked for their versions there.
            """)

    @OptionGroup var hosts: HostOptions
    @OptionGroup var upgrade: PlatformUpgradeOptions
    @OptionGroup var controller: ControllerOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "The way: in-place, graceful, or documented.")
    var way: PlatformWish.Way = .graceful

    @ParentCommand var platform: PlatformCommand

    func run() async throws {
        let files = platform.turnstile.files
        try await files.reportingFailure {
            let configuration = try await hosts.configuration(files)
            let preflight = try await PlatformSession.with(configuration, controller: controller.place) {
                try await PlatformPreflight.of(upgrade.choice, way: way, backup: nil, $0)
            }
            try preflight.show(output.output, files.invocation)
        }
    }
}

extension PlatformWish.Way: ExpressibleByArgument {}
