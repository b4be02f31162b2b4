import ArgumentParser
import Foundation
import Reports
import RolloutJournal
import RolloutModel

/// The command `turnstile platform migrate dns`.
struct MigrateDNS: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dns",
        abstract:
            "The names that are to lead to the new cluster, of proved applications: as a table, or as a file.",
        discussion: """
            Turnstile changes no DNS. The file is a zone's (RFC 1035), with a CNAME from each old name to the new \
            one. A hook is given an application's lines of it on standard input, once for each application.
            """)

    @OptionGroup var clusters: MigrationOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "Applications, by their ids at the old cluster. (default: all that are proved)")
    var applications: [ApplicationID] = []

    @Option(help: ArgumentHelp("Write a zone file to import.", valueName: "file"))
    var write: String?

    @Flag(help: "Replace a file that is there.")
    var force = false

    @Option(help: ArgumentHelp("The time that answers may be kept for.", valueName: "seconds"))
    var ttl = 300

    @Option(
        help: ArgumentHelp(
            "A program that changes DNS: it must bear being called again.", valueName: "program"))
    var hook: String?

    @OptionGroup var zones: ZoneOptions

    @ParentCommand var migrate: MigrateCommand

    func validate() throws {
        guard (1...86_400).contains(ttl) else { throw ValidationError("--ttl \(ttl): 1 to 86400 seconds") }
    }

    func run() async throws {
        let files = migrate.files
        try await files.reportingFailure {
            let session = try MigrationSession.open(clusters, files)
            let table = Self.table(
                try session.begun().proved(applications), applications, ttl, zones.apexes)
            if let write { try NewFile(path: write, replaces: force).write(table.zone.text) }
            let report = DNSReport(table)
            try output.output.show(report) { report.lines(on: $0) }
            if let hook { try await DNSHook(program: hook, table: table).tell(session) }
        }
    }

    /// - Parameter chosen: empty for every application that is proved.
    static func table(
        _ state: MigrationState, _ chosen: [ApplicationID], _ ttl: Int, _ apexes: ZoneApexes
    ) -> DNSTable {
        let records = state.courses.sorted { $0.key < $1.key }.flatMap { id, course -> [DNSTable.Record] in
            guard course.isProved, let name = course.name, chosen.isEmpty || chosen.contains(id) else {
                return []
            }
            return DNSTable.records(
                of: id, course.answers, new: name, routers: state.plan.new.routers, apexes: apexes)
        }
        return DNSTable(records: records, ttl: .seconds(ttl))
    }
}

extension [String] {
    /// The lines as a file has them.
    fileprivate var text: String { map { $0 + "\n" }.joined() }
}

/// Hands each application's lines to the operator's own program.
struct DNSHook {
    let program: String
    let table: DNSTable

    private static let deadline = Duration.seconds(120)

    /// - Throws: `CommandFailure` where the program fails. Applications after that one were not told.
    func tell(_ session: MigrationSession) async throws {
        let record = try await session.record()
        let records = Dictionary(grouping: table.records, by: \.application)
        for (id, own) in records.sorted(by: { $0.key < $1.key }) {
            guard await record.state.course(of: id).names != .cutOver else { continue }
            try await note(.naming(id), in: record)
            try await call(id, DNSTable(records: own, ttl: table.ttl))
            try await note(.named(id), in: record)
            say("\(id): the hook was told")
        }
    }

    private func note(_ event: MigrationEvent, in record: MigrationRecord) async throws(CommandFailure) {
        do throws(JournalError) {
            try await record.append(event)
        } catch {
            throw MigrationText.failure(error)
        }
    }

    private func call(_ id: ApplicationID, _ own: DNSTable) async throws(CommandFailure) {
        let said = await LocalProgram.output([program], input: own.zone.text, deadline: Self.deadline)
        guard case .unknown(let why) = said else { return }
        throw CommandFailure(.failed, "the hook '\(ForeignText.line(program))' failed for \(id): \(why)")
    }
}
