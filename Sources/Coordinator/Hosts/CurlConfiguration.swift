import HostFiles

/// What curl reads on its standard input (`--config -`), so that no value is ever part of a command line. Nothing here is
/// younger than curl 7.36, which brought `next`.
struct CurlConfiguration {
    var tls = EtcdEndpoint.TLS()
    /// Who is asking: a name and a password to the v2 API, a token to the v3 gateway.
    var credentials: EtcdCredentials?
    var token: String?
    /// For each request.
    var secondsMax: Int
    /// Until something answers, for each request.
    var secondsToConnect: Int?

    struct Refusal: Error {
        var why: String
    }

    /// Stands after each answer, with its status and both ends of its connection; no JSON of etcd's is a line that begins so.
    static let marker = "@turnstile-status "

    /// - Throws: `Refusal` where an address or a value could mean anything else to curl.
    func text(_ requests: [HostHTTP.Request]) throws(Refusal) -> String {
        try requests.map { request throws(Refusal) in try stanza(request) }.joined(separator: "next\n")
    }

    private func stanza(_ request: HostHTTP.Request) throws(Refusal) -> String {
        guard Self.isPlain(request.url) else {
            throw Refusal(why: "\(request.url.debugDescription) is not an http or https address")
        }
        // `next` forgets all that was said before it. A proxy of the host's environment is nothing to etcd.
        var lines = [
            "url = \"\(request.url)\"", "globoff", "noproxy = \"*\"",
            "write-out = \"\\n\(Self.marker)%{http_code} %{local_ip} %{remote_ip}\\n\"",
            "max-time = \(secondsMax)", "show-error",
        ]
        if let secondsToConnect { lines.append("connect-timeout = \(secondsToConnect)") }
        if let file = tls.caFile { lines.append("cacert = \(try quoted(file))") }
        if let file = tls.certFile { lines.append("cert = \(try quoted(file))") }
        if let file = tls.keyFile { lines.append("key = \(try quoted(file))") }
        if let authority = try authority(request) { lines.append(authority) }
        switch request {
        case .get: break
        case .post(_, let json): lines.append("data = \(try secretQuoted(json))")
        case .put(_, let form):
            lines += [
                "request = \"PUT\"", "data = \(try quoted(form.map(\.encoded).joined(separator: "&")))",
            ]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The gateway takes whatever is in that header for a token, so that a name and password would be refused there.
    private func authority(_ request: HostHTTP.Request) throws(Refusal) -> String? {
        guard let credentials else { return nil }
        guard request.isForGateway else {
            return "user = \(try secretQuoted("\(credentials.user):\(credentials.password)"))"
        }
        return try token.map { token throws(Refusal) in
            "header = \(try secretQuoted("Authorization: \(token)"))"
        }
    }

    /// A value as curl's configuration takes it in quotes. A line of it is a line of that file, whatever is in it.
    private func quoted(_ value: String) throws(Refusal) -> String {
        // A first `@` would have curl read a file; JSON and forms never begin with one.
        guard !value.hasPrefix("@"), Self.isOneLine(value) else {
            throw Refusal(why: "\(value.debugDescription) cannot be sent by curl")
        }
        return Self.inQuotes(value)
    }

    /// As `quoted`; what it refuses it does not repeat.
    private func secretQuoted(_ value: String) throws(Refusal) -> String {
        guard Self.isOneLine(value) else { throw Refusal(why: "what is to be sent cannot be sent by curl") }
        return Self.inQuotes(value)
    }

    private static func isOneLine(_ value: String) -> Bool {
        value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
    }

    private static func inQuotes(_ value: String) -> String {
        var text = "\""
        for character in value.unicodeScalars {
            if character == "\"" || character == "\\" { text += "\\" }
            text.unicodeScalars.append(character)
        }
        return text + "\""
    }

    /// Addresses come from etcd's members: they are taken only where they can mean nothing else to curl.
    private static func isPlain(_ url: String) -> Bool {
        guard let scheme = ["http://", "https://"].first(where: { url.hasPrefix($0) }), url.utf8.count < 300
        else { return false }
        let rest = url.dropFirst(scheme.utf8.count)
        let end = rest.utf8.firstIndex { $0 == UInt8(ascii: "/") } ?? rest.endIndex
        guard EtcdAddress(scheme + rest[..<end]) != nil else { return false }
        return rest[end...].utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ":"), UInt8(ascii: "/"),
                UInt8(ascii: "."),
                UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "%"), UInt8(ascii: "?"),
                UInt8(ascii: "="), UInt8(ascii: "&"):
                true
            default:
                false
            }
        }
    }
}

extension HostHTTP.FormField {
    fileprivate var encoded: String { "\(name)=\(value.percentEncoded)" }
}

extension String {
    /// All but what RFC 3986 leaves unreserved.
    var percentEncoded: String { utf8.map(Self.encoded).joined() }

    private static func encoded(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            String(UnicodeScalar(byte))
        default:
            (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
        }
    }
}
