/// The answers of the controller's API about its things.
enum ControllerView {
    struct App: Encodable, Hashable, Sendable {
        var uuid: String
        var id: String
        var owner: String
        var url: String
        var structure: [String: Int]
        var created: String
        var updated: String
    }

    struct Config: Encodable, Hashable, Sendable {
        var uuid: String
        var app: String
        var owner: String
        var values: [String: String]
        var memory: [String: String]
        var cpu: [String: String]
        var tags: [String: String]
        var created: String
        var updated: String
    }

    struct Build: Encodable, Hashable, Sendable {
        var uuid: String
        var app: String
        var owner: String
        var image: String
        var sha = ""
        var dockerfile = ""
        var procfile: [String: String]
        var created: String
        var updated: String
    }

    struct Release: Encodable, Hashable, Sendable {
        var uuid: String
        var app: String
        var owner: String
        var build: String?
        var config: String
        var version: Int
        var summary: String
        var created: String
        var updated: String
    }

    struct Container: Encodable, Hashable, Sendable {
        var app: String
        var owner: String
        var release: String
        var type: String
        var num: Int
        var state: String
        var created: String
        var updated: String
    }

    struct Domain: Encodable, Hashable, Sendable {
        var app: String
        var owner: String
        var domain: String
        var created: String
        var updated: String
    }

    struct Certificate: Encodable, Hashable, Sendable {
        var common_name: String
        var owner: String
        var expires = "2030-01-01T00:00:00UTC"
        var created: String
        var updated: String
    }

    struct Key: Encodable, Hashable, Sendable {
        var uuid: String
        var id: String
        var owner: String
        var `public`: String
        var created: String
        var updated: String
    }

    struct User: Encodable, Hashable, Sendable {
        var username: String
        var email: String
        var is_superuser: Bool
        var is_active = true
    }

    struct Limits: Encodable, Hashable, Sendable {
        var memory: [String: String]
        var cpu: [String: String]
    }

    struct Tags: Encodable, Hashable, Sendable {
        var tags: [String: String]
    }

    /// A page of a list. The addresses of its neighbours are nil at the ends of the list.
    struct Page<Item: Encodable & Hashable & Sendable>: Encodable, Hashable, Sendable {
        var count: Int
        var next: String?
        var previous: String?
        var results: [Item]

        init(_ all: [Item], _ request: HTTPRequest) {
            let size = max(1, request.query("page_size").flatMap { Int($0) } ?? 100)
            let page = max(1, min(all.count / size + 1, request.query("page").flatMap { Int($0) } ?? 1))
            let start = min(all.count, (page - 1) * size)
            let end = min(all.count, start + size)
            count = all.count
            results = Array(all[start..<end])
            let address = "http://\(request.hostName)\(request.path)?page_size=\(size)&page="
            next = end < all.count ? "\(address)\(page + 1)" : nil
            previous = page > 1 ? "\(address)\(page - 1)" : nil
        }

        enum CodingKeys: String, CodingKey {
            case count, next, previous, results
        }

        /// Writes `null` for an address that there is not.
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(count, forKey: .count)
            try container.encode(next, forKey: .next)
            try container.encode(previous, forKey: .previous)
            try container.encode(results, forKey: .results)
        }
    }
}

extension ControllerView.App {
    init(_ app: ControllerDocument.App, domain: String) {
        self.init(
            uuid: app.uuid, id: app.id, owner: app.owner, url: "\(app.id).\(domain)",
            structure: app.structure,
            created: app.created, updated: app.updated)
    }
}

extension ControllerView.Config {
    init(_ config: ControllerDocument.Config, of app: ControllerDocument.App) {
        self.init(
            uuid: config.uuid, app: app.id, owner: app.owner, values: config.values, memory: config.memory,
            cpu: config.cpu, tags: config.tags, created: config.created, updated: config.created)
    }
}

extension ControllerView.Build {
    init(_ build: ControllerDocument.Build, of app: ControllerDocument.App) {
        self.init(
            uuid: build.uuid, app: app.id, owner: app.owner, image: build.image, procfile: build.procfile,
            created: build.created, updated: build.created)
    }
}

extension ControllerView.Release {
    init(_ release: ControllerDocument.Release, of app: ControllerDocument.App) {
        self.init(
            uuid: release.uuid, app: app.id, owner: app.owner, build: release.build, config: release.config,
            version: release.version, summary: release.summary, created: release.created,
            updated: release.created)
    }
}

extension ControllerView.Container {
    init(_ container: AppContainer, of app: ControllerDocument.App, state: String) {
        self.init(
            app: app.id, owner: app.owner, release: "v\(container.version)", type: container.type,
            num: container.number, state: state, created: app.updated, updated: app.updated)
    }
}

extension ControllerView.Domain {
    init(_ domain: ControllerDocument.Domain, of app: ControllerDocument.App) {
        self.init(
            app: app.id, owner: app.owner, domain: domain.domain, created: domain.created,
            updated: domain.created)
    }
}

extension ControllerView.Key {
    init(_ key: ControllerDocument.Key) {
        self.init(
            uuid: key.uuid, id: key.id, owner: key.owner, public: key.publicKey, created: key.created,
            updated: key.created)
    }
}

extension ControllerView.User {
    init(_ user: ControllerDocument.User) {
        self.init(username: user.username, email: user.email, is_superuser: user.isSuperuser)
    }
}
