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
            0 once every name is over and no request is left at the old routers, 2 where the time is up before.
            """)

    @OptionGroup var clusters: MigrationOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "Applications, by their ids at the old cluster. (default: all that are proved)")
    var applications: [ApplicationID] = []

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("Watch for so long; 0 looks once.", valueName: "seconds"))
    var time = 1800

    @Option(
        help: ArgumentHelp(
            "Count the old routers' requests of so many minutes.", valueName: "minutes"))
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
                if report.isOver { return }
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

    /// - Returns: no requests where turnstile.yaml names no host that could tell them.
    func look() async -> (cutOvers: [CutOver], requests: Observation<RouterRequests>?) {
        let courses = state.courses.sorted { $0.key < $1.key }
            .filter { $0.value.isProved && (chosen.isEmpty || chosen.contains($0.key)) }
        let old = Set(courses.flatMap { $0.value.answers.map(\.name) })
        let requests = await OldAccess(session).requests(for: old, minutes: minutes)
        let names =
            courses.flatMap { $0.value.answers.map(\.name) + [$0.value.name].compactMap(\.self) }
            + (state.plan.new.routers + state.plan.old.routers).compactMap { DomainName($0.hostInPlace) }
        let addresses = await NameLookup.addresses(of: Set(names)) { await NameLookup.addresses($0) }
        let cutOvers = await courses.map { ($0.key, $0.value) }.mapped(atOnce: Self.probesAtOnce) {
            [self] id, course in await look(id, course, addresses, requests?.value)
        }
        return (cutOvers, requests)
    }

    /// The most applications that are asked for at once.
    private static let probesAtOnce = 8

    private func look(
        _ id: ApplicationID, _ course: ApplicationCourse, _ addresses: [DomainName: Set<String>],
        _ requests: RouterRequests?
    ) async -> CutOver {
        let new = newAddresses(course, addresses)
        var sights: [DomainName: NameSight] = [:]
        for name in course.answers.map(\.name) {
            let found = addresses[name] ?? []
            sights[name] = NameSight(
                addresses: found,
                statuses: found.isSubset(of: new) ? await statuses(of: name, at: found) : [:])
        }
        return CutOver(id, course.answers, new: new, sights: sights, requests: requests)
    }

    /// The statuses that the addresses of a name have for it. The name itself is not asked: it may lead elsewhere by then.
    private func statuses(of name: DomainName, at addresses: Set<String>) async -> [String: Int] {
        let places = addresses.sorted().prefix(Self.addressesMax).map { $0.contains(":") ? "[\($0)]" : $0 }
        return await ApplicationProbe(client: .here, routers: places).answers([name]).compactMapValues {
            $0[name]
        }
    }

    /// The most addresses of a name that are asked.
    private static let addressesMax = 16

    /// The addresses of the new cluster: of its routers, and those that its own name for the application leads to. An
    /// address that is an old router's, too, tells nothing apart.
    private func newAddresses(
        _ course: ApplicationCourse, _ addresses: [DomainName: Set<String>]
    ) -> Set<String> {
        func routers(_ cluster: MigrationPlan.Cluster) -> Set<String> {
            cluster.routers.map(\.hostInPlace).reduce(into: []) { found, place in
                found.insert(place)
                found.formUnion(DomainName(place).flatMap { addresses[$0] } ?? [])
            }
        }
        let isOwnName = course.answers.contains { $0.name == course.name }
        let named: Set<String> = isOwnName ? [] : course.name.flatMap { addresses[$0] } ?? []
        return named.union(routers(state.plan.new)).subtracting(routers(state.plan.old))
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

    /// Why nobody counts requests where no host is named.
    static let unnamed = "turnstile.yaml names no host of the old cluster"

    init(_ session: MigrationSession) { self.session = session }

    /// - Returns: nil where turnstile.yaml names no host.
    func requests(for names: Set<DomainName>, minutes: Int) async -> Observation<RouterRequests>? {
        guard let hosts = try? session.configuration.namedHosts, !hosts.isEmpty else { return nil }
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
    /// Hosts whose journals may have lost requests, and why.
    var gaps: [String]
    /// True if every name is over, and no request is left at the old routers, as far as anybody was to count them.
    var isOver: Bool

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

    /// - Parameter requests: nil where no host was named that could tell them.
    init(_ cutOvers: [CutOver], _ requests: Observation<RouterRequests>?) {
        applications = cutOvers.map { one in
            Application(
                id: one.application.text,
                names: one.names.map { Name(name: $0.name.text, standing: $0.standing.words) },
                oldRequests: one.oldRequests, isMoved: one.isMoved)
        }
        gaps = requests?.value?.gaps.map(\.description) ?? []
        var isCounted = true
        switch requests {
        case nil: uncounted = OldAccess.unnamed
        case .unknown(let why)?:
            uncounted = why
            isCounted = false
        case .seen(let found)?: isCounted = found.gaps.isEmpty
        }
        isOver = isCounted && cutOvers.allSatisfy { $0.isMoved && $0.oldRequests ?? 0 == 0 }
    }

    func lines(on terminal: Terminal) -> [String] {
        var table = Columns(header: ["APPLICATION", "NAME", "LEADS", "OLD REQUESTS"])
        for one in applications {
            for name in one.names {
                table.rows.append([
                    .init(one.id), .init(name.name),
                    .init(name.standing, name.standing == "to the new cluster" ? .green : .yellow),
                    .init(one.oldRequests.map { gaps.isEmpty ? "\($0)" : "\($0) or more" } ?? "not counted"),
                ])
            }
        }
        let moved = applications.filter(\.isMoved).count
        return table.lines(on: terminal)
            + ["", "\(moved) of \(applications.count) applications are over"]
            + (uncounted.map { [ForeignText.line("Requests to the old routers were not counted: \($0)")] }
                ?? []) + gaps.map { "Requests may be missing from the count: \($0)" }
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
        case .unknown(let status):
            "to the new cluster, and says \(status): nothing tells whether that is the application"
        }
    }
}
