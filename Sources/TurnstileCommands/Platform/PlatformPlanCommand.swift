import ArgumentParser
import Coordinator
import RolloutModel

/// `turnstile platform plan`
struct PlatformPlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Every step of an upgrade of the platform, and what would hold it. Changes nothing on it.",
        discussion: """
            Both of deisctl are put on one host, below the login user's home, and asked for their versions there.
            """)

    @OptionGroup var hosts: HostOptions
    @OptionGroup var upgrade: PlatformUpgradeOptions
    @OptionGroup var controller: ControllerOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "The way: in-place, graceful, or documented. (default: graceful)")
    var way: PlatformWish.Way = .graceful

    @ParentCommand var platform: PlatformCommand

    func run() async throws {
        let files = platform.turnstile.files
        try await files.reportingFailure {
            let configuration = try await hosts.configuration(files)
            let preflight = try await PlatformSession.with(configuration, controller: controller) {
                try await PlatformPreflight.of(upgrade, way: way, $0)
            }
            let report = PlatformPlanReport(preflight, files.invocation)
            switch output.output {
            case .table: report.lines(on: .standardOutput()).forEach { print($0) }
            case .json: print(try JSONText.document(report))
            }
            guard preflight.holds.isEmpty else {
                throw CommandFailure.held(preflight.holds.map(HoldReason.platform))
            }
            say("Nothing holds it.")
        }
    }
}

extension PlatformWish.Way: ExpressibleByArgument {}
