import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The controller, on port 8000: migrates the database to its own version, writes to etcd what it knows, and answers.
struct Controller: UnitService {
    let world: HostWorld
    let version: PlatformVersion
    private let turn = Turn()

    init(world: HostWorld, image: String) {
        self.world = world
        version = PlatformVersion(image: image) ?? PlatformVersion(1, 13, 4)
    }

    var port: UInt16? { Self.port }

    static let port: UInt16 = 8000
    private static let migrationTime = Duration.seconds(10)

    func run(until stop: StopFlag) throws {
        while Database.place(world.etcd)?.isOpen != true {
            guard !stop.wait(world.scaled(.seconds(1))) else { return }
        }
        guard try migrate(until: stop) else { return }
        try publishAll()
        let listener = try HTTPListener(port: Self.port) { answer($0) }
        defer { listener.stop() }
        Announcement(keys: [
            "/deis/controller/host": world.address, "/deis/controller/port": "\(Self.port)",
            "/deis/controller/protocol": "http",
        ]).renew(world, until: stop)
    }

    // MARK: The database

    /// - Returns: true if it is migrated, and the unit was not stopped meanwhile.
    private func migrate(until stop: StopFlag) throws -> Bool {
        var document = try read()
        if let schema = PlatformVersion(document.schema), schema >= version { return true }
        guard !stop.wait(world.scaled(Self.migrationTime)) else { return false }
        guard !world.settings().migrationFails else {
            throw Failure.system(
                operation: "migrate", subject: "the database from \(document.schema)",
                reason: "django.db.utils.ProgrammingError")
        }
        document.schema = version.description
        try write(document)
        return true
    }

    private func read() throws -> ControllerDocument {
        let answer = try database().exchange("GET", "/")
        guard answer.status == 200 else { throw Self.databaseFailure(answer) }
        guard answer.body != Array("{}".utf8) else { return ControllerDocument() }
        return try JSONDecoder().decode(ControllerDocument.self, from: Data(answer.body))
    }

    private func write(_ document: ControllerDocument) throws {
        let answer = try database().exchange("PUT", "/", body: Array(try JSONEncoder().encode(document)))
        guard answer.status == 200 else { throw Self.databaseFailure(answer) }
    }

    private func database() throws -> PlainHTTP {
        guard let place = Database.place(world.etcd) else {
            throw Failure.system(operation: "find", subject: "the database", reason: "no key names it")
        }
        return place
    }

    private static func databaseFailure(_ answer: PlainHTTP.Answer) -> Failure {
        .system(
            operation: "use", subject: "the database",
            reason: "\(answer.status): \(String(decoding: answer.body.prefix(200), as: UTF8.self))")
    }

    // MARK: Requests

    private func answer(_ request: HTTPRequest) -> HTTPResponse {
        var response = refusedVersion(request) ?? turn.take { work(request) }
        response.fields += [
            HTTPField("DEIS_API_VERSION", version.api),
            HTTPField("DEIS_PLATFORM_VERSION", version.description),
        ]
        return response
    }

    private func refusedVersion(_ request: HTTPRequest) -> HTTPResponse? {
        guard let asked = request.fields.value(of: "deis_version"), !asked.hasPrefix("1.") else { return nil }
        return .json(
            405,
            [
                "error":
                    "Client and server versions do not match. Client version: \(asked) Server version: \(version.api)"
            ])
    }

    private func work(_ request: HTTPRequest) -> HTTPResponse {
        do {
            let document = try read()
            // An older controller does not know the tables of a newer one.
            if let schema = PlatformVersion(document.schema), schema.minor > version.minor {
                return .text(500, "<h1>Server Error (500)</h1>")
            }
            let fleet = AppFleet(jobs: FleetJobs(etcd: world.etcd), world: world)
            var api = ControllerAPI(
                document: document, domain: (try? world.etcd.value("/deis/platform/domain")) ?? "local",
                now: WallClock.now().deisText, hasImage: Registry.has, stateOf: fleet.state)
            let response = api.answer(request)
            if api.document != document { try write(api.document) }
            for effect in api.effects { try perform(effect, fleet) }
            return response
        } catch {
            StandardError.write("controller: \(error)\n")
            return .text(500, "<h1>Server Error (500)</h1>")
        }
    }

    // MARK: What follows

    /// Publishes at the controller's start all that a lost etcd would have forgotten.
    private func publishAll() throws {
        let document = try read()
        for app in document.apps {
            try world.etcd.makeDirectory("/deis/services/\(app.id)")
            for domain in app.domains { try world.etcd.set("/deis/domains/\(domain.domain)", app.id) }
            try setConfig(app.id, app.config.values)
        }
        for key in document.keys {
            try world.etcd.set("/deis/builder/users/\(key.owner)/\(key.id)", key.publicKey)
        }
    }

    private func perform(_ effect: ControllerEffect, _ fleet: AppFleet) throws {
        let etcd = world.etcd
        switch effect {
        case .makeServices(let app): try etcd.makeDirectory("/deis/services/\(app)")
        case .removeServices(let app): try etcd.remove("/deis/services/\(app)", recursive: true)
        case .run(let containers, let app, let image):
            try fleet.run(containers, application: app, image: image)
        case .keepImage(let app, let tag): try Registry.keep(app, tag: tag, etcd)
        case .setDomain(let domain, let app): try etcd.set("/deis/domains/\(domain)", app)
        case .removeDomain(let domain): try etcd.remove("/deis/domains/\(domain)")
        case .setConfig(let app, let values): try setConfig(app, values)
        case .removeConfig(let app): try etcd.remove("/deis/config/\(app)", recursive: true)
        case .setKey(let owner, let id, let key): try etcd.set("/deis/builder/users/\(owner)/\(id)", key)
        case .removeKey(let owner, let id): try etcd.remove("/deis/builder/users/\(owner)/\(id)")
        case .setCertificate(let name, let certificate, let key):
            try etcd.set("/deis/certs/\(name)/cert", certificate)
            try etcd.set("/deis/certs/\(name)/key", key)
        case .removeCertificate(let name): try etcd.remove("/deis/certs/\(name)", recursive: true)
        }
    }

    private func setConfig(_ app: String, _ values: [String: String]) throws {
        try world.etcd.remove("/deis/config/\(app)", recursive: true)
        for (key, value) in values { try world.etcd.set("/deis/config/\(app)/\(key.lowercased())", value) }
    }
}

/// A turn that one caller at a time takes.
final class Turn: Sendable {
    private let turn = Mutex(())

    func take<Result: Sendable>(_ body: () -> Result) -> Result { turn.withLock { _ in body() } }
}
