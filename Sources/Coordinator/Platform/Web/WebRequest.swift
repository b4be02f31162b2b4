import RolloutModel

/// A request to a router or a controller.
public struct WebRequest: Hashable, Sendable {
    public var method: Method
    public var url: String
    /// The value of `Host:`; nil for the address's own.
    public var host: String?
    /// The token that is sent as `Authorization: token …`.
    public var token: SecretToken?
    /// A JSON document, on one line.
    public var json: String?
    /// False where the status alone is asked for.
    public var readsBody: Bool
    /// The longest time until the answer is there.
    public var deadline: Duration

    public enum Method: String, Hashable, Sendable {
        case get = "GET"
        case post = "POST"
        case delete = "DELETE"
    }

    public init(
        _ method: Method = .get, url: String, host: String? = nil, token: SecretToken? = nil,
        json: String? = nil, readsBody: Bool = true, deadline: Duration = .seconds(10)
    ) {
        self.method = method
        self.url = url
        self.host = host
        self.token = token
        self.json = json
        self.readsBody = readsBody
        self.deadline = deadline
    }
}

/// The answer to a request, as it came. Text is made plain before it is shown.
public struct WebAnswer: Hashable, Sendable {
    /// The answer's status; nil if nothing answered.
    public var status: Int?
    /// The answer's headers, by their names in small letters.
    public var headers: [String: String]
    public var body: [UInt8]
    /// The client's message, if nothing answered and it gave one.
    public var complaint: String?

    public init(
        status: Int?, headers: [String: String] = [:], body: [UInt8] = [], complaint: String? = nil
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.complaint = complaint
    }

    public var bodyText: String { String(decoding: body, as: UTF8.self) }
}

/// A token that opens a controller. The token is never shown, and is in no journal.
public struct SecretToken: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    let value: String

    /// - Parameter text: the text of the token's file, which is one line of letters and digits.
    public init?(_ text: String) {
        let line = text.hasSuffix("\n") ? text.dropLast() : text[...]
        guard (1...256).contains(line.utf8.count),
            line.utf8.allSatisfy({
                (0x21..<0x7f).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
            })
        else { return nil }
        value = String(line)
    }

    public var description: String { "a token" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Sends requests, and gives an answer to each in their order.
public struct WebClient: Sendable {
    public var send: @Sendable ([WebRequest]) async throws(WebFault) -> [WebAnswer]

    public init(send: @escaping @Sendable ([WebRequest]) async throws(WebFault) -> [WebAnswer]) {
        self.send = send
    }
}

/// The reason why requests could not be sent at all.
public struct WebFault: Error, Hashable, Sendable, CustomStringConvertible {
    public var why: String

    public init(why: String) { self.why = ForeignText.line(why) }

    public var description: String { why }
}
