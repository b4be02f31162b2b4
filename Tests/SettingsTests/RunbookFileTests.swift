import Foundation
import RolloutModel
import SampleSettings
import Testing

@testable import Settings

/// The file of a runbook is checked whole, and everything that is wrong is told with line and key.
@Suite struct RunbookFileTests {
    private static let hosts: [HostID] = ["core-1", "core-2", "core-3"].map { HostID($0) }

    private static let templates = Dictionary(
        uniqueKeysWithValues: ["old-units", "new-units"].flatMap { directory in
            PlatformTemplates.files.map { ("\(directory)/\($0)", "[Unit]\n") }
        })

    private static let whole = """
        stages:
          - name: hosts
            upgrade:
              to: 1068.8.0
              hosts: [core-1, core-2]
              order: leader-last
              group: stable
              server: https://update.example/v1/update/
              leave-update-engine: as-found
              commit: direct
              dead-man: 30m
              etcd-after: 2.3
              on-failure: rollback
              retry-reverted: true
              move-leader: true
              stop-after: 1
              override: {window: the leak is worse}
          - name: platform
            platform:
              way: graceful
              to: 1.13.4
              deisctl: core-1:/opt/bin/deisctl
              templates: old-units
              new-deisctl: ./deisctl
              new-templates: new-units
              keep-image: [router]
              proxy-protocol: on
              backup-into: /safe/platform
              controller: http://deis.example.com/
        """

    private static func read(
        _ yaml: String, files: [String: String] = templates, ended: Set<StageName> = []
    ) throws -> Runbook {
        var found: Runbook?
        try SettingsDirectory.with(
            files.merging(["spring.yaml": yaml + "\n", "deisctl": "#!"]) { _, own in own }
        ) { environment in
            found = try RunbookFile.read(
                "spring.yaml", hosts: hosts, hasEnded: ended.contains, environment: environment
            ).runbook
        }
        return try #require(found)
    }

