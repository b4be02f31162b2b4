extension ControllerAPI {
    /// - Parameter path: what follows `/v1/apps`.
    mutating func applications(
        _ request: HTTPRequest, _ path: [String]
    ) throws(ControllerRefusal) -> HTTPResponse {
        let user = try user(of: request)
        guard let id = path.first else { return try allApplications(request, user) }
        guard let index = document.apps.firstIndex(where: { $0.id == id }) else { throw .notFound }
        guard document.apps[index].isUsable(by: user) else { throw .forbidden }
        let call = AppCall(index: index, user: user, request: request, rest: Array(path.dropFirst(2)))
        switch path.dropFirst().first {
        case nil: return try application(call)
        case "releases": return try releases(call)
        case "builds": return try builds(call)
        case "config": return try config(call)
        case "limits": return try limits(call)
        case "tags": return try tags(call)
        case "containers": return try containers(call)
        case "scale": return try scale(call)
        case "domains": return try domains(call)
        case "perms": return try permissions(call)
        default: throw .notFound
        }
    }

    /// A request about one application.
    struct AppCall {
        var index: Int
        var user: ControllerDocument.User
        var request: HTTPRequest
        /// The parts of the path after the application's, such as a domain.
        var rest: [String]
    }

    private mutating func allApplications(
        _ request: HTTPRequest, _ user: ControllerDocument.User
    ) throws(ControllerRefusal) -> HTTPResponse {
        switch request.method {
        case "GET":
            let apps = document.apps.filter { $0.isUsable(by: user) }.sorted { $0.id < $1.id }
            return .json(
                200, ControllerView.Page(apps.map { ControllerView.App($0, domain: domain) }, request))
        case "POST":
            struct Named: Decodable { var id: String? }
            let named: Named = try request.decoded()
            return try create(named.id ?? "practice-\(document.apps.count + 1)", owner: user)
        default: throw .notAllowed
        }
    }

    private mutating func create(
        _ id: String, owner: ControllerDocument.User
    ) throws(ControllerRefusal) -> HTTPResponse {
        let letters = Set("abcdefghijklmnopqrstuvwxyz0123456789-")
        guard !id.isEmpty, id.allSatisfy(letters.contains) else {
            throw .field("id", "App IDs can only contain [a-z0-9-].")
        }
        guard DeisComponent(rawValue: id) == nil, !["deis", "deis-store"].contains(id) else {
            throw .field("id", "App IDs cannot be deis or the name of a component.")
        }
        guard !document.apps.contains(where: { $0.id == id }) else {
            throw .field("id", "App with this id already exists.")
        }
        let config = ControllerDocument.Config(uuid: Self.newID(), created: now)
        let release = ControllerDocument.Release(
            uuid: Self.newID(), version: 1, build: nil, config: config.uuid,
            summary: "\(owner.username) created initial release", created: now)
        let app = ControllerDocument.App(
            uuid: Self.newID(), id: id, owner: owner.username, created: now, updated: now, configs: [config],
            releases: [release])
        document.apps.append(app)
        note(.makeServices(application: id))
        return .json(201, ControllerView.App(app, domain: domain))
    }

    private mutating func application(_ call: AppCall) throws(ControllerRefusal) -> HTTPResponse {
        let app = document.apps[call.index]
        switch call.request.method {
        case "GET": return .json(200, ControllerView.App(app, domain: domain))
        // Since API 1.7 (docs/reference/api-v1.7.rst).
        case "POST":
            try demandOwner(call)
            struct Given: Decodable { var owner: String }
            let given: Given = try call.request.decoded()
            guard document.users.contains(where: { $0.username == given.owner }) else { throw .notFound }
            document.apps[call.index].owner = given.owner
            return .json(200, ControllerView.App(document.apps[call.index], domain: domain))
        case "DELETE":
            try demandOwner(call)
            document.apps.remove(at: call.index)
            note(.run([], application: app.id, image: ""))
            for domain in app.domains { note(.removeDomain(domain.domain)) }
            note(.removeServices(application: app.id))
            note(.removeConfig(application: app.id))
            return HTTPResponse(status: 204)
        default: throw .notAllowed
        }
    }

    func demandOwner(_ call: AppCall) throws(ControllerRefusal) {
        guard call.user.isSuperuser || document.apps[call.index].owner == call.user.username else {
            throw .forbidden
        }
    }

    private mutating func containers(_ call: AppCall) throws(ControllerRefusal) -> HTTPResponse {
        guard call.request.method == "GET" else { throw .notAllowed }
        let app = document.apps[call.index]
        let type = call.rest.first
        let views = app.containers.filter { type == nil || $0.type == type }
            .map { ControllerView.Container($0, of: app, state: stateOf($0)) }
        return .json(200, ControllerView.Page(views, call.request))
    }

    private mutating func scale(_ call: AppCall) throws(ControllerRefusal) -> HTTPResponse {
        guard call.request.method == "POST" else { throw .notAllowed }
        let counts: [String: Int] = try call.request.decoded()
        guard document.apps[call.index].image != nil else {
            throw .detail(400, "No build associated with this release")
        }
        guard counts.values.allSatisfy({ $0 >= 0 }) else { throw .detail(400, "Invalid scaling format") }
        document.apps[call.index].structure.merge(counts) { $1 }
        document.apps[call.index].updated = now
        noteContainers(call.index)
        return HTTPResponse(status: 204)
    }

    func noteContainersEffect(_ app: ControllerDocument.App) -> ControllerEffect {
        .run(app.containers, application: app.id, image: app.image ?? "")
    }

    mutating func noteContainers(_ index: Int) { note(noteContainersEffect(document.apps[index])) }

    private mutating func domains(_ call: AppCall) throws(ControllerRefusal) -> HTTPResponse {
        let app = document.apps[call.index]
        switch (call.request.method, call.rest.first) {
        case ("GET", nil):
            return .json(
                200,
                ControllerView.Page(app.domains.map { ControllerView.Domain($0, of: app) }, call.request))
        case ("POST", nil):
            struct Named: Decodable { var domain: String }
            let named: Named = try call.request.decoded()
            guard named.domain.contains("."), !named.domain.hasPrefix("*") else {
                throw .field("domain", "Hostname does not look like a valid hostname.")
            }
            guard !document.apps.contains(where: { $0.domains.contains { $0.domain == named.domain } }) else {
                throw .field("domain", "The domain \(named.domain) is already in use by another app")
            }
            let domain = ControllerDocument.Domain(domain: named.domain, created: now)
            document.apps[call.index].domains.append(domain)
            note(.setDomain(named.domain, application: app.id))
            return .json(201, ControllerView.Domain(domain, of: app))
        case ("DELETE", let name?):
            guard app.domains.contains(where: { $0.domain == name }) else { throw .notFound }
            document.apps[call.index].domains.removeAll { $0.domain == name }
            note(.removeDomain(name))
            return HTTPResponse(status: 204)
        default: throw .notAllowed
        }
    }

    private mutating func permissions(_ call: AppCall) throws(ControllerRefusal) -> HTTPResponse {
        switch (call.request.method, call.rest.first) {
        case ("GET", nil): return .json(200, ["users": document.apps[call.index].users])
        case ("POST", nil):
            try demandOwner(call)
            struct Named: Decodable { var username: String }
            let named: Named = try call.request.decoded()
            guard document.users.contains(where: { $0.username == named.username }) else { throw .notFound }
            if !document.apps[call.index].users.contains(named.username) {
                document.apps[call.index].users.append(named.username)
            }
            return .json(201, [String: String]())
        case ("DELETE", let name?):
            try demandOwner(call)
            guard document.apps[call.index].users.contains(name) else { throw .notFound }
            document.apps[call.index].users.removeAll { $0 == name }
            return HTTPResponse(status: 204)
        default: throw .notAllowed
        }
    }
}
