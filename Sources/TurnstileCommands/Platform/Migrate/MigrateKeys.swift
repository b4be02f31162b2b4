import ArgumentParser
import Coordinator
import Reports
import RolloutModel

/// The command `turnstile platform migrate keys`.
struct MigrateKeys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Carry one user's public SSH keys: each user does so, with their own tokens.",
        usage: "turnstile platform migrate keys [<options>]",
        discussion: "A controller tells a user's keys to that user alone, an administrator included.")

    @OptionGroup var clusters: MigrationOptions
    @ParentCommand var migrate: MigrateCommand

    func run() async throws {
        let files = migrate.files
        try await files.reportingFailure {
            let session = try MigrationSession.open(clusters, files)
            let keys = UserKeys(
                old: try await session.controller(.old), new: try await session.controller(.new))
            let carried: [UserKeys.Carried]
            do throws(MigrationHold) {
                carried = try await keys.carry()
            } catch {
                throw MigrationText.held([error])
            }
            for key in carried {
                print("\(key.id): \(key.refusal ?? (key.wasThere ? "was there" : "carried"))")
            }
            if carried.isEmpty { say("the old cluster has no key of this user") }
            guard carried.allSatisfy({ $0.refusal == nil }) else {
                throw CommandFailure(.held, "not every key could be carried: see above")
            }
        }
    }
}
