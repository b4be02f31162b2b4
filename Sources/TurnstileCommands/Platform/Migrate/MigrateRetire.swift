import ArgumentParser
import Coordinator
import Reports
import RolloutModel

/// The command `turnstile platform migrate retire`.
struct MigrateRetire: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retire",
        abstract:
            "The last look at the old cluster before you switch it off: names what still gets requests. Changes nothing.",
        usage: "turnstile platform migrate retire [<options>]",
        discussion: """
            The old routers' logs are read on the hosts of turnstile.yaml, which are to be the old cluster's. Exit \
            code 0 only where nothing needs it any more.
            """)

    @OptionGroup var clusters: MigrationOptions
    @OptionGroup var output: OutputOptions

    @Option(
        help: ArgumentHelp(
            "Count the old routers' requests of so many minutes.", valueName: "minutes"))
    var minutes = 60

    @ParentCommand var migrate: MigrateCommand

    func validate() throws {
        guard (1...10_080).contains(minutes) else { throw ValidationError("--minutes: 1 to 10080") }
    }

    func run() async throws {
        let files = migrate.files
        try await files.reportingFailure {
            let session = try MigrationSession.open(clusters, files)
            let state = try session.begun()
            let controller = try await session.controller(.old)
            let old: OldCluster
            do throws(MigrationHold) {
                old = try await OldCluster(controller)
            } catch {
                throw MigrationText.held([error])
            }
            let requests = await OldAccess(session).requests(
                for: old.names.union(state.names), minutes: minutes)
            let report = RetirementReport(
                state, old.applications, requests ?? .unknown(OldAccess.unnamed), minutes)
            try output.output.show(report) { _ in report.lines }
            guard report.isClear else {
                throw CommandFailure(.held, "the old cluster is still needed: see above")
            }
        }
    }
}

/// The report of `platform migrate retire`.
struct RetirementReport: Encodable {
    var minutes: Int
    var requests: [String: Int]
    /// The requests for no application's name; nil where nobody counted.
    var otherRequests: Int?
    var unproved: [String]
    var unmoved: [String]
    var unknown: [String]
    /// Why nobody counted the old routers' requests; nil where they were counted.
    var uncounted: String?
    /// Hosts whose journals may have lost requests, and why.
    var gaps: [String]
    var isClear: Bool

    /// - Parameter applications: the old cluster's applications now.
    init(
        _ state: MigrationState, _ applications: [ApplicationID], _ found: Observation<RouterRequests>,
        _ minutes: Int
    ) {
        let audit = RetirementAudit(
            state, applications: applications,
            requests: found.value ?? RouterRequests(names: [:], others: 0))
        self.minutes = minutes
        requests = Dictionary(uniqueKeysWithValues: audit.asked.map { ($0.key.text, $0.value) })
        otherRequests = found.value?.others
        unproved = audit.unproved.map(\.text)
        unmoved = audit.unmoved.map(\.text)
        unknown = audit.unknown.map(\.text)
        if case .unknown(let why) = found { uncounted = why }
        gaps = audit.gaps.map(\.description)
        isClear = audit.isClear && found.value != nil
    }

    var lines: [String] {
        guard !isClear else {
            return [
                "No application was asked for at the old routers in \(minutes) min, and every one is over."
            ] + otherLines
        }
        let asked = requests.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return asked.map {
            ForeignText.line("\($0.key): \($0.value) requests at the old routers in \(minutes) min")
        }
            + unknown.map { "\($0): was not carried" }
            + unproved.map { "\($0): is not proved at the new cluster" }
            + unmoved.map { "\($0): its names were not seen to lead to the new cluster" }
            + otherLines + uncountedLines + gapLines
    }

    private var gapLines: [String] {
        guard !gaps.isEmpty else { return [] }
        return gaps.map { "Of the requests in \(minutes) min some may not be counted: \($0)." } + [
            """
            A name without a request proves nothing then. Look again once that is longer ago than the minutes that are \
            counted (--minutes). Where journald drops messages of a busy router, raise RateLimitBurst= in journald.conf there.
            """
        ]
    }

    private var otherLines: [String] {
        guard let otherRequests, otherRequests > 0 else { return [] }
        return [
            """
            \(otherRequests) requests were for no application's name: health checks, scanners, or people who ask the old \
            controller by its own name. They keep nothing here: make sure that nobody works with that controller any more.
            """
        ]
    }

    private var uncountedLines: [String] {
        guard let uncounted else { return [] }
        return [
            ForeignText.line("Requests to the old routers were not counted: \(uncounted)."),
            "Name the old cluster's hosts in turnstile.yaml.",
        ]
    }
}
