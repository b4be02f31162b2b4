import Foundation
import RolloutModel
import SampleSettings
import Testing

@testable import Settings
@testable import TurnstileCommands

/// Every problem of a configuration is a finding, with its file, line and key, and what to write instead.
@Suite struct ConfigurationFindingTests {
    static let problems: [(yaml: String, says: String, fix: String)] = [
        (
            "updat: {group: x}\n", "turnstile.yaml:1: updat: no such key",
            "in turnstile.yaml, line 1, write update"
        ),
        ("zebra: 1\n", "zebra: no such key", "take zebra out of turnstile.yaml, line 1"),
        (
            "hosts: [a]\ngates: {fleet: {ttl: soon}}\n", "turnstile.yaml:2: gates.fleet.ttl",
            "in turnstile.yaml, line 2, give gates.fleet.ttl a duration"
        ),
        ("hosts: [a, a]\n", "host 'a' is named twice", "name 'a' once"),
        ("hosts: [a\n", "not YAML", "mend turnstile.yaml"),
    ]

    @Test(arguments: problems) func aProblemIsAFault(yaml: String, says: String, fix: String) throws {
        try SettingsDirectory.with(["turnstile.yaml": yaml]) { environment in
            let error = try #require(throws: ConfigurationError.self) {
                try SettingsDirectory.load(environment)
            }
            let findings = error.problems.map { $0.finding(missing: nil) }
            #expect(findings.count == 1 && findings[0].check == .configuration, "\(findings)")
            #expect(findings[0].said.contains(says), "\(findings[0].said)")
            #expect(findings[0].fix?.text().contains(fix) == true, "\(findings)")
        }
    }

    @Test func aFileThatIsNotThereCanBeMade() throws {
        try SettingsDirectory.with([:]) { environment in
            let error = try #require(throws: ConfigurationError.self) {
                try SettingsDirectory.load(environment, path: "my cluster.yaml")
            }
            let problem = try #require(error.problems.first)
            let fix = try #require(problem.finding(missing: "my cluster.yaml").fix).text()
            #expect(fix.contains("'turnstile init --from HOST --write 'my cluster.yaml''"), "\(fix)")
            let unreadable = try #require(problem.finding(missing: nil).fix).text()
            #expect(unreadable == "Name a file that can be read", "something is there, and stays")
        }
    }

    /// Files beside the configuration, by the key that names them: none is made by init.
    static let others: [(yaml: String, fix: String)] = [
        ("gates: {etcd: {credentials: secret}}\n", "Name a file that can be read"),
        ("gates: {consul: {enabled: true, token: secret}}\n", "Name a file that can be read"),
        ("gates: {etcd: {credentials: there}}\n", "there must hold one line, user:password"),
        ("gates: {consul: {enabled: true, token: there}}\n", "there must hold one line with one token"),
    ]

    @Test(arguments: others) func aFileOfASecretIsNotMadeByInit(yaml: String, fix: String) throws {
        try SettingsDirectory.with(["turnstile.yaml": yaml, "there": "a b\nc\n"]) { environment in
            let file = environment.workingDirectory + "/there"
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
            let error = try #require(throws: ConfigurationError.self) {
                try SettingsDirectory.load(environment)
            }
            let problem = try #require(error.problems.first)
            let text = try #require(problem.finding(missing: "turnstile.yaml").fix).text()
            #expect(text.hasSuffix(fix) && !text.contains("init"), "\(text)")
        }
    }

    @Test func hostsAreNamedInTheFileThatIsThere() throws {
        let none = ConfigurationProblem(file: "my.yaml", key: "hosts", fault: .noHosts)
        let fix = try #require(none.finding(missing: nil).fix).text()
        #expect(fix.contains("in my.yaml") && fix.contains("turnstile --config my.yaml init --from HOST"))
        #expect(!fix.contains("--write"), "\(fix)")
    }
}
