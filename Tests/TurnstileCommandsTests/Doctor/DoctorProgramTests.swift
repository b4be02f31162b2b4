import Foundation
import SampleReports
import Testing

/// `doctor` and `init` themselves, without a host that answers.
extension ProgramTests {
    static let local = "ssh: {config: none, known-hosts: [known_hosts], identity-files: [id]}\n"

    @Test func doctorNamesEveryProblemOfAConfiguration() async throws {
        let yaml = "hosts: [a]\nupdat: {group: x}\ngates: {fleet: {ttl: soon}}\n"
        let outcome = try await turnstile(["doctor"], files: ["turnstile.yaml": yaml])
        #expect(outcome.status == 1, "\(outcome)")
        let lines = outcome.output.split(separator: "\n").filter { $0.hasPrefix("fault") }
        #expect(lines.count == 2, "\(outcome.output)")
        // Below the lines, where a pipe keeps it, too.
        #expect(outcome.output.hasSuffix("2 faults. Mend them, and ask again.\n"), "\(outcome)")
        #expect(outcome.errors.isEmpty, "\(outcome)")
    }

    @Test func doctorWithoutHostsSaysHowToGetThem() async throws {
        let outcome = try await turnstile(["doctor"])
        #expect(outcome.status == 1 && outcome.output.contains("there are no hosts"), "\(outcome)")
        #expect(outcome.output.contains("turnstile init --from HOST --write turnstile.yaml\n"))
    }

    @Test func doctorTellsOfAHostThatDoesNotAnswerAndOfAKeyThatIsOpen() async throws {
        let yaml = "hosts: ['core@127.0.0.1:1']\n" + Self.local
        let outcome = try await turnstile(
            ["doctor", "--output", "json"],
            files: ["turnstile.yaml": yaml, "known_hosts": "", "id": "not a key\n"]
        ) { directory in
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o644], ofItemAtPath: directory.appendingPathComponent("id").path)
        }
        #expect(outcome.status == 1, "\(outcome)")
        #expect(try JSONSchema("doctor").objections(to: outcome.output) == [])
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
        let findings = document["findings"] as? [[String: Any]] ?? []
        let faults = findings.filter { $0["verdict"] as? String == "fault" }.compactMap {
            $0["check"] as? String
        }
        #expect(faults == ["keys", "connection"], "\(outcome.output)")
        #expect(outcome.output.contains("chmod 600 ") && outcome.output.contains("onnection refused"))
    }

    /// Standard input is read once.
    @Test func doctorTakesHostsFromStandardInput() async throws {
        let outcome = try await turnstile(
            ["doctor", "--hosts-file", "-"], files: ["turnstile.yaml": Self.local, "known_hosts": ""],
            input: "core@127.0.0.1:1\n")
        #expect(outcome.status == 1, "\(outcome)")
        #expect(outcome.output.contains("turnstile.yaml loads, 1 host\n"), "\(outcome)")
        #expect(outcome.output.contains("connection by ssh on 127.0.0.1:1"), "\(outcome)")
    }

    /// The host is called all the same: its key is what a person compares.
    @Test func doctorCallsAHostWhereNoFileOfKeysIsThere() async throws {
        let outcome = try await turnstile(
            ["doctor"], files: ["turnstile.yaml": "hosts: ['core@127.0.0.1:1']\n" + Self.local])
        #expect(outcome.status == 1 && outcome.output.contains("onnection refused"), "\(outcome)")
        #expect(!outcome.output.contains("known_hosts"), "\(outcome)")
    }

    @Test(arguments: [
        ["doctor", "--deadline", "0"], ["doctor", "--output", "xml"], ["doctor", "a b"],
        ["doctor", "--user", "a b", "c"], ["init"], ["init", "--from", "a b"],
        ["init", "--from", "a", "--force"],
        ["init", "--from", "-x"],
    ]) func optionsThatMeanNothingAreUsage(arguments: [String]) async throws {
        let outcome = try await turnstile(arguments)
        #expect(outcome.status == 64 && outcome.output.isEmpty && !outcome.errors.isEmpty, "\(outcome)")
    }

    /// The command that is printed reaches the host in the same way.
    @Test func initHandsItsFlagsOnToDoctor() async throws {
        let outcome = try await turnstile(
            [
                "init", "--from", "127.0.0.1:1", "--user", "ann", "--identity-file", "id",
                "--identity-file", "my key",
            ], files: ["turnstile.yaml": Self.local, "known_hosts": ""])
        let command = "turnstile doctor --user ann --identity-file id --identity-file 'my key' 127.0.0.1:1'"
        #expect(outcome.status == 1 && outcome.errors.contains(command), "\(outcome)")
    }

    /// `init` writes no file where it found nothing out, and leaves a file that is there as it is.
    @Test func initWritesNothingItDidNotFindOut() async throws {
        let files = ["turnstile.yaml": Self.local, "known_hosts": "", "there.yaml": "hosts: [kept]\n"]
        let unheard = try await turnstile(
            ["init", "--from", "core@127.0.0.1:1", "--write", "new.yaml"], files: files)
        #expect(unheard.status == 1 && unheard.output.isEmpty, "\(unheard)")
        #expect(unheard.errors.contains("'turnstile doctor --user core 127.0.0.1:1'"), "\(unheard)")
        let kept = try await turnstile(
            ["init", "--from", "core@127.0.0.1:1", "--write", "there.yaml"], files: files)
        #expect(kept.status == 1 && kept.errors.contains("'there.yaml' is there already"), "\(kept)")
    }
}
