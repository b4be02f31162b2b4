import ArgumentParser
import RolloutModel

/// `turnstile releases`
struct Releases: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What each release of CoreOS and Flatcar brings: etcd, fleet, docker, kernel and others.",
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
            try ReleaseReport(releases: found).show(as: output.output)
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

/// The output of `releases`.
struct ReleaseReport {
    var releases: [Release]

    func show(as format: OutputFormat) throws {
        switch format {
        case .table: table.lines(on: .standardOutput()).forEach { print($0) }
        case .json: print(try JSONText.document(releases.map(Row.init)))
        }
    }

    /// A release in JSON. A missing key means that the image does not have the component. `unknown` means that it is
    /// not known whether it does, or in which version.
    struct Row: Codable, Hashable {
        var distribution: String
        var version: String
        var date: String
        var channel: String
        var etcd: String?
        var etcd2: String?
        var etcdMember: String?
        var fleet: String?
        var docker: String
        var kernel: String
        var locksmith: String
        var updateEngine: String
        var systemd: String

        init(_ release: Release) {
            distribution = release.distribution.rawValue
            version = release.version.rawValue
            date = release.date
            channel = release.channel ?? "unknown"
            etcd = release.etcd0.word("unknown")
            etcd2 = release.etcd2.word("unknown")
            etcdMember = release.etcdMember.word("unknown")
            fleet = release.fleet.word("unknown")
            docker = release.docker ?? "unknown"
            kernel = release.kernel ?? "unknown"
            locksmith = release.locksmith ?? "unknown"
            updateEngine = release.updateEngine ?? "unknown"
            systemd = release.systemd ?? "unknown"
        }
    }

    private var table: Columns {
        var table = Columns(header: [
            "OS", "VERSION", "DATE", "CHANNEL", "ETCD", "ETCD2", "ETCD-MEMBER", "FLEET", "DOCKER", "KERNEL",
            "LOCKSMITH", "UPDATE-ENGINE", "SYSTEMD",
        ])
        table.rows = releases.map { release in
            let shipped = [release.etcd0, release.etcd2, release.etcdMember, release.fleet].map {
                $0.word("?") ?? "-"
            }
            let others = [
                release.docker, release.kernel, release.locksmith, release.updateEngine, release.systemd,
            ].map { $0 ?? "?" }
            let first = [
                release.distribution.rawValue, release.version.rawValue, release.date, release.channel ?? "?",
            ]
            return (first + shipped + others).map { Columns.Cell($0) }
        }
        return table
    }
}

extension Release.Shipped {
    /// The value for output; nil where the image does not have the component.
    fileprivate func word(_ unknown: String) -> String? {
        switch self {
        case .no: nil
        case .version(let version): version
        case .about(let version): "~\(version)"
        case .unknown: unknown
        }
    }
}
