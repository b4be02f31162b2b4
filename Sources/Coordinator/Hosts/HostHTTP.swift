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
        let configuration: String
        do throws(CurlConfiguration.Refusal) {
            configuration = try CurlConfiguration(tls: tls, secondsMax: 5).text(requests)
        } catch {
            throw HostFault(host: host, kind: .answerUnreadable, why: error.why)
        }
        let result = try await shell.run(
            host,
            HostCommand(
                tls.needsRoot ? Self.curlAsRoot : Self.curl,
                input: Array(configuration.utf8),
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

    private static func answers(in result: HostCommandResult) -> [Answer] {
        var answers: [Answer] = []
        var body: [Substring] = []
        var complaints = complaints(in: result)[...]
        for line in result.outputText.split(separator: "\n", omittingEmptySubsequences: false) {
            guard line.hasPrefix(CurlConfiguration.marker),
                let status = Int(line.dropFirst(CurlConfiguration.marker.count)), (0...999).contains(status)
            else {
                body.append(line)
                continue
            }
            let text = ForeignText.json(body.joined(separator: "\n"))
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
}
