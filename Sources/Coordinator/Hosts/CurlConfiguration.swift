import ClusterAnswers

/// The configuration that curl reads on its standard input (`--config -`), so that no value is part of a command line.
/// All options exist since curl 7.36, which brought `next`.
package struct CurlConfiguration {
    var tls = EtcdEndpoint.TLS()
    /// The HTTP user: a name and password for the v2 API, `token` for the v3 gateway.
    var credentials: EtcdCredentials?
    var token: String?
    var secretHeader: HostHTTP.SecretHeader?
    /// The longest time for each request.
    var deadline: Duration
    /// The longest time until a connection is made, for each request.
    var connectDeadline: Duration?

    struct Refusal: Error {
        var why: String
    }

    /// Begins the line after each answer, which has its status and both addresses of its connection. No line of etcd's
    /// JSON begins so.
    static let marker = "@turnstile-status "

    /// - Throws: `Refusal` where an address or a value could mean anything else to curl.
    func text(_ requests: [HostHTTP.Request]) throws(Refusal) -> String {
        try requests.map { request throws(Refusal) in try stanza(request) }.joined(separator: "next\n")
    }

    private func stanza(_ request: HostHTTP.Request) throws(Refusal) -> String {
        guard Self.isPlain(request.url) else {
            throw Refusal(why: "\(request.url.debugDescription) is not an http or https address")
        }
        // `next` resets all options. A proxy from the host's environment must not be used for etcd.
        var lines = [
            "url = \"\(request.url)\"", "globoff", "noproxy = \"*\"",
            "write-out = \"\\n\(Self.marker)%{http_code} %{local_ip} %{remote_ip}\\n\"",
            "max-time = \(deadline.secondsRoundedUp)", "show-error",
        ]
        if let connectDeadline { lines.append("connect-timeout = \(connectDeadline.secondsRoundedUp)") }
        if let file = tls.caFile { lines.append("cacert = \(try quoted(file))") }
        if let file = tls.certFile { lines.append("cert = \(try quoted(file))") }
        if let file = tls.keyFile { lines.append("key = \(try quoted(file))") }
        if let authority = try authority(request) { lines.append(authority) }
        if let header = secretHeader {
            lines.append("header = \(try secretQuoted("\(header.name): \(header.value)"))")
        }
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

    /// The option with the user. The gateway takes the header for a token, so it would refuse a name and password.
    private func authority(_ request: HostHTTP.Request) throws(Refusal) -> String? {
        guard let credentials else { return nil }
        guard request.isForGateway else {
            return "user = \(try secretQuoted("\(credentials.user):\(credentials.password)"))"
        }
        return try token.map { token throws(Refusal) in
            "header = \(try secretQuoted("Authorization: \(token)"))"
        }
    }

    /// The value in quotes, as curl's configuration takes it, on one line.
    private func quoted(_ value: String) throws(Refusal) -> String {
        // curl would read a file for a value with `@` in front; JSON and forms never begin so.
        guard !value.hasPrefix("@"), Self.isOneLine(value) else {
            throw Refusal(why: "\(value.debugDescription) cannot be sent by curl")
        }
        return Self.inQuotes(value)
    }

    /// As `quoted`, but a refusal does not repeat the value.
    private func secretQuoted(_ value: String) throws(Refusal) -> String {
        guard Self.isOneLine(value) else { throw Refusal(why: "what is to be sent cannot be sent by curl") }
        return Self.inQuotes(value)
    }

    static func isOneLine(_ value: String) -> Bool {
        value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
    }

    package static func inQuotes(_ value: String) -> String {
        var text = "\""
        for character in value.unicodeScalars {
            if character == "\"" || character == "\\" { text += "\\" }
            text.unicodeScalars.append(character)
        }
        return text + "\""
    }

    /// True if curl cannot take the address for anything else. Addresses come from etcd's members.
    static func isPlain(_ url: String) -> Bool {
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
