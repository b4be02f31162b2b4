import Foundation
import RolloutModel
import SampleReports
import Synchronization
import Testing

@testable import Reports
@testable import RolloutJournal
@testable import Settings
@testable import TurnstileCommands

/// Webhooks are told of each news once, and never stop a rollout.
@Suite struct WebhookTests {
    private static let secretPath = "/services/s3cret"

    private func webhook(_ base: String, token: String? = nil) -> Webhook {
        Webhook(
            number: 1, address: .file("slack-url"), news: Set(RolloutNews.Kind.allCases),
            url: WebhookSecret(base + Self.secretPath), token: token.map { WebhookSecret($0) })
    }

    /// A whole journal is heard.
    ///
    /// - Returns: what was said to the person at the terminal.
    private func tell(
        _ webhook: Webhook, _ events: [RolloutMachine.Event], pauses: [Duration] = [.zero, .zero],
        patience: Duration = .seconds(600)
    ) async throws -> [String] {
        let said = Mutex<[String]>([])
        let listener = JournalListener.telling(
            webhook, WebhookPace(pauses: pauses, deadline: .seconds(60)), Invocation())
        let audience = JournalAudience([listener], patience: patience) { line in
            said.withLock { $0.append(line) }
        }
        let lines = try NewsSamples.lines(events)
        try await audience.attend { for line in lines { listener.appended(line) } }
        let all = said.withLock { $0 }
        #expect(all.allSatisfy { !$0.contains("s3cret") }, "\(all)")
        // A person wonders only where a machine is slow.
        return all.filter { !$0.hasPrefix("Waiting up to") }
    }

    @Test func everyNewsIsToldOnce() async throws {
        try await WebhookServer.with([200, 204, 200, 200, 200]) { server in
            let said = try await tell(webhook(server.base), NewsSamples.upgraded)
            #expect(said == [])
            let requests = try server.requests()
            #expect(requests.count == 5)
            #expect(requests.allSatisfy { $0.path == Self.secretPath && $0.type == "application/json" })
            #expect(requests.allSatisfy { $0.authority == nil })
            #expect(requests.first?.body.text == "Rollout r-1 has begun: upgrade of core-1, by core@bastion.")
            // A host's text calls no channel together.
            #expect(requests.dropFirst().first?.body.text.contains("&lt;!channel&gt;") == true)
        }
    }

    @Test func onlyTheEventsAskedForAreTold() async throws {
        try await WebhookServer.with([200, 200]) { server in
            var webhook = webhook(server.base, token: "t0ken")
            webhook.news = [.held, .done]
            let said = try await tell(webhook, NewsSamples.upgraded)
            #expect(said == [])
            let requests = try server.requests()
            #expect(requests.map { $0.body.text.contains("is held") } == [true, false])
            #expect(requests.allSatisfy { $0.authority == "Bearer t0ken" })
        }
    }

    @Test(arguments: [500, 503, 429, 408]) func anAnswerOfNotNowIsAskedAgain(status: Int) async throws {
        try await WebhookServer.with([status, 200]) { server in
            let said = try await tell(webhook(server.base), [.began])
            let requests = try server.requests()
            #expect(said == [])
            #expect(requests.count == 2 && Set(requests).count == 1)
        }
    }

    @Test(arguments: [(404, "it answered 404"), (302, "a redirect is not followed")])
    func aRefusalIsSaidAndNotRepeated(status: Int, why: String) async throws {
        try await WebhookServer.with([status]) { server in
            let said = try await tell(webhook(server.base), [.began])
            #expect(said.count == 1 && said.first?.contains(why) == true, "\(said)")
            #expect(said.first?.hasPrefix("notify.webhooks[1] was not told") == true, "\(said)")
            let requests = try server.requests()
            #expect(requests.count == 1)
        }
    }

    @Test func triesAreCounted() async throws {
        try await WebhookServer.with([500, 500, 500]) { server in
            let said = try await tell(webhook(server.base), [.began])
            #expect(said.first?.contains("it answered 500, 3 times") == true, "\(said)")
        }
    }

    @Test func aServerThatNeverAnswersDoesNotHoldUpTheEnd() async throws {
        try await WebhookServer.withSilence { base in
            let said = try await tell(webhook(base), [.began], patience: .milliseconds(200))
            #expect(said.count == 1 && said.first?.contains("has not taken the rest") == true, "\(said)")
        }
    }

    @Test func whereNobodyListensCurlsWordsAreSaid() async throws {
        var gone = ""
        try await WebhookServer.withSilence { gone = $0 }
        let said = try await tell(webhook(gone), [.began], pauses: [])
        #expect(said.first?.contains("curl: (7)") == true, "\(said)")
    }

    @Test func noSecretIsAnArgument() {
        #expect(WebhookCall.command == ["curl", "--disable", "--silent", "--show-error", "--config", "-"])
        let webhook = webhook("http://a", token: "t0ken")
        #expect(!"\(webhook)".contains("s3cret") && !String(reflecting: webhook).contains("t0ken"))
    }
}
