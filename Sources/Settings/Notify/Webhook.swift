import RolloutJournal

/// An address that is told of a rollout's news: an entry of `notify.webhooks`.
package struct Webhook: Hashable, Sendable {
    /// The place in the list, from 1.
    var number: Int
    var address: Address
    package var news: Set<RolloutNews.Kind>
    /// The address beside the one in a file, where both are given. Such an entry is refused once files are read.
    var alsoURL: String?
    /// The path of the file with a token.
    var tokenFile: String?
    /// The secrets, once their files were read.
    package var url = WebhookSecret("")
    package var token: WebhookSecret?

    enum Address: Hashable, Sendable {
        case url(String)
        /// The path of a file that has the address, which is a secret.
        case file(String)
    }

    /// The key in `turnstile.yaml`, which stands for it in messages: its address may be a secret.
    package var name: String { "notify.webhooks[\(number)]" }
}

extension Webhook: Encodable {
    private enum CodingKeys: String, CodingKey {
        case url, urlFile, events, token
    }

    /// Without the secrets.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch address {
        case .url(let url): try container.encode(url, forKey: .url)
        case .file(let file): try container.encode(file, forKey: .urlFile)
        }
        try container.encode(news.map(\.rawValue).sorted(), forKey: .events)
        try container.encodeIfPresent(tokenFile, forKey: .token)
    }
}

extension Configuration {
    /// `notify`
    package struct Notify: Encodable, Hashable, Sendable {
        package var webhooks: [Webhook]
    }
}
