import Driving
import RolloutModel

/// HTTP requests made on a host, by its curl: etcd listens where the operator's machine often cannot reach.
struct HostHTTP: Sendable {
    var shell: HostShell
    var host: HostID

    struct Answer: Hashable, Sendable {
        /// nil when nothing answered.
        var status: Int?
        var body: String
    }

    enum Request: Hashable, Sendable {
        case get(url: String)
        /// With an empty JSON object: how etcd's v3 gateway is asked.
        case post(url: String)

        var url: String {
            switch self {
            case .get(let url), .post(let url): url
            }
        }
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
        let result = try await shell.run(
            host,
            HostCommand(
                "curl --silent --show-error --max-time 5 --config -",
                input: Array(requests.map(Self.stanza).joined(separator: "next\n").utf8),
                deadline: .seconds(30)))
        let answers = Self.answers(in: result.outputText)
        guard answers.count == requests.count else {
            throw HostFault(host: host, kind: .commandFailed, why: "curl: \(result.ending)")
        }
        return answers
    }

    /// curl reads its options from standard input, so that no value is ever part of a command line.
    private static func stanza(_ request: Request) -> String {
        var lines = [
            "url = \"\(request.url)\"", "write-out = \"\\n\(marker)%{http_code}\\n\"", "max-time = 5",
        ]
        if case .post = request { lines.append("data = \"{}\"") }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func answers(in output: String) -> [Answer] {
        var answers: [Answer] = []
        var body: [Substring] = []
        for line in output.split(separator: "\n", omittingEmptySubsequences: false) {
            guard line.hasPrefix(marker), let status = Int(line.dropFirst(marker.count)) else {
                body.append(line)
                continue
            }
            let text = body.joined(separator: "\n")
            answers.append(Answer(status: status == 0 ? nil : status, body: text))
            body = []
        }
        return answers
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
