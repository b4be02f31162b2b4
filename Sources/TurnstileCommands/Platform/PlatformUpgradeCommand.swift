import ArgumentParser
import Coordinator
import Foundation
import Reports
import RolloutModel
import Rollouts
import Settings

/// The command `turnstile platform upgrade`.
struct PlatformUpgradeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "upgrade",
        abstract: "Upgrade the platform, step by step: plans, asks, goes.",
        usage: "turnstile platform upgrade <options> [<hosts> ...]",
        discussion: """
            The commands hold, resume, abandon, status and history are for it, too. You are asked once more before the \
            point of no return. The first ^C stops before the next step where nothing runs out meanwhile; the second at once.
            """)

    @Flag(help: "The way. In place, everything is off the air; documented, applications are for a time.")
    var way: PlatformWish.Way

    @OptionGroup var hosts: HostOptions
    @OptionGroup var upgrade: PlatformUpgradeOptions
    @OptionGroup var controller: ControllerOptions
    @OptionGroup var output: OutputOptions

    @Option(
        help: ArgumentHelp(
            "The directory of the backup, which must not be there yet. (default: platform-TIME here)",
            valueName: "directory"))
    var backupInto: String?

    @Flag(help: "Tell every step, and what would hold it. Changes nothing on the platform.")
    var dryRun = false

    @Flag(help: "Do not ask: neither before it begins, nor at the point of no return.")
    var yes = false

    @ParentCommand var platform: PlatformCommand

    func validate() throws {
        guard upgrade.backedUp, backupInto != nil else { return }
        throw ValidationError("either --backed-up or --backup-into: with the first, none is made")
    }

    func run() async throws {
        let files = platform.turnstile.files
        try await files.reportingFailure {
            let configuration = try await hosts.configuration(files)
            let terminal = RolloutTerminal(
                configuration, files.invocation, output: output.output, answers: .yes(yes))
            if !dryRun { try terminal.requirePresence() }
            if let backupInto { try BackupDirectory(path: backupInto).requireNew() }
            let preflight = try await PlatformSession.with(configuration, controller: controller.place) {
                try await PlatformPreflight.of(
                    upgrade.choice, way: way, backup: backupInto ?? BackupDirectory.newPath, $0)
            }
            guard !dryRun else { return try preflight.show(output.output, files.invocation) }
            let plan = try preflight.requireOpen()
            var draft = try configuration.draft
            draft.acceptsNoReturn = yes
            draft.rollout = draft.rollout.ofPlatform
            try await terminal.attended {
                try await UseCases.live(configuration, terminal).upgrade(plan, draft)
            }
            .conclude(files.invocation)
        }
    }
}

extension PlatformWish.Way: EnumerableFlag {}
