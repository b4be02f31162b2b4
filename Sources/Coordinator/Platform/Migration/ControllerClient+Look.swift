import ClusterAnswers
import HostFiles
public import RolloutModel

extension ControllerClient {
    /// The applications of all owners, the users, and the certificates: all pages of each.
    public func roll() async throws(MigrationHold) -> ControllerRoll {
        let first = try await get(["apps/?page_size=1"])[0]
        guard let api = ControllerHeaders(first.headers)?.api else {
            throw .controllerSilent(side, why: "it does not tell the version of its API")
        }
        // Only an administrator is told all users; others would be told their own applications alone.
        let users = try await all(ControllerRecord.User.self, "users/") { $0.username }
        let apps = try await all(ControllerRecord.Application.self, "apps/") { $0.id }
        let certificates = try await all(ControllerRecord.Certificate.self, "certs/") { $0.commonName }
        return ControllerRoll(
            api: api,
            applications: try apps.map { app throws(MigrationHold) in try checked(app.id) }
                .filter { $0 != MigrationClaim.application }.sorted(),
            accounts: Set(try users.map { user throws(MigrationHold) in try checked(user.username) }),
            certificates: Set(certificates.map { ForeignText.line($0.commonName, charactersMax: 255) }))
    }

    private func checked<Text: CheckedText>(_ text: String) throws(MigrationHold) -> Text {
        guard let checked = Text(text) else {
            throw .listUnreadable(
                side, why: "'\(ForeignText.line(text, charactersMax: 80))' is no \(Text.kind)")
        }
        return checked
    }

    /// An application as it is now.
    ///
    /// - Returns: nil where there is none of that id.
    public func picture(of id: ApplicationID) async throws(MigrationHold) -> ApplicationPicture? {
        let answers = try await get(ApplicationAnswers.paths(of: id))
        guard answers[0].status != 404 else { return nil }
        let parts: ApplicationAnswers
        do throws(ApplicationAnswers.Fault) {
            parts = try ApplicationAnswers(answers)
        } catch {
            throw .applicationUnreadable(side, why: error.why)
        }
        var builds = parts.builds
        var containers = parts.containers
        if parts.hasMoreBuilds, parts.wantsBuild {
            builds = try await all(ControllerRecord.Build.self, "apps/\(id)/builds/") { $0.uuid }
        }
        if parts.hasMoreContainers {
            containers = try await all(ControllerRecord.Container.self, "apps/\(id)/containers/") {
                "\($0.type).\($0.num).\($0.release ?? "")"
            }
        }
        do throws(ApplicationAnswers.Fault) {
            return try parts.picture(builds, containers)
        } catch {
            throw .applicationUnreadable(side, why: error.why)
        }
    }
}
