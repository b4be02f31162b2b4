import Coordinator
import Foundation
import Reports
import RolloutJournal
import RolloutModel
import Rollouts
import Settings

/// A migration that a command is about: its plan, and its record where there is one.
struct MigrationSession {
    let configuration: Configuration
    let plan: MigrationPlan
    /// nil before the first run.
    let state: MigrationState?
    let path: String

    /// - Throws: `CommandFailure` where the options name no migration, and there is not one alone.
    static func open(_ options: MigrationOptions, _ files: FileOptions) throws -> MigrationSession {
        let configuration = try files.load()
        let directory = JournalDirectory(path: configuration.journal)
        let path = try recordPath(options, directory)
        let state = try path.flatMap { path throws(CommandFailure) in try Self.state(at: path) }
        guard let plan = options.plan(over: state?.plan) else {
            throw CommandFailure(
                .usage,
                "say which clusters with --old and --new: there is no migration in '\(directory.path)'")
        }
        if let path, let known = state?.plan, !known.isSameMigration(as: plan) {
            let clusters = ForeignText.line("from \(known.old.url) to \(known.new.url)")
            throw CommandFailure(
                .usage, "'\(path)' is of the migration \(clusters): name these with --old and --new")
        }
        if let router = plan.new.routers.first(where: { plan.old.routers.contains($0) }) {
            throw CommandFailure(
                .usage, "'\(router)' is named as a router of both clusters: its answers prove nothing")
        }
        return MigrationSession(
            configuration: configuration, plan: plan, state: state,
            path: path ?? directory.migrationPath(from: plan.old.url.hostInURL, to: plan.new.url.hostInURL))
    }

    private static func recordPath(
        _ options: MigrationOptions, _ directory: JournalDirectory
    ) throws -> String? {
        if let old = options.old?.withoutSlash, let new = options.new?.withoutSlash {
            return directory.migrationPath(from: old.hostInURL, to: new.hostInURL)
        }
        let found = try directory.migrations()
        guard found.count < 2 else {
            throw CommandFailure(
                .usage,
                "say which migration with --old and --new; there are:\n"
                    + found.map { "  \($0)" }.joined(separator: "\n"))
        }
        return found.first
    }

    private static func state(at path: String) throws(CommandFailure) -> MigrationState? {
        do throws(JournalError) {
            return try JournalDirectory.readMigration(at: path)
        } catch .notFound {
            return nil
        } catch {
            throw MigrationText.failure(error)
        }
    }

    /// The state, for a command that needs a run before it.
    func begun() throws(CommandFailure) -> MigrationState {
        guard let state else {
            throw CommandFailure(
                .failed, "no application was carried yet: begin with 'turnstile platform migrate run'")
        }
        return state
    }

    func controller(_ side: MigrationSide) async throws(CommandFailure) -> ControllerClient {
        let cluster = side == .old ? plan.old : plan.new
        return ControllerClient(
            side: side, url: cluster.url, token: try await TokenFile.token(cluster.tokenFile, side),
            client: .here)
    }

    func port() async throws(CommandFailure) -> MigrationPort {
        .live(
            plan, old: try await controller(.old), new: try await controller(.new), client: .here,
            certificates: CertificateDirectory.source(plan.certificates), operatorName: OperatorName.text)
    }

    /// The record, open for writing.
    func record() async throws(CommandFailure) -> MigrationRecord {
        do throws(JournalError) {
            let record = try await JournalDirectory(path: configuration.journal).migration(plan, at: path)
            let earlier = await record.state.plan
            guard earlier.isSameMigration(as: plan) else { throw JournalError.overtaken(path: path) }
            if earlier != plan { try await record.append(.planned(plan)) }
            return record
        } catch {
            throw MigrationText.failure(error)
        }
    }
}

extension MigrationState {
    /// The state itself, where the applications are proved. An id written wrong is not passed over: nothing to look at
    /// would count as all done.
    ///
    /// - Parameter chosen: empty for all that are proved, of which there must be one.
    func proved(_ chosen: [ApplicationID]) throws(CommandFailure) -> MigrationState {
        let unproved = chosen.filter { !course(of: $0).isProved }.map(\.text)
        guard unproved.isEmpty, courses.values.contains(where: \.isProved) else {
            let who = unproved.isEmpty ? "no application is" : "\(Names.text(unproved)): not"
            throw CommandFailure(
                .failed, "\(who) proved at the new cluster: see 'turnstile platform migrate status'")
        }
        return self
    }
}

extension String {
    /// The host and port of a URL.
    fileprivate var hostInURL: String {
        let rest = firstRange(of: "://").map { self[$0.upperBound...] } ?? self[...]
        return String(rest.prefix { $0 != "/" })
    }
}
