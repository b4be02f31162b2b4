extension ControllerAPI {
    mutating func keys(_ request: HTTPRequest, _ id: String?) throws(ControllerRefusal) -> HTTPResponse {
        let user = try user(of: request)
        let own = document.keys.filter { $0.owner == user.username }
        switch (request.method, id) {
        case ("GET", nil): return .json(200, ControllerView.Page(own.map(ControllerView.Key.init), request))
        case ("POST", nil):
            struct Given: Decodable {
                var id: String
                var `public`: String
            }
            let given: Given = try request.decoded()
            guard !document.keys.contains(where: { $0.publicKey == given.public }) else {
                throw .field("public", "Public Key is already in use")
            }
            let key = ControllerDocument.Key(
                uuid: Self.newID(), id: given.id, owner: user.username, publicKey: given.public, created: now)
            document.keys.append(key)
            note(.setKey(owner: user.username, id: key.id, publicKey: key.publicKey))
            return .json(201, ControllerView.Key(key))
        case ("DELETE", let id?):
            guard own.contains(where: { $0.id == id }) else { throw .notFound }
            document.keys.removeAll { $0.owner == user.username && $0.id == id }
            note(.removeKey(owner: user.username, id: id))
            return HTTPResponse(status: 204)
        default: throw .notAllowed
        }
    }

    mutating func certificates(
        _ request: HTTPRequest, _ name: String?
    ) throws(ControllerRefusal) -> HTTPResponse {
        let user = try user(of: request)
        switch (request.method, name) {
        case ("GET", nil):
            return .json(200, ControllerView.Page(document.certificates.map(Self.view), request))
        case ("POST", nil):
            struct Given: Decodable {
                var certificate: String
                var key: String
                var common_name: String?
            }
            let given: Given = try request.decoded()
            guard let name = given.common_name, !name.isEmpty else {
                throw .field("common_name", "This field is required.")
            }
            let certificate = ControllerDocument.Certificate(
                name: name, owner: user.username, certificate: given.certificate, key: given.key, created: now
            )
            document.certificates.append(certificate)
            note(.setCertificate(name: name, certificate: given.certificate, key: given.key))
            return .json(201, Self.view(certificate))
        case ("DELETE", let name?):
            guard document.certificates.contains(where: { $0.name == name }) else { throw .notFound }
            document.certificates.removeAll { $0.name == name }
            note(.removeCertificate(name: name))
            return HTTPResponse(status: 204)
        case ("GET", let name?):
            guard let found = document.certificates.first(where: { $0.name == name }) else { throw .notFound }
            return .json(200, Self.view(found))
        default: throw .notAllowed
        }
    }

    private static func view(_ certificate: ControllerDocument.Certificate) -> ControllerView.Certificate {
        .init(
            common_name: certificate.name, owner: certificate.owner, created: certificate.created,
            updated: certificate.created)
    }
}
