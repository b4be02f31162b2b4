import ArgumentParser
import Coordinator
import Foundation
import Reports
import RolloutJournal
import RolloutModel
import Settings

/// The command `turnstile platform migrate cutover`.
struct MigrateCutover: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cutover",
        abstract:
            "Watch names come over: whether each leads to the new cluster and answers there, and who still asks the old one.",
        discussion: """
            Names are looked up as this machine does. The old routers' logs are read on the hosts of turnstile.yaml, \
            which are to be the old cluster's; without hosts nobody counts. Changes nothing but the record. Exit code \
            0 once every name is over and no counted request is left at the old routers, 2 where the time is up before.
            """)

    @OptionGroup var clusters: MigrationOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "Applications, by their ids at the old cluster. (default: all that are proved)")
    var applications: [ApplicationID] = []

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("Watch for so long; 0 looks once. (default: 1800)", valueName: "seconds"))
    var time = 1800

    @Option(
        help: ArgumentHelp(
            "Count the old routers' requests of so many minutes. (default: 10)", valueName: "minutes"))
    var minutes = 10

    @ParentCommand var migrate: MigrateCommand

    func validate() throws {
        guard (0...604_800).contains(time), (1...10_080).contains(minutes) else {
            throw ValidationError("--for: 0 to 604800 seconds; --minutes: 1 to 10080")
        }
    }

    private static let interval = Duration.seconds(15)

    func run() async throws {
        let files = migrate.files
        try await files.reportingFailure {
            Interruptions.outliveReaders()
            let session = try MigrationSession.open(clusters, files)
            let watch = CutOverWatch(
                session: session, state: try session.begun().proved(applications), chosen: Set(applications),
                minutes: minutes)
            let end = ContinuousClock.now + .seconds(time)
            var noted: Set<ApplicationID> = []
            while true {
                let found = await watch.look()
                let report = CutOverReport(found.cutOvers, found.requests)
                try output.output.show(report) { report.lines(on: $0) }
                let over = found.cutOvers.filter(\.isMoved).map(\.application)
                try await note(over.filter { noted.insert($0).inserted }, session)
                if found.cutOvers.allSatisfy(\.isMoved),
                    found.cutOvers.allSatisfy({ $0.oldRequests ?? 0 == 0 })
                {
                    return
                }
                guard ContinuousClock.now < end else {
                    throw CommandFailure(.held, "the time is up, and not everything is over: see above")
                }
                try await Task.sleep(for: Self.interval)
            }
        }
    }

    private func note(_ over: [ApplicationID], _ session: MigrationSession) async throws(CommandFailure) {
        guard !over.isEmpty else { return }
        let record = try await session.record()
        do throws(JournalError) {
            for id in over {
                guard await record.state.course(of: id).names != .cutOver else { continue }
                try await record.append(.cutOver(id))
            }
        } catch {
            throw MigrationText.failure(error)
        }
    }
}

/// Looks at the names of proved applications from this machine, and at the old routers' logs.
struct CutOverWatch {
    let session: MigrationSession
    let state: MigrationState
    /// Empty for every application that is proved.
    let chosen: Set<ApplicationID>
    let minutes: Int

    func look() async -> (cutOvers: [CutOver], requests: Observation<RouterRequests>) {
        let courses = state.courses.sorted { $0.key < $1.key }
            .filter { $0.value.isProved && (chosen.isEmpty || chosen.contains($0.key)) }
        let old = Set(courses.flatMap { $0.value.answers.map(\.name) })
        let requests = await OldAccess(session).requests(for: old, minutes: minutes)
        let names = courses.flatMap { $0.value.answers.map(\.name) + [$0.value.name].compactMap(\.self) }
        let addresses = await NameLookup.addresses(of: Set(names)) { await NameLookup.addresses($0) }
        let cutOvers = await courses.map { ($0.key, $0.value) }.mapped(atOnce: Self.probesAtOnce) {
            [self] id, course in await look(id, course, addresses, requests.value)
        }
        return (cutOvers, requests)
    }

    /// The most applications that are asked for at once.
    private static let probesAtOnce = 8

