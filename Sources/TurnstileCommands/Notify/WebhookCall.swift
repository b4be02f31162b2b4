import Coordinator
import Foundation
import RolloutModel
import Settings

/// A request to a webhook, by the system's curl: curl knows the proxies and certificates of this machine.
///
/// Address, token and text are on curl's standard input alone. A redirect is not followed, and a certificate is always
/// checked: `.curlrc` is not read.
struct WebhookCall: Sendable {
    var url: WebhookSecret
    var token: WebhookSecret?
    /// A JSON document on one line.
    var document: String
    /// The longest time for the request.
    var deadline: Duration

    enum Answer: Hashable, Sendable {
        case taken
        /// The same request may be taken later.
        case notNow(why: String)
        case refused(why: String)
    }

    /// The document that Slack takes, and others after it. Its control characters are escaped, so that no text of a host
    /// calls a channel together.
    static func document(_ text: String) throws -> String {
        struct Message: Encodable { var text: String }
        let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;")
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return String(decoding: try encoder.encode(Message(text: escaped)), as: UTF8.self)
    }

    /// `--disable` stands first, or `.curlrc` is read.
    static let command = ["curl", "--disable", "--silent", "--show-error", "--config", "-"]

    func ask() async -> Answer {
        let process = BoundedProcess(
            command: Self.command, input: configuration, deadline: deadline + .seconds(5))
        switch await process.run() {
        case .late: return .notNow(why: "curl did not end in time")
        case .failed(let why): return .notNow(why: shown(why))
        case .ended(_, let output, let errors):
            guard let status = Int(output), status != 0 else {
                let said = errors.split(whereSeparator: \.isNewline).first ?? "curl gave no reason"
                return .notNow(why: shown(String(said)))
            }
            return Self.answer(status)
        }
    }

    static func answer(_ status: Int) -> Answer {
        switch status {
        case 200..<300: .taken
        case 300..<400: .refused(why: "it answered \(status), and a redirect is not followed")
        case 408, 429, 500...: .notNow(why: "it answered \(status)")
        default: .refused(why: "it answered \(status)")
        }
    }

    private var configuration: String {
        let headers = ["Content-Type: application/json", "Expect:"]
        let secret = token.map { ["Authorization: Bearer \($0.value)"] } ?? []
        let options =
            [("url", url.value), ("request", "POST"), ("data", document)]
            + (headers + secret).map { ("header", $0) }
            + [
                ("proto", "=http,https"), ("max-time", "\(deadline.secondsRoundedUp)"),
                ("output", "/dev/null"),
                ("write-out", "%{http_code}"),
            ]
        return options.map { "\($0.0) = \(CurlConfiguration.inQuotes($0.1))\n" }.joined() + "globoff\n"
    }

    /// curl's words, without the secrets.
    private func shown(_ why: String) -> String {
        let line = ForeignText.line(why, charactersMax: 300)
        let secrets = [url.value, url.value.removingHost, token?.value ?? ""].filter { $0.count > 1 }
        return secrets.reduce(line) { $0.replacing($1, with: "…") }
    }
}

extension String {
    /// The part of an address after its host.
    fileprivate var removingHost: String {
        guard let start = range(of: "://")?.upperBound,
            let end = self[start...].firstIndex(where: { "/?#".contains($0) })
        else { return "" }
        return String(self[end...])
    }
}
