import Coordinator
import RolloutModel

/// The applications of the old cluster now, with their names: also those that were added after an application was
/// carried.
struct OldCluster {
    var applications: [ApplicationID]
    var names: Set<DomainName>

    private static let looksAtOnce = 8

    /// - Throws: `MigrationHold` where one of the applications cannot be read.
    init(_ controller: ControllerClient) async throws(MigrationHold) {
        applications = try await controller.roll().applications
        names = []
        let pictures = await applications.mapped(atOnce: Self.looksAtOnce) { id in
            await Self.picture(of: id, controller)
        }
        for found in pictures {
            guard let picture = try found.get() else { continue }
            names.formUnion(picture.domains.union([picture.name]))
        }
    }

    private static func picture(
        of id: ApplicationID, _ controller: ControllerClient
    ) async -> Result<ApplicationPicture?, MigrationHold> {
        do throws(MigrationHold) {
            return .success(try await controller.picture(of: id))
        } catch {
            return .failure(error)
        }
    }
}
