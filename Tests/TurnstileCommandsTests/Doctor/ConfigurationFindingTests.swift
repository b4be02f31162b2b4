import RolloutModel
import Testing

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
        try ConfigurationLoadTests.with(["turnstile.yaml": yaml]) { environment in
            let error = try #require(throws: ConfigurationError.self) {
                try ConfigurationLoadTests.load(environment)
            }
            let findings = error.problems.map(\.finding)
            #expect(findings.count == 1 && findings[0].check == .configuration, "\(findings)")
            #expect(findings[0].said.contains(says), "\(findings[0].said)")
            #expect(findings[0].fix?.text().contains(fix) == true, "\(findings)")
        }
    }

    @Test func aFileThatIsNotThereCanBeMade() throws {
        try ConfigurationLoadTests.with([:]) { environment in
            let error = try #require(throws: ConfigurationError.self) {
                try ConfigurationLoadTests.load(environment, path: "my cluster.yaml")
            }
            let fix = try #require(error.problems.first?.finding.fix).text()
            #expect(fix.contains("'turnstile init --from HOST --write 'my cluster.yaml''"), "\(fix)")
        }
    }
}
