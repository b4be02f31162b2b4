import Foundation
import RolloutModel
import Testing

@testable import TurnstileCommands

/// The program itself, on files of runbooks. No host is asked.
@Suite struct RunbookProgramTests {
    private static let configuration = "hosts: [core-1, core-2]\n"

    private static func runbook(to version: String) -> String {
        """
        stages:
          - {name: canary, upgrade: {to: \(version), hosts: [core-1]}}
          - {name: hosts, upgrade: {to: \(version)}}
          - name: platform
            platform: {way: graceful, to: 1.13.4, deisctl: "core-1:/opt/bin/deisctl", templates: units, new-deisctl: deisctl, new-templates: units, backed-up: true}

        """
    }

    private static func files(_ runbook: String) -> [String: String] {
        let units = PlatformTemplates.files.map { ("units/\($0)", "[Unit]\n") }
        return Dictionary(uniqueKeysWithValues: units)
            .merging([
                "turnstile.yaml": configuration, "spring.yaml": runbook, "deisctl": "#!",
            ]) { _, own in own }
    }

    private func turnstile(_ words: [String], _ runbook: String) async throws -> ProgramTests.Outcome {
        try await ProgramTests().turnstile(["runbook", "spring.yaml"] + words, files: Self.files(runbook))
    }

    @Test func aDryRunTellsEachStage() async throws {
        let outcome = try await turnstile(["--dry-run"], Self.runbook(to: "1068.8.0"))
        #expect(outcome.status == 0, "\(outcome)")
        #expect(outcome.output.contains("canary") && outcome.output.contains("core-1 to 1068.8.0"))
        #expect(outcome.output.contains("the platform to Deis 1.13.4, graceful, made for CoreOS 1068.8.0"))
        let json = try await turnstile(["--dry-run", "--output", "json"], Self.runbook(to: "1068.8.0"))
        let document = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        #expect((document?["stages"] as? [Any])?.count == 3, "\(json)")
    }

    /// Hosts that would run another release than the platform wants hold the runbook, before anything is begun.
    @Test(arguments: [[], ["--dry-run"], ["--yes"]]) func anotherReleaseHolds(words: [String]) async throws {
        let outcome = try await turnstile(words, Self.runbook(to: "899.17.0"))
        #expect(outcome.status == 2, "\(outcome)")
        #expect(outcome.errors.contains("Deis 1.13.4 of stage 'platform' was made for CoreOS 1068.8.0"))
        #expect(outcome.errors.contains("--override coreos='the reason'"))
    }

    @Test func itIsPassedOverWithAReason() async throws {
        let words = ["--dry-run", "--override", "coreos=tried on staging"]
        let outcome = try await turnstile(words, Self.runbook(to: "899.17.0"))
        #expect(outcome.status == 0, "\(outcome)")
        for wrong in ["coreos", "coreos=", "quorum=so"] {
            let refused = try await turnstile(["--override", wrong], Self.runbook(to: "899.17.0"))
            #expect(refused.status == 64, "\(refused)")
        }
    }

    static let wrong: [(runbook: String, complaint: String)] = [
        ("", "spring.yaml: stages: found nothing"),
        (
            runbook(to: "1068.8.0").replacing("hosts: [core-1]", with: "hosts: [core-11]"),
            "spring.yaml:2: stages[1].upgrade.hosts[1]: found \"core-11\", expected a host of the configuration; did you mean 'core-1'?"
        ),
        (
            runbook(to: "1068.8.0").replacing("name: hosts", with: "name: canary"),
            "spring.yaml:3: stages[2].name: found 'canary', as on line 2, expected a name that no other stage has"
        ),
        (
            runbook(to: "1068.8.0").replacing("new-deisctl: deisctl", with: "new-deisctl: gone"),
            "platform.new-deisctl: found no file '"
        ),
    ]

    @Test(arguments: wrong) func whatIsWrongIsSaidBeforeAnything(runbook: String, complaint: String)
        async throws
    {
        let outcome = try await turnstile(["--yes"], runbook)
        #expect(outcome.status == 64 && outcome.errors.contains(complaint), "\(outcome)")
    }

    @Test func aFileThatIsNotThereIsNamed() async throws {
        let outcome = try await ProgramTests().turnstile(
            ["runbook", "spring.yaml"], files: ["turnstile.yaml": Self.configuration])
        #expect(outcome.status == 64 && outcome.errors.contains("spring.yaml: cannot be read"), "\(outcome)")
        let none = try await ProgramTests().turnstile(
            ["runbook", "spring.yaml"], files: ["spring.yaml": Self.runbook(to: "1068.8.0")])
        #expect(none.status == 64 && none.errors.contains("there are no hosts"), "\(none)")
    }

    /// A record that was changed is damaged, and nothing is begun by it.
    @Test func aDamagedRecordIsNamed() async throws {
        var files = Self.files(Self.runbook(to: "1068.8.0"))
        files["turnstile/spring.runbook"] = "{\"at\":\"x\"}\n"
        let outcome = try await ProgramTests().turnstile(["runbook", "spring.yaml", "--yes"], files: files)
        #expect(outcome.status == 1, "\(outcome)")
        #expect(outcome.errors.contains("the runbook's record '"), "\(outcome)")
    }

    /// The way on stands below what the stage said.
    @Test func aStageThatCannotBeginSaysHowTheRunbookGoesOn() async throws {
        var files = Self.files(Self.runbook(to: "1068.8.0"))
        files["turnstile.yaml"] = """
            hosts: [{name: core-1, address: 127.0.0.1, port: 1}, {name: core-2, address: 127.0.0.1, port: 1}]
            ssh: {config: none, connect-timeout: 1s}
            timeouts: {gate: 1s}
            """
        let outcome = try await ProgramTests().turnstile(["runbook", "spring.yaml", "--yes"], files: files)
        #expect(outcome.status == 2, "\(outcome)")
        #expect(outcome.errors.contains("Stage 1 of 3 of runbook 'spring': 'canary'"), "\(outcome)")
        #expect(
            outcome.errors.contains(
                "The runbook stands at stage 1 of 3, 'canary', and goes on from there with: turnstile runbook spring.yaml"
            ), "\(outcome)")
    }
}