    @Test func everyKeyIsRead() throws {
        let runbook = try Self.read(Self.whole)
        #expect(runbook.stages.map(\.name.rawValue) == ["hosts", "platform"])
        guard case .hosts(let hosts) = runbook.stages[0].work,
            case .platform(let platform) = runbook.stages[1].work
        else {
            Issue.record("\(runbook)")
            return
        }
        #expect(
            hosts
                == HostStage(
                    hosts: [HostID("core-1"), HostID("core-2")], to: Version("1068.8.0"), order: .leaderLast,
                    group: "stable", server: "https://update.example/v1/update/", engineRest: .asFound,
                    commit: .direct, deadMan: "30", etcdAfter: "2.3", onFailure: .rollback,
                    retryReverted: true, movesLeader: true, stopAfter: 1,
                    overrides: [GateOverride(gate: .window, reason: "the leak is worse")]))
        #expect(platform.way == .graceful && platform.to == PlatformVersion(1, 13, 4))
        #expect(platform.old.program == .host(HostID("core-1"), path: "/opt/bin/deisctl"))
        #expect(platform.old.templates.hasSuffix("/old-units") && platform.old.templates.hasPrefix("/"))
        #expect(platform.keptImages == [.router] && platform.proxyProtocol == true && !platform.isBackedUp)
        #expect(platform.backup == "/safe/platform" && platform.controller == "http://deis.example.com")
    }

    @Test func littleIsEnough() throws {
        let runbook = try Self.read("stages: [{name: a, upgrade: {to: 1068.8.0}}]")
        guard case .hosts(let hosts)? = runbook.stages.first?.work else {
            Issue.record("\(runbook)")
            return
        }
        #expect(hosts.hosts == nil && hosts.onFailure == .hold && hosts.stopAfter == nil)
    }

    private static func stage(_ body: String) -> String { "stages:\n  - name: a\n    \(body)" }

    private static let tools =
        "deisctl: deisctl, templates: old-units, new-deisctl: deisctl, new-templates: new-units"

    static let wrong: [(yaml: String, complaints: [String])] = [
        ("", ["spring.yaml: stages: found nothing, expected at least one stage"]),
        ("# nothing yet", ["expected at least one stage"]),
        ("stages:", ["stages: found nothing, expected a list of keys and values"]),
        ("stages: []", ["spring.yaml:1: stages: found a list, expected at least one stage"]),
        ("stages: {a: b}", ["spring.yaml:1: stages: found keys and values, expected a list"]),
        ("stage: []", ["spring.yaml:1: stage: no such key; did you mean 'stages'?"]),
        ("- a", ["found a list, expected keys and values"]),
        ("stages: [", ["not YAML"]),
        (
            "stages:\n  - name: a\n    name: b\n    upgrade: {to: 1.2.3}",
            ["not YAML: keys are given twice: name"]
        ),
        (
            stage("upgrade: {to: 1068.8.0}\n  - name: a\n    upgrade: {to: 1068.8.0}"),
            [
                "spring.yaml:4: stages[2].name: found 'a', as on line 2, expected a name that no other stage has"
            ]
        ),
        (
            "stages: [{upgrade: {to: 1068.8.0}}]",
            ["spring.yaml:1: stages[1].name: found nothing, expected a name of letters"]
        ),
        ("stages: [{name: a b, upgrade: {to: 1068.8.0}}]", ["stages[1].name: found \"a b\""]),
        ("stages: [{name: a}]", ["stages[1]: found neither, expected one of 'upgrade' and 'platform'"]),
        (
            "stages: [{name: a, upgrade: {to: 1.2.3}, platform: {}}]",
            ["stages[1]: found both, expected one of"]
        ),
        (stage("upgrade:"), ["spring.yaml:3: stages[1].upgrade: found nothing, expected keys and values"]),
        (stage("upgrade: {}"), ["spring.yaml:3: stages[1].upgrade.to: found nothing, expected a release"]),
        (stage("upgrade: {to: latest}"), ["stages[1].upgrade.to: found \"latest\", expected a release"]),
        (
            stage("upgrade: {to: 1068.8.0, host: [core-1]}"),
            ["spring.yaml:3: stages[1].upgrade.host: no such key; did you mean 'stages[1].upgrade.hosts'?"]
        ),
        (
            stage("upgrade: {to: 1068.8.0, hosts: [core-1, cor-2, core-1]}"),
            [
                "stages[1].upgrade.hosts[2]: found \"cor-2\", expected a host of the configuration; did you mean 'core-2'?",
                "stages[1].upgrade.hosts[3]: found 'core-1' a second time, expected each host once",
            ]
        ),
        (stage("upgrade: {to: 1068.8.0, hosts: []}"), ["stages[1].upgrade.hosts: found a list, expected"]),
        (
            stage("upgrade: {to: 1068.8.0, stop-after: 0}"),
            ["stop-after: found \"0\", expected a whole number"]
        ),
        (
            stage("upgrade: {to: 1068.8.0, override: {windw: so}}"),
            [
                "stages[1].upgrade.override.windw: no such key; did you mean 'stages[1].upgrade.override.window'?"
            ]
        ),
        (
            stage("upgrade: {to: 1068.8.0, override: {window: ' '}}"),
            ["override.window: found \" \", expected the reason"]
        ),
        (
            stage("platform: {way: gracefull, to: 1.13.4, \(tools)}"),
            ["stages[1].platform.way: found \"gracefull\", expected in-place, graceful or documented"]
        ),
        (
            stage("platform: {way: graceful, to: 1.13, \(tools)}"),
            ["stages[1].platform.to: found \"1.13\", expected a version of Deis"]
        ),
        (
            stage("platform: {way: graceful, to: 1.13.4}"),
            [
                "platform.deisctl: found nothing", "platform.templates: found nothing",
                "platform.new-deisctl: found nothing", "platform.new-templates: found nothing",
            ]
        ),
        (
            stage(
                "platform: {way: graceful, to: 1.13.4, deisctl: core-9:/opt/bin/deisctl, templates: old-units, new-deisctl: gone, new-templates: none}"
            ),
            [
                "stages[1].platform.deisctl: found \"core-9\", expected a host of the configuration",
                "stages[1].platform.new-deisctl: found no file '", "expected the file of a deisctl",
                "stages[1].platform.new-templates: found no directory '",
            ]
        ),
        (
            stage("platform: {way: graceful, to: 1.13.4, \(tools), backed-up: true, backup-into: x}"),
            ["stages[1].platform.backup-into: found a directory, expected none beside 'backed-up'"]
        ),
        (
            stage("platform: {way: graceful, to: 1.13.4, \(tools), controller: 'http://ann@x'}"),
            ["stages[1].platform.controller: found \"http://ann@x\""]
        ),
        // Several things that are wrong are told at once.
        (
            "stages:\n  - name: a\n    upgrade: {tp: 1}\n  - name: b\n    platform: {too: 1}",
            ["problems in the runbook:", "upgrade.tp: no such key", "platform.too: no such key"]
        ),
    ]

    @Test(arguments: wrong) func whatIsWrongIsNamed(yaml: String, complaints: [String]) {
        let error = #expect(throws: ConfigurationError.self) { try Self.read(yaml) }
        let text = error?.description ?? ""
        for complaint in complaints { #expect(text.contains(complaint), "\(complaint)\nin\n\(text)") }
    }

    @Test func aTemplateThatIsMissingIsNamed() {
        let yaml = Self.stage("platform: {way: graceful, to: 1.13.4, \(Self.tools)}")
        var files = Self.templates
        files["new-units/deis-router.service"] = nil
        let error = #expect(throws: ConfigurationError.self) { try Self.read(yaml, files: files) }
        #expect(error?.description.contains("new-units' without 'deis-router.service'") == true)
        #expect(throws: Never.self) { try Self.read(yaml, files: files, ended: [StageName("a")]) }
    }

    @Test func aFileThatIsNotThereIsNamed() throws {
        try SettingsDirectory.with([:]) { environment in
            let error = #expect(throws: ConfigurationError.self) {
                try RunbookFile.read(
                    "spring.yaml", hosts: Self.hosts, hasEnded: { _ in false }, environment: environment)
            }
            #expect(error?.description.contains("spring.yaml: cannot be read: No such file") == true)
        }
    }
}
