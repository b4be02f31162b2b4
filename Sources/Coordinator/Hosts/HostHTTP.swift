import Driving
import RolloutModel

/// HTTP requests made on a host, by its curl: etcd listens where the operator's machine often cannot reach.
struct HostHTTP: Sendable {
    var shell: HostShell
    var host: HostID
    var tls = EtcdEndpoint.TLS()

    struct Answer: Hashable, Sendable {
        /// nil when nothing answered.
        var status: Int?
        var body: String
        /// curl's words, where nothing answered and it said why.
        var complaint: String?
    }

    enum Request: Hashable, Sendable {
        case get(url: String)
        /// How etcd's v3 gateway is asked.
        case post(url: String, json: String = "{}")
        /// How etcd's v2 API is told.
        case put(url: String, form: [FormField])

        var url: String {
            switch self {
            case .get(let url), .post(let url, _), .put(let url, _): url
            }
        }
    }

    struct FormField: Hashable, Sendable {
        var name: String
        var value: String
    }

    /// All requests in one command, one answer each in the same order.
    ///
    /// - Throws: `HostFault` when a URL is not plain, curl is missing, or the answers cannot be told apart.
    func send(_ requests: [Request]) async throws(HostFault) -> [Answer] {
        for request in requests where !Self.isPlain(request.url) {
            throw HostFault(
                host: host, kind: .answerUnreadable,
                why: "\(request.url.debugDescription) is not an http or https address")
        }
        let stanzas = try requests.map { request throws(HostFault) in try stanza(request) }
        let result = try await shell.run(
            host,
            HostCommand(
                tls.needsRoot ? Self.curlAsRoot : Self.curl,
                input: Array(stanzas.joined(separator: "next\n").utf8),
                deadline: .seconds(30)))
        let answers = Self.answers(in: result)
        guard answers.count == requests.count else {
            throw HostFault(host: host, kind: .commandFailed, why: "curl: \(result.ending)")
        }
        return answers
    }

    private static let curl: HostCommand.StaticText = "curl --silent --show-error --max-time 5 --config -"
    private static let curlAsRoot: HostCommand.StaticText =
        "sudo -n curl --silent --show-error --max-time 5 --config -"

    /// curl reads its options from standard input, so that no value is ever part of a command line. Nothing here is
    /// younger than curl 7.36, which brought `next`.
    private func stanza(_ request: Request) throws(HostFault) -> String {
        var lines = [
            "url = \"\(request.url)\"", "write-out = \"\\n\(Self.marker)%{http_code}\\n\"", "max-time = 5",
            "show-error",
        ]
        // `next` forgets all that was said before it.
        if let file = tls.caFile { lines.append("cacert = \(try quoted(file))") }
        if let file = tls.certFile { lines.append("cert = \(try quoted(file))") }
        if let file = tls.keyFile { lines.append("key = \(try quoted(file))") }
        switch request {
        case .get: break
        case .post(_, let json): lines.append("data = \(try quoted(json))")
        case .put(_, let form):
            lines += [
                "request = \"PUT\"", "data = \(try quoted(form.map(\.encoded).joined(separator: "&")))",
            ]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A value as curl's configuration takes it in quotes. A line of it is a line of that file, whatever is in it.
    private func quoted(_ value: String) throws(HostFault) -> String {
        // A first `@` would have curl read a file; JSON and forms never begin with one.
        guard !value.hasPrefix("@"), value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
            throw HostFault(
                host: host, kind: .answerUnreadable, why: "\(value.debugDescription) cannot be sent by curl")
        }
        var text = "\""
        for character in value.unicodeScalars {
            if character == "\"" || character == "\\" { text += "\\" }
            text.unicodeScalars.append(character)
        }
        return text + "\""
    }

    private static func answers(in result: HostCommandResult) -> [Answer] {
        var answers: [Answer] = []
        var body: [Substring] = []
        var complaints = complaints(in: result)[...]
        for line in result.outputText.split(separator: "\n", omittingEmptySubsequences: false) {
            guard line.hasPrefix(marker), let status = Int(line.dropFirst(marker.count)) else {
                body.append(line)
                continue
            }
            let text = body.joined(separator: "\n")
            let complaint = status == 0 ? complaints.popFirst() : nil
            answers.append(Answer(status: status == 0 ? nil : status, body: text, complaint: complaint))
            body = []
        }
        return answers
    }

    /// One line of each request that nothing answered, in their order.
    private static func complaints(in result: HostCommandResult) -> [String] {
        result.errorText.split(separator: "\n").filter { $0.hasPrefix("curl: (") }.map {
            String($0.prefix(200))
        }
    }

    /// Stands between answers; no JSON of etcd's is a line that begins so.
    private static let marker = "@turnstile-status "

    /// Addresses come from etcd's members: they are taken only where they can mean nothing else to curl.
    private static func isPlain(_ url: String) -> Bool {
        guard url.hasPrefix("http://") || url.hasPrefix("https://"), url.utf8.count < 300 else {
            return false
        }
        return url.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ":"), UInt8(ascii: "/"),
                UInt8(ascii: "."),
                UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "?"), UInt8(ascii: "="), UInt8(ascii: "&"):
                true
            default:
                false
            }
        }
    }
}

extension HostHTTP.FormField {
    /// Percent-encoded, all but what RFC 3986 leaves unreserved.
    fileprivate var encoded: String { "\(name)=\(value.utf8.map(Self.encoded).joined())" }

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
