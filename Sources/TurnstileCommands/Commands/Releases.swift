import ArgumentParser
import Reports
import RolloutModel

/// `turnstile releases`
struct Releases: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What each release of CoreOS and Flatcar brings: etcd, fleet, docker, kernel and others.",
        usage: "turnstile releases [<options>] [<version>]",
        discussion: """
            Asks no host. '-' is not in the image, '?' is not known, '~' is known of the release's branch alone.
            """)

    @Argument(
        help: ArgumentHelp(
            "Which: \(ReleaseSpan.form). (default: all)",
            valueName: "version"))
    var releases: String?

    @Option(help: "Only these: coreos or flatcar. (default: both)")
    var distribution: Distribution?

    @ParentCommand var turnstile: TurnstileCommand
    @OptionGroup var output: OutputOptions

    func validate() throws { _ = try span() }

    func run() async throws {
        try await turnstile.files.reportingFailure {
            let found = ReleaseTable.known.releases(named: try span(), of: distribution)
            guard !found.isEmpty else { throw unknown(try span()) }
            let report = ReleaseReport(found)
            try output.output.show(report.rows) { report.lines(on: $0) }
        }
    }

    private func span() throws -> ReleaseSpan? {
        guard let releases else { return nil }
        guard let span = ReleaseSpan(releases) else {
            throw ValidationError(
                """
                '\(releases)' names no release: give \(ReleaseSpan.form)
                """)
        }
        return span
    }

    /// The failure for an unknown release. The nearest releases do not tell its content, but their names may help.
    private func unknown(_ span: ReleaseSpan?) -> CommandFailure {
        let system = distribution.map { " of \($0.rawValue)" } ?? ""
        let table = ReleaseTable.known
        guard let version = span?.one, let number = ReleaseNumber(version) else {
            return CommandFailure(.failed, "no release\(system) in '\(releases ?? "all")' is known")
        }
        let near = table.neighbours(of: number, of: distribution).map {
            "\($0.distribution.rawValue) \($0.version)"
        }
        let build = version.rawValue.contains("+") ? "a build between releases, and " : ""
        return CommandFailure(
            .failed,
            """
            '\(version)' is \(build)not a known release\(system): what it brings is not known. Known around it: \
            \(near.joined(separator: ", "))
            """)
    }
}

extension Distribution: ExpressibleByArgument {}
