import RolloutModel

/// Requests as a configuration for curl (`--config -`), and the answers from curl's output. No value is
/// part of a command line.
public struct CurlScript: Sendable {
    public let text: String
    private let mark: String
    private let requests: [WebRequest]

    /// The longest document that is part of the configuration, in bytes: quoted, it is twice as long at most. curl takes
    /// lines of 100 KiB (7.71 to 8.0, MAX_CONFIG_LINE_LENGTH), and a pipe holds 64 KiB.
    public static let documentBytesMax = 16 << 10

    /// - Throws: `WebFault` where a value could mean anything else to curl, or a document is too long.
    public init(_ requests: [WebRequest]) throws(WebFault) {
        try self.init(requests) { document throws(WebFault) in
            throw WebFault(
                why: "a document of \(document.utf8.count) bytes cannot be sent by curl from there")
        }
    }

    /// - Parameter place: puts a long document where curl reads it, and gives that file's path.
    /// - Throws: `WebFault` where a value could mean anything else to curl, or `place` throws.
    public init(
        _ requests: [WebRequest], longDocument place: (String) throws(WebFault) -> String
    ) throws(WebFault) {
        // The mark is a line that no answer can have in it.
        let mark = "@turnstile-\(String(UInt64.random(in: .min ... .max), radix: 16))"
        var stanzas: [String] = []
        for request in requests { stanzas.append(try Self.stanza(request, mark, place)) }
        self.text = stanzas.joined(separator: "next\n")
        self.mark = mark
        self.requests = requests
    }

    /// The longest time that all requests together may take.
    public var deadline: Duration { requests.reduce(.zero) { $0 + $1.deadline } }

    private static func stanza(
        _ request: WebRequest, _ mark: String, _ place: (String) throws(WebFault) -> String
    ) throws(WebFault) -> String {
        guard CurlConfiguration.isPlain(request.url) else {
            throw WebFault(why: "\(request.url.debugDescription) is not an http or https address")
        }
        var lines = [
            "url = \"\(request.url)\"", "request = \"\(request.method.rawValue)\"", "globoff",
            "noproxy = \"*\"", "write-out = \"\\n\(mark) %{http_code}\\n\"",
            "max-time = \(request.deadline.secondsRoundedUp)", "silent", "show-error",
            // Routers' logs tell turnstile's own requests from clients' by it.
            "user-agent = \"turnstile\"",
            // curl waits a second before it sends a long document unless this header is empty.
            "header = \"Expect:\"",
        ]
        lines += request.readsBody ? ["include"] : ["output = \"/dev/null\""]
        if let host = request.host { lines.append("header = \(try quoted("Host: \(host)"))") }
        if let token = request.token {
            lines.append("header = \(try quoted("Authorization: token \(token.value)"))")
        }
        if let json = request.json {
            lines += [
                "header = \"Content-Type: application/json\"", "data-binary = \(try document(json, place))",
            ]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func document(
        _ json: String, _ place: (String) throws(WebFault) -> String
    ) throws(WebFault) -> String {
        guard json.utf8.count > documentBytesMax else { return try quoted(json) }
        let path = try place(json)
        return CurlConfiguration.inQuotes("@\(path)")
    }

    /// A refusal does not repeat the value, which may be secret.
    private static func quoted(_ value: String) throws(WebFault) -> String {
        guard !value.hasPrefix("@"), CurlConfiguration.isOneLine(value) else {
            throw WebFault(why: "what is to be sent cannot be sent by curl")
        }
        return CurlConfiguration.inQuotes(value)
    }

    /// - Parameters:
    ///   - output: curl's standard output.
    ///   - errors: curl's complaints.
    /// - Throws: `WebFault` where there is not one answer to each request.
    public func answers(in output: [UInt8], errors: String, ending: String) throws(WebFault) -> [WebAnswer] {
        var complaints = errors.split(separator: "\n").filter { $0.hasPrefix("curl: (") }[...]
        var answers: [WebAnswer] = []
        var rest = output[...]
        let sign = Array("\n\(mark) ".utf8)
        while let start = rest.firstRange(of: sign), answers.count < requests.count {
            let body = rest[..<start.lowerBound]
            let line = rest[start.upperBound...].prefix { $0 != UInt8(ascii: "\n") }
            rest = rest[line.endIndex...].dropFirst()
            let status = Int(String(decoding: line, as: UTF8.self)).flatMap {
                (1...999).contains($0) ? $0 : nil
            }
            let complaint =
                status == nil ? complaints.popFirst().map { ForeignText.line($0, charactersMax: 200) } : nil
            answers.append(
                Self.answer(
                    status, Array(body), complaint, hasHeaders: requests[answers.count].readsBody))
        }
        guard answers.count == requests.count else { throw WebFault(why: "curl: \(ending)") }
        return answers
    }

    private static func answer(
        _ status: Int?, _ bytes: [UInt8], _ complaint: String?, hasHeaders: Bool
    ) -> WebAnswer {
        guard hasHeaders, status != nil else {
            return WebAnswer(status: status, body: bytes, complaint: complaint)
        }
        var rest = bytes[...]
        var headers: [String: String] = [:]
        // A server may say 100 first.
        while rest.starts(with: "HTTP/".utf8), let end = rest.firstRange(of: Array("\r\n\r\n".utf8)) {
            headers = Self.headers(rest[..<end.lowerBound])
            rest = rest[end.upperBound...]
        }
        return WebAnswer(status: status, headers: headers, body: Array(rest), complaint: complaint)
    }

    private static func headers(_ bytes: ArraySlice<UInt8>) -> [String: String] {
        var headers: [String: String] = [:]
        for line in bytes.split(separator: UInt8(ascii: "\n")).prefix(100) {
            let text = ForeignText.line(String(decoding: line, as: UTF8.self), charactersMax: 1000)
            guard let colon = text.firstIndex(of: ":") else { continue }
            let value = text[text.index(after: colon)...].drop { $0 == " " }
            headers[text[..<colon].lowercased()] = String(value.reversed().drop { $0 == " " }.reversed())
        }
        return headers
    }
}
