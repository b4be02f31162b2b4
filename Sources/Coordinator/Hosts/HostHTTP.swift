import ClusterAnswers
import Foundation
import RolloutModel
import Rollouts

/// HTTP requests made on a host, by its curl: etcd listens where the operator's machine often cannot reach.
struct HostHTTP: Sendable {
    var shell: HostShell
    var host: HostID
    var tls = EtcdEndpoint.TLS()
    /// Credentials for the host's own etcd; they are not sent to any other address.
    var credentials: EtcdCredentials?
    /// A header with a secret, which goes to the host's own service only.
    var secretHeader: SecretHeader?
    /// The longest time until a connection is made; nil for the time of the whole request.
    var connectDeadline: Duration?
    /// More output than this of all answers together is a fault.
    var outputBytesMax = 1 << 20

    struct Answer: Hashable, Sendable {
        /// The HTTP status; nil if nothing answered.
        var status: Int?
        var body: String
        /// curl's message, if nothing answered and it gave one.
        var complaint: String?
        /// The addresses of the connection: `from` is the host's own, `to` the answering machine's.
        var from: String?
        var to: String?

        /// True if the connection did not leave the host.
        var isOfOwnHost: Bool {
            guard let from = from.flatMap({ IPAddress($0) }), let to = to.flatMap({ IPAddress($0) }) else {
                return false
            }
            return from == to || (from.isLocal && to.isLocal)
        }
    }

    enum Request: Hashable, Sendable {
        case get(url: String)
        /// A request to etcd's v3 gateway.
        case post(url: String, json: String = "{}")
        /// A write to etcd's v2 API.
        case put(url: String, form: [FormField])

        var url: String {
            switch self {
            case .get(let url), .post(let url, _), .put(let url, _): url
            }
        }

        var isForGateway: Bool {
            guard case .post = self else { return false }
            return true
        }
    }

    /// A header whose value is never shown.
    struct SecretHeader: Sendable, CustomStringConvertible, CustomReflectable {
        let name: StaticString
        let value: String

        var description: String { "\(name)" }
        var customMirror: Mirror { Mirror(self, children: [:]) }
    }

    struct FormField: Hashable, Sendable {
        var name: String
        var value: String
    }

    /// All requests in one command, one answer each in the same order.
    ///
    /// - Throws: `HostFault` when a URL is not plain, curl is missing, or the answers cannot be told apart.
    func send(_ requests: [Request]) async throws(HostFault) -> [Answer] {
        try await send(requests, token: try await token(for: requests))
    }

    /// The requests as a configuration for curl on the host, for a script that makes them there by itself.
    ///
    /// - Throws: `HostFault` where an address or a value could mean anything else to curl.
    func configuration(_ requests: [Request], token: String?) throws(HostFault) -> String {
        do throws(CurlConfiguration.Refusal) {
            return try CurlConfiguration(
                tls: tls, credentials: credentials, token: token, secretHeader: secretHeader,
                deadline: .seconds(5),
                connectDeadline: connectDeadline
            ).text(requests)
        } catch {
            throw HostFault(host: host, kind: .answerUnreadable, why: error.why)
        }
    }

    private func send(_ requests: [Request], token: String?) async throws(HostFault) -> [Answer] {
        let configuration = try configuration(requests, token: token)
        let result = try await shell.run(
            host,
            HostCommand(
                tls.needsRoot ? Self.curlAsRoot : Self.curl,
                input: Array(configuration.utf8), outputBytesMax: outputBytesMax,
                deadline: .seconds(60)))
        let answers = Self.answers(result.outputText, errors: result.errorText)
        guard answers.count == requests.count else {
            throw HostFault(
                host: host, kind: .commandFailed, why: "curl: \(result.ending)",
                detail: result.exitStatus == 127 ? .curlMissing : nil)
        }
        return answers
    }

