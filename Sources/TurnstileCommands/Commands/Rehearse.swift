import ArgumentParser
import Coordinator
import Foundation
import Reports
import RolloutJournal
import RolloutModel
import Rollouts
import Settings
import Simulation

/// `turnstile rehearse`
struct Rehearse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Play the rollout on a simulated fleet like yours: how long it takes, and where it may hold.",
        discussion: """
            The fleet is what 'audit' finds, or what an earlier audit or plan says. Machine, gates, journal and lock are \
            those of 'upgrade'; only hosts, network and clock are played. Nothing is done to any host.
            """)

    @OptionGroup var hosts: HostOptions
    @OptionGroup var choice: ChoiceOptions
    @OptionGroup var update: UpdateOptions
    @OptionGroup var output: OutputOptions

    @Option(
        help: ArgumentHelp(
            "What 'audit' or 'plan' printed with --output json; '-' reads it from standard input. (default: the hosts are asked)",
            valueName: "file"))
    var from: String?

    @Option(help: "How many nights are played, besides one on which nothing goes wrong.")
    var runs: UInt64 = 200

    @Option(help: "The first night's seed: the same one plays the same nights.")
    var seed: UInt64 = 1

    @Option(help: "Minutes until a person has mended what holds the rollout, and goes on.")
    var attention: Double = 10

    @ParentCommand var turnstile: TurnstileCommand

    func validate() throws {
        if runs < 1 || runs > 100_000 { throw ValidationError("--runs \(runs): from 1 to 100000") }
        if !(0...1440).contains(attention) { throw ValidationError("--attention: from 0 to 1440 minutes") }
        if from != nil, choice.isGiven {
            throw ValidationError(
                "--from: its hosts are those of the file; leave out --limit, --exclude and --where")
        }
        if from != nil, !hosts.hosts.isEmpty {
            throw ValidationError(
                "--from: its hosts are those of the file; leave out \(hosts.hosts.joined(separator: " "))")
        }
    }

    func run() async throws {
        try await turnstile.files.reportingFailure {
            let listed = try await hosts.configuration(turnstile.files) {
                choice.limits.overlay(update.overlay($0))
            }
            let configuration = try await choice.applied(to: listed)
            let fleet = try await fleet(configuration)
            guard !fleet.isEmpty else { throw CommandFailure(.usage, "there is no host to rehearse with") }
            let measured = await MeasuredPace(in: configuration.journals)
            // Simulated hosts have neither clocks nor settings of their own; 'plan' looks at the real ones.
            var settings = configuration.gates.settings
            (settings.clock, settings.drift) = (nil, nil)
            let rehearsal = Rehearsal(
                hosts: fleet, bystanders: configuration.bystanders, target: configuration.update.to,
                onFailure: update.onFailure.onFailure,
                settings: settings, timeouts: configuration.timeouts,
                pace: measured.pace, attention: .minutes(1) * attention)
            let (calm, nights) = try await play(rehearsal)
            let report = RehearsalReport(calm: calm, nights: nights, hosts: fleet.map(\.id), pace: measured)
            try output.output.show(report) { report.lines(on: $0) }
        }
    }

    /// The calm night and the others, with a living line meanwhile.
    private func play(
        _ rehearsal: Rehearsal
    ) async throws -> (calm: RehearsedNight, nights: [RehearsedNight]) {
        let progress = RehearsalProgress(nights: runs + 1)
        return try await progress.following {
            let calm = try await rehearsal.rehearseCalmly(seed: seed)
            progress.ended()
            let nights = try await rehearsal.rehearse(
                seeds: seed..<(seed + runs), atOnce: ProcessInfo.processInfo.activeProcessorCount,
                ended: { progress.ended() })
            return (calm, nights)
        }
    }

    /// Hosts and what they run, in the order they are to be upgraded.
    private func fleet(_ configuration: Configuration) async throws -> [(
        id: HostID, version: Version, etcd: String?
    )] {
        guard let from else {
            let session = try RolloutSession.open(configuration)
            let audits = try await session.audits(pace: AuditPace(), each: nil)
            await session.close()
            return try Self.fleet(audits, from: "the audit")
        }
        let name = AuditFile.name(of: from)
        let data = try AuditFile.data(from, name)
        if let report = try? JSONDecoder().decode(PlanReport.self, from: data), let plan = report.plan {
            return plan.hosts.map { host in
                (host.id, host.version, report.etcd?.members.first { $0.host == host.id }?.runs)
            }
        }
        guard let audits = try? JSONDecoder().decode([HostAudit].self, from: data) else {
            throw CommandFailure(
                .usage,
                "\(name) is neither an audit nor a plan with hosts. Make one: turnstile audit --output json > FILE"
            )
        }
        return try Self.fleet(audits, from: name)
    }

    private static func fleet(
        _ audits: [HostAudit], from name: String
    ) throws(CommandFailure) -> [(id: HostID, version: Version, etcd: String?)] {
        let unread = audits.filter { $0.version == nil }
        guard unread.isEmpty else {
            throw CommandFailure(
                .failed,
                (["\(name) does not say what these hosts run:"]
                    + unread.map { "  - \($0.host): \($0.fault ?? "its os-release names no VERSION_ID")" })
                    .joined(separator: "\n"))
        }
        return audits.compactMap { audit in
            audit.version.map { (HostID(audit.host), Version($0), audit.etcdServer) }
        }
    }
}
