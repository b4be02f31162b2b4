/// A refusal of the API, in its words.
struct ControllerRefusal: Error, Hashable, Sendable {
    var status: Int
    /// The words by the field that they are about; `detail` for none.
    var words: [String: [String]]
    /// The words of `detail` stand alone, those of a field in a list.
    var detail: String?

    static func detail(_ status: Int, _ text: String) -> ControllerRefusal {
        ControllerRefusal(status: status, words: [:], detail: text)
    }

    static func field(_ name: String, _ text: String) -> ControllerRefusal {
        ControllerRefusal(status: 400, words: [name: [text]])
    }

    static let unauthenticated = detail(401, "Authentication credentials were not provided.")
    static let badToken = detail(401, "Invalid token")
    static let forbidden = detail(403, "You do not have permission to perform this action.")
    static let notFound = detail(404, "Not found")
    static let notAllowed = detail(405, "Method not allowed")

    var response: HTTPResponse {
        detail.map { .json(status, ["detail": $0]) } ?? .json(status, words)
    }
}

/// An act of the controller in etcd or fleet, after its answer.
enum ControllerEffect: Hashable, Sendable {
    /// Makes the directory that routers look into.
    case makeServices(application: String)
    case removeServices(application: String)
    /// Starts these containers, and stops all others of the application once they run.
    case run([AppContainer], application: String, image: String)
    case keepImage(application: String, tag: String)
    case setDomain(String, application: String)
    case removeDomain(String)
    case setConfig(application: String, values: [String: String])
    case removeConfig(application: String)
    case setKey(owner: String, id: String, publicKey: String)
    case removeKey(owner: String, id: String)
    case setCertificate(name: String, certificate: String, key: String)
    case removeCertificate(name: String)
}
