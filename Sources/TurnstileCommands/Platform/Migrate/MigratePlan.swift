import ArgumentParser
import Coordinator
import Reports
import RolloutModel
import Rollouts

/// The command `turnstile platform migrate plan`.
struct MigratePlan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Every application, what is left to carry of it, and what would hold it. Changes nothing.",
        usage: "turnstile platform migrate plan [<options>]")

    @OptionGroup var clusters: MigrationOptions
    @OptionGroup var output: OutputOptions
    @ParentCommand var migrate: MigrateCommand

    func run() async throws {
        let files = migrate.files
        try await files.reportingFailure {
            let session = try MigrationSession.open(clusters, files)
            try await MigrationPreview(session: session, invocation: files.invocation).report()
                .show(output.output, files.invocation)
        }
    }
}

/// A look at both clusters that changes nothing.
struct MigrationPreview {
    let session: MigrationSession
    let invocation: Invocation

    /// - Throws: `CommandFailure` where a token cannot be read.
    func report() async throws(CommandFailure) -> MigrationReport {
        let port = try await session.port()
        var report = MigrationReport(session.plan, session.state, path: session.path)
        do throws(MigrationHold) {
            let (old, new) = (try await port.roll(.old), try await port.roll(.new))
            for hold in MigrationCheck.holds(session.plan, old: old, new: new)
                + MigrationCheck.twice(session.plan, all: old.applications)
            {
                report.add(hold, invocation)
            }
            let certificates = try await port.certificates()
            report.absentUsers = old.accounts.subtracting(new.accounts).sorted().map(\.text)
            for id in old.applications {
                let look = await look(id, port, old, new, certificates)
                report.add(id, look.picture, course(id), look.holds, look.left, invocation)
            }
        } catch {
            report.add(error, invocation)
        }
        return report
    }

    private func course(_ id: ApplicationID) -> ApplicationCourse {
        session.state?.course(of: id) ?? ApplicationCourse()
    }

    private struct Look {
        var picture: ApplicationPicture?
        var holds: [MigrationHold] = []
        var left: [MigrationAct]?
    }

    private func look(
        _ id: ApplicationID, _ port: MigrationPort, _ old: ControllerRoll, _ new: ControllerRoll,
        _ certificates: Set<DomainName>
    ) async -> Look {
        var look = Look()
        do throws(MigrationHold) {
            guard let picture = try await port.picture(.old, id) else {
                throw .applicationUnreadable(.old, why: "it is gone from there")
            }
            look.picture = picture
            look.holds = MigrationCheck.holds(picture, session.plan, all: old.applications, course(id))
            let there = try await port.picture(.new, session.plan.newID(of: id))
            let wish = ApplicationWish(picture, session.plan, certificates: certificates)
            let sight = ApplicationSight(picture: there, roll: new)
            if let there, !course(id).owns(there) {
                look.holds.append(.idTaken(there.id, owner: there.owner))
            }
            look.left = course(id).isProved ? [] : wish.acts(after: sight)
        } catch {
            look.holds.append(error)
        }
        return look
    }
}
