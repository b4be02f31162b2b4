#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension ControllerAPI {
    mutating func releases(_ call: AppCall) throws(ControllerRefusal) -> HTTPResponse {
        let app = document.apps[call.index]
        switch (call.request.method, call.rest.first) {
        case ("GET", nil):
            let views = app.releases.reversed().map { ControllerView.Release($0, of: app) }
            return .json(200, ControllerView.Page(views, call.request))
        case ("POST", "rollback"):
            struct Wanted: Decodable { var version: Int? }
            let wanted: Wanted = try call.request.decoded()
            let version = wanted.version ?? app.release.version - 1
            guard let earlier = app.releases.first(where: { $0.version == version }) else { throw .notFound }
            release(
                call, build: earlier.build, config: earlier.config,
                "\(call.user.username) rolled back to v\(version)")
            return .json(201, ["version": document.apps[call.index].release.version])
        case ("GET", let name?):
            guard let release = app.releases.first(where: { "v\($0.version)" == name }) else {
                throw .notFound
            }
            return .json(200, ControllerView.Release(release, of: app))
        default: throw .notAllowed
        }
    }

    mutating func builds(_ call: AppCall) throws(ControllerRefusal) -> HTTPResponse {
        switch (call.request.method, call.rest.first) {
        case ("GET", nil):
            let app = document.apps[call.index]
            let views = app.builds.reversed().map { ControllerView.Build($0, of: app) }
            return .json(200, ControllerView.Page(views, call.request))
        case ("POST", nil): return try build(call)
        default: throw .notAllowed
        }
    }

    /// A pull of an image. An application without a Procfile runs its image's own command, which is no `web`.
    private mutating func build(_ call: AppCall) throws(ControllerRefusal) -> HTTPResponse {
        struct Given: Decodable {
            var image: String
            var procfile: [String: String]?
        }
        let given: Given = try call.request.decoded()
        guard hasImage(given.image) else { throw .detail(503, "Pulling failed: Tag not found") }
        let build = ControllerDocument.Build(
            uuid: Self.newID(), image: given.image, procfile: given.procfile ?? [:], created: now)
        let isFirst = document.apps[call.index].builds.isEmpty
        document.apps[call.index].builds.append(build)
        if isFirst {
            document.apps[call.index].structure = [build.procfile["web"] == nil ? "cmd" : "web": 1]
        }
        release(
            call, build: build.uuid, config: document.apps[call.index].release.config,
            "\(call.user.username) deployed \(given.image)")
        let app = document.apps[call.index]
        note(.keepImage(application: app.id, tag: "v\(app.release.version)"))
        var response = HTTPResponse.json(201, ControllerView.Build(build, of: app))
        response.fields.append(HTTPField("Deis-Release", "\(app.release.version)"))
        return response
    }

    mutating func config(_ call: AppCall) throws(ControllerRefusal) -> HTTPResponse {
        try changeConfig(call) { ControllerView.Config($0, of: $1) }
    }

    mutating func limits(_ call: AppCall) throws(ControllerRefusal) -> HTTPResponse {
        try changeConfig(call) { config, _ in
            ControllerView.Limits(memory: config.memory, cpu: config.cpu)
        }
    }

    mutating func tags(_ call: AppCall) throws(ControllerRefusal) -> HTTPResponse {
        try changeConfig(call) { config, _ in ControllerView.Tags(tags: config.tags) }
    }

    /// Every change of a setting, a limit or a tag is a release of its own. A null takes the value away.
    private mutating func changeConfig(
        _ call: AppCall,
        _ view: (ControllerDocument.Config, ControllerDocument.App) -> some Encodable
    ) throws(ControllerRefusal) -> HTTPResponse {
        let app = document.apps[call.index]
        guard call.request.method == "POST" else {
            guard call.request.method == "GET" else { throw .notAllowed }
            return .json(200, view(app.config, app))
        }
        let change: ConfigChange = try call.request.decoded()
        var config = app.config
        config.uuid = Self.newID()
        config.created = now
        config.values.apply(change.values)
        config.memory.apply(change.memory)
        config.cpu.apply(change.cpu)
        config.tags.apply(change.tags)
        document.apps[call.index].configs.append(config)
        note(.setConfig(application: app.id, values: config.values))
        release(
            call, build: app.release.build, config: config.uuid, "\(call.user.username) changed the config")
        return .json(201, view(config, document.apps[call.index]))
    }

    /// Makes the next release, and runs it.
    private mutating func release(_ call: AppCall, build: String?, config: String, _ summary: String) {
        let version = document.apps[call.index].release.version + 1
        document.apps[call.index].releases.append(
            .init(
                uuid: Self.newID(), version: version, build: build, config: config, summary: summary,
                created: now))
        document.apps[call.index].updated = now
        if build != nil { noteContainers(call.index) }
    }
}

/// The changes that a client wants in an application's settings.
struct ConfigChange: Decodable, Hashable, Sendable {
    var values: [String: Setting?]?
    var memory: [String: Setting?]?
    var cpu: [String: Setting?]?
    var tags: [String: Setting?]?

    /// A text, or a number that becomes one.
    enum Setting: Decodable, Hashable, Sendable {
        case text(String)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .text(text)
            } else {
                self = .text("\(try container.decode(Double.self))")
            }
        }
    }
}

extension [String: String] {
    fileprivate mutating func apply(_ change: [String: ConfigChange.Setting?]?) {
        for (key, value) in change ?? [:] {
            switch value {
            case .text(let text)?: self[key] = text
            case nil: self[key] = nil
            }
        }
    }
}
