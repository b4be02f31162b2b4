import ArgumentParser
import Coordinator
import Reports
import RolloutModel
import Settings

/// The command `turnstile platform audit`.
struct PlatformAudit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Every component, where it runs, and whether each application answers. Changes nothing.",
        usage: "turnstile platform audit [<options>] [<hosts> ...]",
        discussion: """
            Read from etcd with a quorum, and asked through each router. Exit code 1 where a part could not be read, or \
            something does not run or does not answer.
            """)

    @OptionGroup var hosts: HostOptions
    @OptionGroup var controller: ControllerOptions
    @OptionGroup var output: OutputOptions
    @ParentCommand var platform: PlatformCommand

    func run() async throws {
        let files = platform.turnstile.files
        try await files.reportingFailure {
            let configuration = try await hosts.configuration(files)
            let facts = try await PlatformSession.with(configuration, controller: controller.place) {
                await $0.reading.facts()
            }
            let report = PlatformReport(facts, files.invocation)
            try output.output.show(report) { report.lines(on: $0) }
            guard report.holds.isEmpty else {
                let lines = ["the platform is not as it should be:"] + report.holds.flatMap { $0.lines() }
                throw CommandFailure(.failed) { _ in lines.joined(separator: "\n") }
            }
        }
    }
}
