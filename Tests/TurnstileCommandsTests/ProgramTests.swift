import Foundation
import ProcessInput
import Subprocess
import SystemPackage
import Testing

@testable import TurnstileCommands

/// Tests of the program itself, as a user meets it.
@Suite struct ProgramTests {
    struct Outcome {
        var status: Int32?
        var output: String
        var errors: String
    }

    /// Runs turnstile in an empty directory that holds these files.
    ///
    /// - Parameter arrange: adds more files to the directory.
    func turnstile(
        _ arguments: [String], files: [String: String] = [:], input: String = "",
        arrange: (URL) throws -> Void = { _ in }
    ) async throws -> Outcome {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("program-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        for (name, text) in files {
            try FileManager.default.createDirectory(
                at: directory.appendingPathComponent(name).deletingLastPathComponent(),
                withIntermediateDirectories: true)
            try Data(text.utf8).write(to: directory.appendingPathComponent(name))
        }
        try arrange(directory)
        let result = try await run(
            .path(FilePath(try Self.programPath())), arguments: Arguments(arguments),
            environment: .inherit.updating(["HOME": directory.path, "XDG_STATE_HOME": directory.path]),
            workingDirectory: FilePath(directory.path),
            // The program may end without reading its input.
            input: .fileDescriptor(try FilledPipe.readEnd(of: input), closeAfterSpawningProcess: true),
            output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        guard case .exited(let status) = result.terminationStatus else {
            return Outcome(status: nil, output: result.standardOutput, errors: result.standardError)
        }
        return Outcome(status: status, output: result.standardOutput, errors: result.standardError)
    }

    /// The program, which is built beside the test bundle.
    static func programPath() throws -> String {
        var directory = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        for _ in 0..<4 {
            let candidate = directory.appendingPathComponent("turnstile").path
            if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
            directory.deleteLastPathComponent()
        }
        throw CocoaError(.fileNoSuchFile)
    }

    /// The reader of the output may be gone, with SIGPIPE ignored: the program ends with its usual exit code.
    @Test func nobodyNeedsToListen() async throws {
        let program = try Self.programPath()
        let result = try await Subprocess.run(
            .path("/bin/bash"),
            arguments: [
                "-c",
                #"exec 3>&1; trap '' PIPE; { sleep 0.5; "$0" --config /nonexistent/turnstile.yaml plan; echo $? >&3; } 2>&1 >/dev/null | true"#,
                program,
            ],
            input: .none, output: .string(limit: 1 << 10), error: .discarded)
        #expect(result.standardOutput == "64\n")
    }

    /// The next connection or journal would have the number of a stream that the caller closed.
    @Test(.timeLimit(.minutes(2))) func whatIsWrittenForPeopleGoesIntoNoOtherFile() async throws {
        let script = #"""
            cd /; export HOME=/nonexistent XDG_STATE_HOME=/nonexistent
            "$0" gates --watch core@127.0.0.1:1 <&- >&- 2>&- 3>&- &
            for turn in {1..300}; do
              streams=$(readlink /proc/$!/fd/{0,1,2} | tr '\n' ' ')
              [ "$streams" = '/dev/null /dev/null /dev/null ' ] && break
              sleep 0.1
            done
            echo "$streams"; kill $!
            """#
        let result = try await Subprocess.run(
            .path("/bin/bash"), arguments: ["-c", script, try Self.programPath()],
            input: .none, output: .string(limit: 1 << 10), error: .discarded)
        #expect(result.standardOutput == "/dev/null /dev/null /dev/null \n")
    }

    /// A report on a full disk is not whole.
    @Test(arguments: [["--help"], ["help", "holds"], ["releases"], ["releases", "--output", "json"]])
    func outputThatWasLostIsAFailure(arguments: [String]) async throws {
        let result = try await Subprocess.run(
            .path("/bin/bash"),
            arguments: Arguments(["-c", #""$0" "$@" >/dev/full"#, try Self.programPath()] + arguments),
            input: .none, output: .discarded, error: .string(limit: 1 << 12))
        #expect(result.terminationStatus == .exited(1), "\(result.standardError)")
        #expect(result.standardError.contains("No space left on device"), "\(result.standardError)")
    }

    static let badConfigurations: [(String, String)] = [
        ("hosts: [a]\nupdat:\n  group: stable\n", "turnstile.yaml:2"),
        ("hosts: [a]\ntimeouts:\n  gate: soon\n", "timeouts.gate"),
        ("hosts: [a, b, a]\n", "'a'"),
        ("hosts: [a\n", "turnstile.yaml:"),
        ("hosts: {a: b}\n", "hosts"),
    ]

    @Test(arguments: badConfigurations) func aBadConfigurationIsUsageAndNamesItsPlace(
        text: String, place: String
    )
        async throws
    {
        for command in ["audit", "plan", "upgrade", "status", "resume", "abandon"] {
            let outcome = try await turnstile([command], files: ["turnstile.yaml": text])
            #expect(outcome.status == 64, "\(command): \(outcome)")
            #expect(outcome.errors.contains(place), "\(command): \(outcome)")
            #expect(outcome.output.isEmpty)
        }
    }

    @Test func aConfigurationThatIsNotThereIsUsage() async throws {
        for arguments in [["--config", "other.yaml", "audit"], ["audit", "--config", "other.yaml"]] {
            let outcome = try await turnstile(arguments)
            #expect(outcome.status == 64)
            #expect(outcome.errors.contains("other.yaml"))
        }
    }

    @Test(arguments: [
        ["upgrade"], ["upgrade", "--stop-after", "0", "a"], ["upgrade", "--leave-update-engine", "on", "a"],
        ["abandon"], ["abandon", "r-0"], ["abandon", "r-0", "--host", "a"], ["rollback"],
        ["rollback", "a"], ["upgrade", "--commit", "fast", "a"], ["upgrade", "--on-failure", "panic", "a"],
        ["upgrade", "--dead-man", "1", "a"],
        ["resume", "r-0"], ["resume"], ["status"], ["shout"], ["audit", "--expect", "newest", "a"],
        ["audit", "--output", "xml", "a"], ["audit", "--since", "nothing.json", "a"],
        ["audit", "--hosts-file", "h", "--from-fleet", "a"],
        ["plan", "--from-fleet", "a", "--from-etcd", "b"],
        ["audit", "--from-fleet", "a b"], ["audit", "--hosts-file", "nothing"],
        ["audit", "--hosts-file", "-", "--since", "-"],
    ]) func whatCannotBeMeantIsUsage(arguments: [String]) async throws {
        let outcome = try await turnstile(arguments)
        #expect(outcome.status == 64, "\(outcome)")
        #expect(!outcome.errors.isEmpty && outcome.output.isEmpty)
    }

    /// The port has no listener: the row says so, and so does the exit code.
    @Test func anAuditOfADeadHostIsARowAndAFailure() async throws {
        let yaml = "hosts: ['core@127.0.0.1:1']\nssh: {config: none, known-hosts: [known_hosts]}\n"
        let outcome = try await turnstile(
            ["audit", "--output", "json"], files: ["turnstile.yaml": yaml, "known_hosts": ""])
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("onnection refused"))
    }

    static let listsOfDeadHosts: [(String, String)] = [
        ("core@127.0.0.1:1\n", "127.0.0.1:1"), ("[web]\nx ansible_host=127.0.0.1 ansible_port=1\n", "x"),
        ("web:\n  hosts:\n    x: {ansible_host: 127.0.0.1, ansible_port: 1}\n", "x"),
    ]

    @Test(arguments: listsOfDeadHosts) func hostsComeFromStandardInput(text: String, host: String)
        async throws
    {
        let files = [
            "turnstile.yaml": "ssh: {config: none, known-hosts: [known_hosts]}\n", "known_hosts": "",
        ]
        let outcome = try await turnstile(
            ["audit", "--output", "csv", "--hosts-file", "-"], files: files, input: text)
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("\r\n\(host),"), "\(outcome)")
        #expect(outcome.output.contains("onnection refused"), "\(outcome)")
    }

    @Test func aMistakeOnStandardInputHasItsLine() async throws {
        let outcome = try await turnstile(["audit", "--hosts-file", "-"], input: "core-1\n-x\n")
        #expect(outcome.status == 64 && outcome.output.isEmpty)
        #expect(outcome.errors.contains("standard input:2"))
    }

    @Test(arguments: [
        ("--from-fleet", "cannot ask fleet for its hosts through '127.0.0.1:1'"),
        ("--from-etcd", "cannot ask etcd for its hosts through '127.0.0.1:1'"),
    ]) func aClusterThatCannotBeAskedIsAFailure(flag: String, message: String) async throws {
        let yaml = "ssh: {config: none, known-hosts: [known_hosts]}\n"
        let outcome = try await turnstile(
            ["audit", flag, "core@127.0.0.1:1"], files: ["turnstile.yaml": yaml, "known_hosts": ""])
        #expect(outcome.status == 1 && outcome.output.isEmpty)
        #expect(outcome.errors.contains(message), "\(outcome)")
    }

    @Test func anUpgradeOfADeadHostIsHeldWithNothingBegun() async throws {
        let yaml = "hosts: ['core@127.0.0.1:1']\nssh: {config: none, known-hosts: [known_hosts]}\n"
        let outcome = try await turnstile(
            ["upgrade", "--yes"], files: ["turnstile.yaml": yaml, "known_hosts": ""])
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("held, with nothing touched on any host"))
        #expect(outcome.errors.contains("turnstile audit 127.0.0.1:1"))
    }

    @Test func helpNamesEveryCommandAndExitCode() async throws {
        let outcome = try await turnstile(["--help"])
        #expect(outcome.status == 0)
        for word in [
            "audit", "plan", "upgrade", "status", "resume", "rollback", "abandon", "install", "uninstall",
            "2 held", "64 usage",
        ] {
            #expect(outcome.output.contains(word))
        }
    }
}
