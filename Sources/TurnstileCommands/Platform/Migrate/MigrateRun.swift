import ArgumentParser
import Coordinator
import Foundation
import Reports
import RolloutJournal
import RolloutModel
import Rollouts

/// The command `turnstile platform migrate run`.
struct MigrateRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Carry applications to the new cluster, and prove each through every new router.",
        discussion: """
            Goes on with what is left, also after it was killed: the new cluster is looked at first, and only what it \
            lacks is asked for. The old cluster is not changed, and no client notices anything: DNS comes later. ^C \
            stops before the next act. Exit code 2 where an application holds, or the run was stopped.
            """)

    @OptionGroup var clusters: MigrationOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "Applications, by their ids at the old cluster. (default: all)")
    var applications: [ApplicationID] = []

    @Flag(name: .customLong("continue"), help: "Go on with the others where an application holds.")
    var goesOn = false

    @Flag(help: "Tell what is left to be done, and what would hold it, as plan does. Changes nothing.")
    var dryRun = false

    @Option(help: ArgumentHelp("Carry so many applications at once.", valueName: "count"))
    var atOnce = 1

    @Option(
        name: .customLong("adopt"),
        help: ArgumentHelp(
            "The new cluster's application of that id is this one; may be given again.",
            valueName: "application"))
    var adopted: [ApplicationID] = []

    @Option(
        name: .customLong("again"),
        help: ArgumentHelp(
            "Carry this one once more, as the old cluster has it now; may be given again.",
            valueName: "application")
    )
    var again: [ApplicationID] = []

    @Flag(help: "Only give proved applications to their users who registered since.")
    var grants = false

    @Flag(help: "Take the migration over from an operator whose turnstile is dead for good.")
    var takeOver = false

    @Option(
        help: ArgumentHelp(
            "So long a controller may go on with what nobody waited for, before it is asked again.",
            valueName: "seconds"))
    var settle = 600

    @Option(
        help: ArgumentHelp(
            "So long an application may take to answer after its last act.",
            valueName: "seconds"))
    var prove = 300

    @ParentCommand var migrate: MigrateCommand

    func validate() throws {
        guard (1...32).contains(atOnce) else { throw ValidationError("--at-once \(atOnce): 1 to 32") }
        guard (0...86_400).contains(settle), (0...86_400).contains(prove) else {
            throw ValidationError("--settle and --prove: 0 to 86400 seconds")
        }
        guard !grants || again.isEmpty else {
            throw ValidationError("--again carries applications, and --grants carries none: leave one out")
        }
        if let id = again.first(where: { !applications.isEmpty && !applications.contains($0) }) {
            throw ValidationError("--again \(id): name it among the applications, too, or name none")
        }
    }

    func run() async throws {
        let files = migrate.files
        try await files.reportingFailure {
            Interruptions.outliveReaders()
            let session = try MigrationSession.open(clusters, files)
            guard !dryRun else {
                return try await MigrationPreview(session: session, invocation: files.invocation).report()
                    .show(output.output, files.invocation)
            }
            let port = try await session.port()
            // A controller that was written wrong begins no record.
            if session.state == nil { try await port.requireAnswers() }
            let record = try await session.record()
            let hold = HoldSwitch()
            let run = carriage(port, record, hold)
            let stop = try await Interruptions.heard(
                hold, before: "act", goOnWith: files.invocation.command("platform migrate run")
            ) { await run.stop }
            if let stop { throw MigrationText.failure(stop) }
            let report = MigrationReport(await record.state, path: session.path, files.invocation)
            try report.show(output.output, files.invocation)
            if await hold.isAsked {
                throw CommandFailure(.held, "stopped on request: run again to go on with what is left")
            }
        }
    }

    private func carriage(
        _ port: MigrationPort, _ record: MigrationRecord, _ hold: HoldSwitch
    ) -> MigrationRun {
        MigrationRun(
            port: port, record: record,
            pace: MigrationPace(
                atOnce: atOnce, settling: .seconds(settle), proving: .seconds(prove), interval: .seconds(2)),
            clock: .live,
            wishes: .init(
                only: Set(applications), goesOn: goesOn, adopted: Set(adopted), again: Set(again),
                grantsOnly: grants, takesOver: takeOver),
            isInterrupted: { await hold.isAsked },
            tell: { notice in
                if let line = MigrationText.line(notice) { say(ForeignText.line(line)) }
            })
    }
}

extension MigrationPort {
    /// - Throws: `CommandFailure` where one of the controllers does not tell its applications.
    fileprivate func requireAnswers() async throws(CommandFailure) {
        do throws(MigrationHold) {
            for side in MigrationSide.allCases { _ = try await roll(side) }
        } catch {
            throw MigrationText.held([error])
        }
    }
}

extension MigrationRun {
    /// Runs, and gives the reason why the run stopped; nil where it came to its end.
    fileprivate var stop: Stop? {
        get async {
            do throws(Stop) {
                try await run(by: OperatorName.text)
                return nil
            } catch {
                return error
            }
        }
    }
}

extension MigrationClock {
    static let live = MigrationClock(
        now: { Int64(exactly: Date.now.timeIntervalSince1970.rounded(.down)) ?? 0 },
        // A sleep ends early only where the process is about to end.
        sleep: { try? await Task.sleep(for: $0) })
}
