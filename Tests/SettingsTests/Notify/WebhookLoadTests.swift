import Foundation
import RolloutJournal
import SampleSettings
import Testing

@testable import Settings

/// `notify.webhooks` in `turnstile.yaml`.
@Suite struct WebhookLoadTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var entry: String
        /// A part of the complaint; nil where the entry is accepted.
        var complaint: String?
        var secret = "https://hooks.example/s3cret\n"
        var mode = 0o600
        var testDescription: String { "\(entry) \(String(mode, radix: 8)) \(secret.debugDescription)" }
    }

    static let cases = [
        Case(entry: "url: https://hooks.example/x", complaint: nil),
        Case(entry: "url-file: slack-url", complaint: nil),
        Case(entry: "url-file: slack-url, events: [held, host-done], token: slack-url", complaint: nil),
        Case(entry: "events: [held]", complaint: "notify.webhooks[1].url: found nothing"),
        Case(
            entry: "url: https://hooks.example/x, url-file: slack-url",
            complaint: "notify.webhooks[1]: found url and url-file, expected one of the two"),
        Case(entry: "url: ftp://hooks.example/x", complaint: "notify.webhooks[1].url"),
        Case(entry: "url-file: slack-url, events: [hold]", complaint: "expected one of start, held, resumed"),
        Case(entry: "url-file: slack-url", complaint: "chmod 600", mode: 0o640),
        Case(entry: "url-file: slack-url", complaint: "chmod 600", mode: 0o604),
        Case(
            entry: "url-file: slack-url", complaint: "one line with an http or https address",
            secret: "s3cret\n"),
        Case(
            entry: "url-file: slack-url", complaint: "one line with an http or https address",
            secret: "https://hooks.example/s3cret\nhttps://hooks.example/s3cret\n"),
        Case(
            entry: "url: https://hooks.example/x, token: slack-url", complaint: "one line with a token",
            secret: "s3 cret\n"),
        Case(entry: "url-file: nowhere", complaint: "nowhere: cannot be read"),
    ]

    @Test(arguments: cases) func anEntryIsCheckedWhenItIsLoaded(_ example: Case) throws {
        let files = [
            "turnstile.yaml": "notify: {webhooks: [{\(example.entry)}]}\n", "slack-url": example.secret,
        ]
        try SettingsDirectory.with(files) { environment in
            let path = environment.workingDirectory + "/slack-url"
            try FileManager.default.setAttributes([.posixPermissions: example.mode], ofItemAtPath: path)
            guard let complaint = example.complaint else {
                let configuration = try SettingsDirectory.load(environment)
                #expect(configuration.notify?.webhooks.first?.url.value.hasPrefix("https://hooks.") == true)
                let shown = String(decoding: try JSONEncoder().encode(configuration), as: UTF8.self)
                #expect(!shown.contains("s3cret") && !"\(configuration)".contains("s3cret"))
                return
            }
            let error = #expect(throws: ConfigurationError.self) {
                try SettingsDirectory.load(environment)
            }
            let words = error.map(\.description) ?? ""
            #expect(words.contains(complaint) && !words.contains("s3cret"), "\(words)")
        }
    }

    @Test func allNewsAreToldWhereNoneAreNamed() throws {
        let yaml = "notify: {webhooks: [{url: \"http://a/\"}, {url: \"http://b/\", events: [done]}]}\n"
        try SettingsDirectory.with(["turnstile.yaml": yaml]) { environment in
            let webhooks = try #require(try SettingsDirectory.load(environment).notify?.webhooks)
            #expect(webhooks.map(\.news) == [Set(RolloutNews.Kind.allCases), [.done]])
            #expect(webhooks.map(\.name) == ["notify.webhooks[1]", "notify.webhooks[2]"])
        }
    }

    /// The digest of a configuration that names none is what it was before there were webhooks.
    @Test func aConfigurationWithoutWebhooksSaysNothingOfThem() throws {
        try SettingsDirectory.with(["turnstile.yaml": "hosts: [core-1]\n"]) { environment in
            let configuration = try SettingsDirectory.load(environment)
            let shown = String(decoding: try JSONEncoder().encode(configuration), as: UTF8.self)
            #expect(configuration.notify == nil && !shown.contains("notify"))
        }
    }
}