    private func look(
        _ id: ApplicationID, _ course: ApplicationCourse, _ addresses: [DomainName: Set<String>],
        _ requests: RouterRequests?
    ) async -> CutOver {
        let names = course.answers.map(\.name)
        let statuses = await ApplicationProbe(client: .here, routers: []).answers(names).values.first ?? [:]
        var sights: [DomainName: NameSight] = [:]
        for name in names {
            sights[name] = NameSight(addresses: addresses[name] ?? [], status: statuses[name])
        }
        return CutOver(
            id, course.answers, new: newAddresses(course, addresses), sights: sights, requests: requests)
    }

    /// The addresses of the new cluster: of its routers, and those that its own name for the application leads to.
    private func newAddresses(
        _ course: ApplicationCourse, _ addresses: [DomainName: Set<String>]
    ) -> Set<String> {
        let routers = state.plan.new.routers.map(\.hostInPlace)
        let isOwnName = course.answers.contains { $0.name == course.name }
        guard let name = course.name, !isOwnName else { return Set(routers) }
        // The new platform's name may lead to an old router by mistake.
        let old = state.plan.old.routers.map(\.hostInPlace)
        return (addresses[name] ?? []).subtracting(old).union(routers)
    }
}

extension String {
    /// The host in `host:port`, or in `[address]:port`.
    var hostInPlace: String {
        hasPrefix("[") ? String(dropFirst().prefix { $0 != "]" }) : String(prefix { $0 != ":" })
    }
}

/// The old routers' logs, by the hosts of the configuration.
struct OldAccess {
    let session: MigrationSession

    init(_ session: MigrationSession) { self.session = session }

    func requests(for names: Set<DomainName>, minutes: Int) async -> Observation<RouterRequests> {
        guard let hosts = try? session.configuration.namedHosts, !hosts.isEmpty else {
            return .unknown("turnstile.yaml names no host of the old cluster")
        }
        let shell = HostShell.open(session.configuration)
        let requests = await RouterAccess(shell: shell, hosts: hosts)
            .requests(for: names, minutes: minutes)
        for host in hosts { await shell.disconnect(host) }
        return requests
    }
}

/// A look of `platform migrate cutover`.
struct CutOverReport: Encodable {
    var applications: [Application]
    /// Why nobody counted the old routers' requests; nil where they were counted.
    var uncounted: String?

    struct Application: Encodable {
        var id: String
        var names: [Name]
        var oldRequests: Int?
        var isMoved: Bool
    }

    struct Name: Encodable {
        var name: String
        var standing: String
    }

    init(_ cutOvers: [CutOver], _ requests: Observation<RouterRequests>) {
        applications = cutOvers.map { one in
            Application(
                id: one.application.text,
                names: one.names.map { Name(name: $0.name.text, standing: $0.standing.words) },
                oldRequests: one.oldRequests, isMoved: one.isMoved)
        }
        if case .unknown(let why) = requests { uncounted = why }
    }

    func lines(on terminal: Terminal) -> [String] {
        var table = Columns(header: ["APPLICATION", "NAME", "LEADS", "OLD REQUESTS"])
        for one in applications {
            for name in one.names {
                table.rows.append([
                    .init(one.id), .init(name.name),
                    .init(name.standing, name.standing == "to the new cluster" ? .green : .yellow),
                    .init(one.oldRequests.map(String.init) ?? "not counted"),
                ])
            }
        }
        let moved = applications.filter(\.isMoved).count
        return table.lines(on: terminal)
            + ["", "\(moved) of \(applications.count) applications are over"]
            + (uncounted.map { [ForeignText.line("Requests to the old routers were not counted: \($0)")] }
                ?? [])
    }
}

extension CutOver.Standing {
    var words: String {
        switch self {
        case .new: "to the new cluster"
        case .old(let addresses): "to \(Names.text(addresses))"
        case .nowhere: "nowhere"
        case .wrong(let status, let expected):
            "to the new cluster, and says \(status.map(String.init) ?? "nothing")"
                + (expected.map { ", not \($0)" } ?? "")
        }
    }
}
