#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The controller's REST API, as a function of a request and of what the database has.
struct ControllerAPI: Sendable {
    var document: ControllerDocument
    /// The platform's own domain.
    var domain: String
    /// `2016-05-01T12:00:00UTC`
    var now: String
    /// True if an image can be pulled.
    var hasImage: @Sendable (String) -> Bool
    /// The state of a container, `up` or another.
    var stateOf: @Sendable (AppContainer) -> String
    private(set) var effects: [ControllerEffect] = []

    init(
        document: ControllerDocument, domain: String, now: String,
        hasImage: @escaping @Sendable (String) -> Bool = { _ in true },
        stateOf: @escaping @Sendable (AppContainer) -> String = { _ in "up" }
    ) {
        self.document = document
        self.domain = domain
        self.now = now
        self.hasImage = hasImage
        self.stateOf = stateOf
    }

    mutating func answer(_ request: HTTPRequest) -> HTTPResponse {
        do throws(ControllerRefusal) {
            return try route(request)
        } catch {
            return error.response
        }
    }

    private mutating func route(_ request: HTTPRequest) throws(ControllerRefusal) -> HTTPResponse {
        let path = request.segments
        guard path.first == "v1" else { throw .notFound }
        switch (path.dropFirst().first, path.count) {
        case ("auth", 3): return try authenticate(request, path[2])
        case ("apps", 2...): return try applications(request, Array(path.dropFirst(2)))
        case ("keys", 2...3): return try keys(request, path.count > 2 ? path[2] : nil)
        case ("certs", 2...3): return try certificates(request, path.count > 2 ? path[2] : nil)
        case ("users", 2): return try users(request)
        case ("admin", 3...4) where path[2] == "perms":
            return try admins(request, path.count > 3 ? path[3] : nil)
        default:
            _ = try user(of: request)
            throw .notFound
        }
    }

    func user(of request: HTTPRequest) throws(ControllerRefusal) -> ControllerDocument.User {
        guard let words = request.fields.value(of: "authorization")?.split(separator: " "),
            words.count == 2, words[0].lowercased() == "token"
        else { throw .unauthenticated }
        guard let user = document.users.first(where: { $0.token == words[1] }) else { throw .badToken }
        return user
    }

    mutating func note(_ effect: ControllerEffect) { effects.append(effect) }

    static func newID() -> String { UUID().uuidString.lowercased() }

    // MARK: Users

    private struct Credentials: Decodable {
        var username: String
        var password: String
        var email: String?
    }

    private mutating func authenticate(
        _ request: HTTPRequest, _ act: String
    ) throws(ControllerRefusal) -> HTTPResponse {
        guard request.method == "POST", ["register", "login"].contains(act) else { throw .notAllowed }
        let given: Credentials = try request.decoded()
        if act == "login" {
            let user = document.users.first { $0.username == given.username && $0.password == given.password }
            guard let user else {
                throw .field("non_field_errors", "Unable to login with provided credentials.")
            }
            return .json(200, ["token": user.token])
        }
        guard !document.users.contains(where: { $0.username == given.username }) else {
            throw .field("username", "User with this Username already exists.")
        }
        let user = ControllerDocument.User(
            username: given.username, email: given.email ?? "", password: given.password,
            isSuperuser: document.users.isEmpty, token: Self.newID().filter { $0 != "-" })
        document.users.append(user)
        return .json(201, ControllerView.User(user))
    }

    private func users(_ request: HTTPRequest) throws(ControllerRefusal) -> HTTPResponse {
        guard try user(of: request).isSuperuser else { throw .forbidden }
        return .json(200, ControllerView.Page(document.users.map(ControllerView.User.init), request))
    }

    private mutating func admins(
        _ request: HTTPRequest, _ name: String?
    ) throws(ControllerRefusal) -> HTTPResponse {
        guard try user(of: request).isSuperuser else { throw .forbidden }
        struct Named: Decodable { var username: String }
        switch (request.method, name) {
        case ("GET", nil):
            let admins = document.users.filter(\.isSuperuser).map(ControllerView.User.init)
            return .json(200, ControllerView.Page(admins, request))
        case ("POST", nil):
            let named: Named = try request.decoded()
            try setSuperuser(named.username, true)
            return .json(201, [String: String]())
        case ("DELETE", let name?):
            try setSuperuser(name, false)
            return HTTPResponse(status: 204)
        default: throw .notAllowed
        }
    }

    private mutating func setSuperuser(_ name: String, _ isSuperuser: Bool) throws(ControllerRefusal) {
        guard let index = document.users.firstIndex(where: { $0.username == name }) else { throw .notFound }
        document.users[index].isSuperuser = isSuperuser
    }
}

extension HTTPRequest {
    /// The body as JSON.
    func decoded<Value: Decodable>() throws(ControllerRefusal) -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(body.isEmpty ? Array("{}".utf8) : body))
        } catch {
            throw .detail(400, "JSON parse error - \(error)")
        }
    }
}
