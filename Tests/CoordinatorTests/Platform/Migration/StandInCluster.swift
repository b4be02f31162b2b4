import Foundation
import RolloutModel
import Synchronization

@testable import Coordinator
@testable import PracticeHost

/// A cluster of Deis in this process: a controller, and two routers that go by what the controller has.
final class StandInCluster: Sendable {
    let side: String
    let state: Mutex<State>

    struct State {
        var document = ControllerDocument()
        var api = "1.7"
        /// The changes that the controller carried out, `POST apps/shop/scale/`, without those of the claim and of users.
        var changes: [String] = []
        /// The status of each application; 200 for one that is not here.
        var statuses: [String: Int] = [:]
        /// Called before each request is answered; nil as its result lets the request pass.
        var fault: (@Sendable (HTTPRequest) -> WebAnswer?)?
    }

    static let admin = "admin"

    init(_ side: String) {
        self.side = side
        state = Mutex(State())
        _ = send("POST", "auth/register/", ["username": Self.admin, "password": "p", "email": "a@b.c"])
    }

    var domain: String { "\(side).test" }
    var url: String { "http://deis.\(domain)" }
    var routers: [String] { ["router-1.\(domain)", "router-2.\(domain)"] }
    var document: ControllerDocument { state.withLock { $0.document } }
    var changes: [String] { state.withLock { $0.changes } }

    func token(of user: String = admin) -> String {
        document.users.first { $0.username == user }?.token ?? "none"
    }

    func register(_ user: String) {
        _ = send("POST", "auth/register/", ["username": user, "password": "p", "email": "a@b.c"])
    }

    /// Makes an application that runs.
    func make(
        _ id: String, values: [String: String] = ["GREETING": "hello"],
        procfile: [String: String] = ["web": "run"],
        scale: [String: Int] = ["web": 2], domains: [String] = [], users: [String] = [], owner: String = admin
    ) {
        _ = send("POST", "apps/", ["id": id], as: owner)
        _ = send("POST", "apps/\(id)/config/", ["values": values])
        struct Build: Encodable {
            var image: String
            var procfile: [String: String]
        }
        _ = send("POST", "apps/\(id)/builds/", Build(image: "\(id):1", procfile: procfile))
        _ = send("POST", "apps/\(id)/scale/", scale)
        for domain in domains { _ = send("POST", "apps/\(id)/domains/", ["domain": domain]) }
        for user in users { _ = send("POST", "apps/\(id)/perms/", ["username": user]) }
        state.withLock { $0.changes = [] }
    }

    @discardableResult
    func send(
        _ method: String, _ path: String, _ body: some Encodable, as user: String = admin
    ) -> HTTPResponse {
        let token = token(of: user)
        return answer(
            HTTPRequest(
                method: method, target: "/v1/\(path)", fields: [HTTPField("Authorization", "token \(token)")],
                body: Array((try? JSONEncoder().encode(body)) ?? Data())))
    }

    func answer(_ request: HTTPRequest) -> HTTPResponse {
        state.withLock { state in
            var api = ControllerAPI(
                document: state.document, domain: domain, now: "2016-05-01T12:00:00UTC",
                hasImage: { !$0.contains("bad") })
            var response = api.answer(request)
            state.document = api.document
            let path = request.path.replacing("/v1/", with: "")
            if request.method != "GET", response.status < 300, !path.hasPrefix("auth/"),
                !(path + String(decoding: request.body, as: UTF8.self)).contains("turnstile-migration")
            {
                state.changes.append("\(request.method) \(path)")
            }
            response.fields += [
                HTTPField("DEIS_API_VERSION", state.api), HTTPField("DEIS_PLATFORM_VERSION", "1.13.4"),
            ]
            return response
        }
    }

    /// The answer of a router for a host's name.
    func routed(_ name: String) -> Int {
        let label = name.split(separator: ".").first.map(String.init) ?? ""
        return state.withLock { state in
            let app = state.document.apps.first { app in
                app.domains.contains { $0.domain == name }
                    || (app.id == label && name == "\(label).\(domain)")
            }
            guard let app else { return 404 }
            guard app.containers.contains(where: { $0.isPublishable }) else { return 503 }
            return state.statuses[app.id] ?? 200
        }
    }
}

/// Two clusters, and the client that reaches both.
struct StandInClusters {
    let old = StandInCluster("old")
    let new = StandInCluster("new")

    var client: WebClient {
        WebClient { [old, new] requests in
            requests.map { request in
                let rest = request.url.dropFirst("http://".count)
                let host = String(rest.prefix { $0 != "/" })
                let cluster = host.hasSuffix(".old.test") ? old : new
                return Self.answer(request, host: host, target: String(rest.dropFirst(host.count)), cluster)
            }
        }
    }

    private static func answer(
        _ request: WebRequest, host: String, target: String, _ cluster: StandInCluster
    ) -> WebAnswer {
        guard host == "deis.\(cluster.domain)" else {
            return WebAnswer(status: cluster.routed(request.host ?? host))
        }
        let token = request.token.map { [HTTPField("Authorization", "token \($0.value)")] } ?? []
        let asked = HTTPRequest(
            method: request.method.rawValue, target: target, fields: token,
            body: Array((request.json ?? "").utf8))
        if let fault = cluster.state.withLock({ $0.fault }), let answer = fault(asked) { return answer }
        let response = cluster.answer(asked)
        return WebAnswer(
            status: response.status,
            headers: Dictionary(
                response.fields.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { $1 }),
            body: response.body)
    }

    func plan(id: String = "m-1", registry: String? = "registry.old.test:5000") -> MigrationPlan {
        MigrationPlan(
            id: id, old: .init(url: old.url, tokenFile: "old-token", routers: old.routers),
            new: .init(url: new.url, tokenFile: "new-token", routers: new.routers), registry: registry,
            certificates: nil, renames: [])
    }
}
