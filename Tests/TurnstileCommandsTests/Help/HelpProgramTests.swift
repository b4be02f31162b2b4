import Foundation
import Testing

/// `help`, and words that are near a command, a host or a gate.
extension ProgramTests {
    static let misspelt: [(arguments: [String], says: String)] = [
        (["statsu"], "'statsu' is no command of 'turnstile'; did you mean 'status'?"),
        (["--config", "x.yaml", "upgarde", "core-1"], "did you mean 'upgrade'?"),
        (["statsu", "--help"], "did you mean 'status'?"),
        (["platform", "adit"], "'adit' is no command of 'turnstile platform'; did you mean 'audit'?"),
        (["platform", "migrate", "rnu"], "did you mean 'run'?"),
        (["journal", "r-1"], "'r-1' is no command of 'turnstile journal'; those are verify"),
        (["help", "upgarde"], "'upgarde' is no command of 'turnstile'; did you mean 'upgrade'?"),
        (["help", "status", "x"], "'x' is no topic of help"),
        (["help", "holds", "etdc"], "'etdc' is no gate; did you mean 'etcd'?"),
        (["help", "holds", "nothing-like-it"], "is no gate; those are clock, "),
        (["help", "holds", "etcd", "fleet"], "name one gate"),
        (["plan", "coer-1"], "'coer-1' is not listed; did you mean 'core-1'?"),
        (["audit", "core-1", "coer-2"], "'coer-2' is not listed; did you mean 'core-2'?"),
        (["rollback", "coer-1"], "did you mean 'core-1'?"), (["lose", "coer-1"], "did you mean 'core-1'?"),
        (["abandon", "--host", "coer-1"], "did you mean 'core-1'?"),
        (
            ["upgrade", "--override", "windwo=x"],
            "'windwo' is no gate that can be passed over; did you mean 'window'?"
        ),
        (["upgrade", "--limt", "core-1"], "Did you mean '--limit'?"),
    ]

    @Test(arguments: misspelt) func aMisspeltWordNamesTheNearest(arguments: [String], says: String)
        async throws
    {
        let outcome = try await turnstile(arguments, files: ["turnstile.yaml": "hosts: [core-1, core-2]\n"])
        #expect(outcome.status == 64 && outcome.output.isEmpty, "\(outcome)")
        #expect(outcome.errors.contains(says), "\(outcome)")
    }

    @Test func theHoldsOfAGateAreExplained() async throws {
        let outcome = try await turnstile(["help", "holds", "etcd"])
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)")
        #expect(outcome.output.contains("What to do: ") && outcome.output.contains("- "), "\(outcome)")
        let overview = try await turnstile(["help", "holds"])
        #expect(overview.status == 0 && overview.output.contains("window"), "\(overview)")
    }

    @Test(arguments: [["help"], ["help", "upgrade"], ["help", "platform", "migrate", "run"]])
    func helpIsThatOfACommand(arguments: [String]) async throws {
        let outcome = try await turnstile(arguments)
        let name = (["turnstile"] + arguments.dropFirst()).joined(separator: " ")
        #expect(outcome.status == 0 && outcome.output.contains("USAGE: \(name)"), "\(outcome)")
    }

    // MARK: Choosing

    static let choices: [(arguments: [String], shown: [String])] = [
        (["--limit", "etcd"], ["127.0.0.1:1", "127.0.0.1:2"]), (["--limit", "all:!etcd"], ["127.0.0.1:3"]),
        (["--exclude", "etcd"], ["127.0.0.1:3"]), (["--limit", "etcd:&odd"], ["127.0.0.1:1"]),
        (["etcd", "--exclude", "odd"], ["127.0.0.1:2"]),
    ]

    @Test(arguments: choices) func anAuditIsOfTheChosen(arguments: [String], shown: [String]) async throws {
        let files = [
            "turnstile.yaml": "ssh: {config: none, known-hosts: [known_hosts]}\n", "known_hosts": "",
            "hosts.ini": "[etcd]\n127.0.0.1:1\n127.0.0.1:2\n[odd]\n127.0.0.1:1\n127.0.0.1:3\n",
        ]
        let outcome = try await turnstile(
            ["audit", "--output", "csv", "--hosts-file", "hosts.ini"] + arguments, files: files)
        #expect(outcome.status == 1, "\(outcome)")
        let rows = outcome.output.split(separator: "\r\n").dropFirst().map { String($0.prefix { $0 != "," }) }
        #expect(rows == shown, "\(outcome)")
    }

    @Test(arguments: [
        (["audit", "--where", "versoin<1409"], 64, "is no field; there are version"),
        (["upgrade", "--where", "version"], 64, "is no condition; such are version<1409"),
        (["plan", "--limit", "elsewhere"], 64, "'elsewhere' is neither a host here nor a group"),
        (["install", "--exclude", "*"], 64, "--exclude: no host is left"),
        (["resume", "--limit", "core-1"], 64, "go with --from-hosts"),
        (["plan", "--where", "version<1409"], 1, "these hosts do not tell:\n  - 127.0.0.1:1: "),
    ]) func aChoiceThatCannotBeMadeIsRefused(arguments: [String], status: Int32, says: String) async throws {
        let files = ["turnstile.yaml": "hosts: ['core@127.0.0.1:1']\n" + Self.local, "known_hosts": ""]
        let outcome = try await turnstile(arguments, files: files)
        #expect(outcome.status == status && outcome.output.isEmpty, "\(outcome)")
        #expect(outcome.errors.contains(says), "\(outcome)")
    }
}
