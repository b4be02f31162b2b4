/// All that the controller keeps in the database.
struct ControllerDocument: Codable, Hashable, Sendable {
    struct User: Codable, Hashable, Sendable {
        var username: String
        var email: String
        var password: String
        var isSuperuser: Bool
        var token: String
    }

    struct App: Codable, Hashable, Sendable {
        var uuid: String
        var id: String
        var owner: String
        /// How many containers of each type are asked for.
        var structure: [String: Int] = [:]
        var created: String
        var updated: String
        var configs: [Config]
        var builds: [Build] = []
        var releases: [Release]
        var domains: [Domain] = []
        /// Users beside the owner who may use it.
        var users: [String] = []
    }

    struct Config: Codable, Hashable, Sendable {
        var uuid: String
        var values: [String: String] = [:]
        var memory: [String: String] = [:]
        var cpu: [String: String] = [:]
        var tags: [String: String] = [:]
        var created: String
    }

    struct Build: Codable, Hashable, Sendable {
        var uuid: String
        var image: String
        var procfile: [String: String] = [:]
        var created: String
    }

    struct Release: Codable, Hashable, Sendable {
        var uuid: String
        var version: Int
        var build: String?
        var config: String
        var summary: String
        var created: String
    }

    struct Domain: Codable, Hashable, Sendable {
        var domain: String
        var created: String
    }

    struct Certificate: Codable, Hashable, Sendable {
        var name: String
        var owner: String
        var certificate: String
        var key: String
        var created: String
    }

    struct Key: Codable, Hashable, Sendable {
        var uuid: String
        var id: String
        var owner: String
        var publicKey: String
        var created: String
    }

    /// The version of the platform whose controller migrated it last; empty before the first did.
    var schema = ""
    var users: [User] = []
    var apps: [App] = []
    var certificates: [Certificate] = []
    var keys: [Key] = []
}

extension ControllerDocument.App {
    /// Each application has one from its creation on.
    var release: ControllerDocument.Release {
        releases.last ?? .init(uuid: "", version: 0, build: nil, config: "", summary: "", created: created)
    }

    var config: ControllerDocument.Config {
        configs.first { $0.uuid == release.config } ?? .init(uuid: "", created: created)
    }

    var image: String? { builds.first { $0.uuid == release.build }?.image }

    /// The containers that should run, of the newest release; none before the first build.
    var containers: [AppContainer] {
        guard image != nil else { return [] }
        return structure.sorted { $0.key < $1.key }.flatMap { type, count in
            (0..<max(0, count)).map {
                AppContainer(application: id, version: release.version, type: type, number: $0 + 1)
            }
        }
    }

    func isUsable(by user: ControllerDocument.User) -> Bool {
        user.isSuperuser || owner == user.username || users.contains(user.username)
    }
}
