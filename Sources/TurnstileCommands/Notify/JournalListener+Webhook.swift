import Reports
import RolloutJournal
import RolloutModel
import Settings

extension Configuration {
    /// A listener for each webhook: one that does not answer delays no other.
    func webhookListeners(_ invocation: Invocation) -> [JournalListener] {
        (notify?.webhooks ?? []).map { .telling($0, WebhookPace.usual, invocation) }
    }
}

/// The attempts at one webhook, and their times.
struct WebhookPace: Sendable {
    /// The pauses between attempts; one attempt more than pauses.
    var pauses: [Duration]
    /// The longest time for one attempt.
    var deadline: Duration

    static let usual = WebhookPace(pauses: [.seconds(1), .seconds(3), .seconds(9)], deadline: .seconds(10))
}

/// A webhook that did not take a text.
struct WebhookFault: Error, Hashable, CustomStringConvertible {
    var description: String
}

extension JournalListener {
    /// Tells a webhook the news that it is for.
    static func telling(
        _ webhook: Webhook, _ pace: WebhookPace, _ invocation: Invocation
    ) -> JournalListener {
        JournalListener(
            DeliveryTerms(
                name: webhook.name, room: .items(newsWaitingMax),
                trouble: { error in
                    """
                    \(webhook.name) was not told: \(error). The rollout goes on. See that the address takes \
                    POST requests with JSON; 'turnstile show' has what it missed.
                    """
                }),
            from: GrowingNews(),
            resumed: { growing, blocks in
                // A journal that cannot be read is named by the command itself.
                if let read = try? GrowingNews(reading: blocks, name: webhook.name) { growing = read }
            },
            appended: { growing, line in
                growing.take(line: line).filter { webhook.news.contains($0.kind) }
                    .map { NewsText.text($0, invocation) }
            },
            tell: { delivery in
                switch delivery {
                case .item(let text): try await webhook.tell(text, pace)
                case .dropped(let count): try await webhook.tell(NewsText.leftOut(count), pace)
                }
            })
    }

    /// So many news wait for a webhook; further ones are left out, and it is told how many.
    private static let newsWaitingMax = 100
}

extension Webhook {
    /// Posts a text, more than once where the webhook says not now.
    ///
    /// - Throws: `WebhookFault` with the last answer; `CancellationError`.
    func tell(_ text: String, _ pace: WebhookPace) async throws {
        let call = WebhookCall(
            url: url, token: token, document: try WebhookCall.document(text), deadline: pace.deadline)
        var pauses = pace.pauses[...]
        while true {
            let answer = await call.ask()
            try Task.checkCancellation()
            switch answer {
            case .taken: return
            case .refused(let why): throw WebhookFault(description: why)
            case .notNow(let why):
                guard let pause = pauses.popFirst() else {
                    throw WebhookFault(description: "\(why), \(pace.pauses.count + 1) times")
                }
                try await Task.sleep(for: pause)
            }
        }
    }
}
