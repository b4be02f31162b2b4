#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A request as a stand-in's server receives it.
struct HTTPRequest: Hashable, Sendable {
    var method: String
    /// Path and query as they were sent.
    var target: String
    var fields: [HTTPField] = []
    var body: [UInt8] = []
    /// The client's address.
    var client = "-"

    var path: String { String(target.prefix { $0 != "?" }) }

    /// The parts of the path, without empty ones.
    var segments: [String] { path.split(separator: "/").map { String($0).percentDecoded } }

    /// The host's name that the client asked for, in lower case and without its port.
    var hostName: String { (fields.value(of: "host") ?? "").prefix { $0 != ":" }.lowercased() }

    func query(_ name: String) -> String? {
        guard let mark = target.firstIndex(of: "?") else { return nil }
        let pairs = target[target.index(after: mark)...].split(separator: "&")
        return pairs.lazy.map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
            .first { $0.first == name }.map { $0.count == 2 ? $0[1].percentDecoded : "" }
    }
}

struct HTTPResponse: Hashable, Sendable {
    var status: Int
    var fields: [HTTPField] = []
    var body: [UInt8] = []

    static func text(_ status: Int, _ text: String = "") -> HTTPResponse {
        HTTPResponse(
            status: status, fields: [HTTPField("Content-Type", "text/plain")],
            body: Array(text.utf8))
    }

    static func json(_ status: Int, _ value: some Encodable) -> HTTPResponse {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = (try? encoder.encode(value)).map { Array($0) } ?? Array("null".utf8)
        return HTTPResponse(
            status: status, fields: [HTTPField("Content-Type", "application/json")], body: body)
    }

    /// The message on the wire. The connection ends with it.
    func bytes(withBody: Bool = true) -> [UInt8] {
        var head = "HTTP/1.1 \(status) \(Self.reasons[status] ?? "Unknown")\r\n"
        for field in fields { head += "\(field.name): \(field.value)\r\n" }
        head += "Content-Length: \(body.count)\r\nConnection: close\r\n\r\n"
        return Array(head.utf8) + (withBody ? body : [])
    }

    private static let reasons = [
        200: "OK", 201: "Created", 204: "No Content", 400: "Bad Request", 401: "Unauthorized",
        403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 409: "Conflict",
        500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable",
    ]
}