    /// The token that the gateway of a v3 etcd with users gives for a name and password. nil if it gives none; the
    /// later answers then tell the refusal.
    private func token(for requests: [Request]) async throws(HostFault) -> String? {
        guard let credentials, let first = requests.first(where: \.isForGateway),
            let base = first.url.range(of: "/v3").map({ first.url[..<$0.lowerBound] })
        else { return nil }
        let login = Login(name: credentials.user, password: credentials.password)
        guard let body = try? JSONEncoder().encode(login) else { return nil }
        let text = String(decoding: body, as: UTF8.self)
        let answers = try await send(
            EtcdLockRequests.prefixes.map { .post(url: base + $0 + "/auth/authenticate", json: text) },
            token: nil)
        return answers.lazy.filter { $0.status == 200 }.compactMap { answer in
            try? JSONDecoder().decode(Token.self, from: Data(answer.body.utf8)).token
        }.first
    }

    private struct Login: Encodable {
        var name: String
        var password: String
    }

    private struct Token: Decodable {
        var token: String
    }

    /// `-q` ignores the login user's .curlrc. `noproxy` ignores proxies of /etc/environment; each request sets it
    /// again.
    static let curl: HostCommand.StaticText =
        "curl -q --noproxy '*' --silent --show-error --max-time 5 --config -"
    static let curlAsRoot: HostCommand.StaticText =
        "sudo -n curl -q --noproxy '*' --silent --show-error --max-time 5 --config -"

    /// - Parameters:
    ///   - output: of curl, told to write the marker after each answer.
    ///   - errors: what it wrote beside that.
    static func answers(_ output: String, errors: String) -> [Answer] {
        var answers: [Answer] = []
        var body: [Substring] = []
        var complaints = complaints(in: errors)[...]
        for line in output.split(separator: "\n", omittingEmptySubsequences: false) {
            let words = line.hasPrefix(CurlConfiguration.marker) ? line.split(separator: " ").dropFirst() : []
            guard let word = words.first, let status = Int(word), (0...999).contains(status) else {
                body.append(line)
                continue
            }
            let text = ForeignText.json(body.joined(separator: "\n"))
            let complaint = status == 0 ? complaints.popFirst() : nil
            let ends = words.dropFirst().map(String.init)
            answers.append(
                Answer(
                    status: status == 0 ? nil : status, body: text, complaint: complaint,
                    from: ends.count == 2 ? ends[0] : nil, to: ends.count == 2 ? ends[1] : nil))
            body = []
        }
        return answers
    }

    /// A line for each request that nothing answered, in their order.
    private static func complaints(in errors: String) -> [String] {
        errors.split(separator: "\n").filter { $0.hasPrefix("curl: (") }.map {
            String($0.prefix(200))
        }
    }
}

extension HostHTTP {
    /// Checks that all answers came from the host itself; no answer at all is accepted.
    ///
    /// - Parameters:
    ///   - setting: the key of turnstile.yaml that names the URL.
    ///   - port: the service's usual one.
    ///   - otherwise: what else the setting takes.
    /// - Throws: `HostFault` if another machine answered, because its answer is not about this host.
    func requireOwn(
        _ answers: [Answer], at url: String, setting: String, port: UInt16, otherwise: String = ""
    ) throws(HostFault) {
        guard let foreign = answers.first(where: { $0.status != nil && !$0.isOfOwnHost }) else { return }
        let to = foreign.to.map { ", at \($0.prefix(64))" } ?? ""
        throw HostFault(
            host: host, kind: .answerUnreadable,
            why: """
                \(url) is not on '\(host)': another machine answers there\(to). Say where each host has its own, as \
                \(setting): "http://127.0.0.1:\(port)" or "http://\(EtcdEndpoint.addressPlace):\(port)"\(otherwise)
                """)
    }
}

extension HostHTTP.Answer {
    /// etcd asks who is asking, or has no room for them: in its words.
    var refusal: String? {
        guard let status, status != 200 else { return nil }
        let texts = [
            "user name is empty", "Insufficient credentials", "permission denied", "invalid auth token",
            "authentication failed",
        ]
        guard let text = texts.first(where: { body.contains($0) }) else {
            return [401, 403].contains(status) ? "it answered \(status)" : nil
        }
        return "it answered \(status), \(text)"
    }
}

extension EtcdCredentials? {
    /// The advice to the operator after etcd refused a request.
    func advice(_ refusal: String) -> String {
        switch self {
        case nil:
            "etcd wants to know who asks (\(refusal)): name a file that holds user:password in gates.etcd.credentials"
        case .some(let credentials):
            "etcd refuses the user of \(credentials.file), which gates.etcd.credentials names (\(refusal))"
        }
    }
}
