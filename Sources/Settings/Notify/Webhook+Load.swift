import RolloutJournal

/// The reading of `notify`.
extension Webhook {
    static let keys = ["url", "url-file", "events", "token"]

    /// - Returns: nil where the entry has no address.
    init?(
        _ section: ConfigurationSection, number: Int, _ absolute: (String) -> String,
        _ problems: inout [ConfigurationProblem]
    ) {
        self.number = number
        tokenFile = section.value("token", .path, &problems).map(absolute)
        let events = section.values("events", each: .rolloutNews, &problems)
        news = Set(events ?? RolloutNews.Kind.allCases)
        let file = section.value("url-file", .path, &problems).map(absolute)
        if let file {
            address = .file(file)
            alsoURL = section.value("url", ConfigurationValue.pageURL, &problems)
        } else if let url = section.require("url", ConfigurationValue.pageURL, &problems) {
            address = .url(url)
        } else {
            return nil
        }
    }

    /// Reads the secrets. Their files must be readable by their owner alone: who has the address can post there.
    func withSecrets(_ environment: ConfigurationEnvironment) throws(ConfigurationError) -> Webhook {
        guard alsoURL == nil else {
            throw ConfigurationError([
                ConfigurationProblem(
                    key: name,
                    fault: .unexpected(found: "url and url-file", expected: "one of the two"))
            ])
        }
        var webhook = self
        switch address {
        case .url(let url): webhook.url = WebhookSecret(url)
        case .file(let file):
            webhook.url = try Self.secret(file, "an http or https address", environment) {
                $0.utf8.count < 2000 ? ConfigurationValue<String>.pageURL.read($0) : nil
            }
        }
        webhook.token = try tokenFile.map { file throws(ConfigurationError) in
            try Self.secret(file, "a token without blanks, quotes or backslashes", environment) { line in
                let isPlain = line.utf8.allSatisfy {
                    (0x21..<0x7f).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
                }
                return isPlain && !line.isEmpty ? line : nil
            }
        }
        return webhook
    }

    private static func secret(
        _ file: String, _ expected: String, _ environment: ConfigurationEnvironment,
        _ read: (String) -> String?
    ) throws(ConfigurationError) -> WebhookSecret {
        let text = try TextFile.read(file, environment: environment, bytesMax: 4096, ownerAlone: true)
        let line = text.hasSuffix("\n") ? String(text.dropLast()) : text
        guard let value = read(line) else {
            throw ConfigurationError([
                ConfigurationProblem(
                    file: file, key: "",
                    fault: .unexpected(found: "something else", expected: "one line with \(expected)"))
            ])
        }
        return WebhookSecret(value)
    }
}

extension ConfigurationFile {
    static func webhooks(
        _ top: ConfigurationSection, _ absolute: (String) -> String,
        _ problems: inout [ConfigurationProblem]
    ) -> [Webhook] {
        guard let notify = top.section("notify", .notify, &problems) else { return [] }
        var webhooks: [Webhook] = []
        for (index, section) in notify.sections("webhooks", .webhook, &problems).enumerated() {
            Webhook(section, number: index + 1, absolute, &problems).map { webhooks.append($0) }
        }
        return webhooks
    }
}

extension ConfigurationValue where Value == RolloutNews.Kind {
    static let rolloutNews = Self(
        expected: "one of \(RolloutNews.Kind.allCases.map(\.rawValue).joined(separator: ", "))"
    ) { RolloutNews.Kind(rawValue: $0) }
}
