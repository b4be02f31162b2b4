import Foundation
import RolloutModel
import Testing

@testable import TurnstileCommands

/// The program on a terminal: while hosts say nothing, while the person is asked, without colours, and after the terminal is
/// gone.
@Suite(.timeLimit(.minutes(5))) struct TerminalProgramTests {
    private let programs = ProgramTests()

    /// Runs turnstile on a terminal, in a directory with these files.
    private func onTerminal(
        _ arguments: [String], files: [String: String], environment: [String: String] = [:],
        through shell: [String] = [], _ body: (ProgramOnTerminal) async throws -> Void
    ) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("terminal-\(UUID())")
        defer { try? FileManager.default.removeItem(at: directory) }
        for (name, text) in files {
            let file = directory.appendingPathComponent(name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        let home = ["HOME": directory.path, "XDG_STATE_HOME": directory.path]
        let program = try ProgramOnTerminal(
            shell + [ProgramTests.programPath()] + arguments, in: directory.path,
            environment: environment.merging(home) { given, _ in given })
        try await body(program)
    }

    // MARK: Waits

    private static let host = "HOST"

    /// Commands that ask hosts.
    static let asking: [[String]] = [
        ["plan"], ["upgrade", "--yes"], ["resume"], ["abandon", "--yes"], ["rollback", host, "--yes"],
        ["lose", host, "--because", "x", "--yes-it-is-lost", host], ["unlock", "r-1", "--yes"],
        ["unlock", "--reset-tokens", "--yes"], ["resume", "--from-hosts", "--yes"], ["who"],
        ["install", "--agent", "/sbin/ldconfig"], ["uninstall"], ["journal", "verify", "--hosts"],
        ["rehearse"], ["audit"], ["gates"], ["doctor"], ["plan", "--from-etcd", host],
    ]

    /// A host takes the connection, and never says a word. The seconds of the wait go on in front of whoever looks, and ^C
    /// ends it.
    @Test(arguments: asking) func aSilentHostLeavesNoTerminalSilent(arguments: [String]) async throws {
        let silent = try SilentListener()
        let host = "127.0.0.1:\(silent.port)"
        var files = try await programs.files(
            arguments.first == "lose" ? ProgramTests.out : [.began, .holdRequested()], hosts: [host])
        if arguments.contains("--from-hosts") { files["journals/r-1.jsonl"] = nil }
        let words = arguments.map { $0 == Self.host ? host : $0 }
        try await onTerminal(words, files: files) { program in
            try await program.read { text in
                Set(text.matches(of: /[ ,(]\d+ s/).map { String($0.output) }).count >= 3
            }
            program.type("\u{3}")
            let status = try await program.end()
            #expect(status == 130, "\(program.text)")
        }
    }

    /// Nights that keep every processor busy leave the line alive.
    @Test func nightsThatArePlayedAreCounted() async throws {
        let hosts = (1...40).map { #"{"host": "core-\#($0)", "version": "1353.8.0"}"# }
        let files = ["audit.json": "[\(hosts.joined(separator: ","))]", "turnstile.yaml": ProgramTests.quiet]
        let arguments = ["rehearse", "--from", "audit.json", "--runs", "100000"]
        try await onTerminal(arguments, files: files) { program in
            try await program.read { text in
                Set(text.matches(of: /played \d+ of 100001 nights, \d+ s/).map { String($0.output) }).count
                    >= 3
            }
            program.type("\u{3}")
            let status = try await program.end()
            #expect(status == 130, "\(program.text)")
        }
    }

    // MARK: Questions

    /// The question has the terminal to itself.
    @Test func aPersonIsAskedAndSaysNo() async throws {
        let files = try await programs.files([.began, .holdRequested()])
        try await onTerminal(["abandon"], files: files) { program in
            try await program.read { $0.hasSuffix("[y/N] ") }
            program.type("n\n")
            let status = try await program.end()
            #expect(status == 1, "\(program.text)")
            #expect(program.text.contains("[y/N] n\r\nturnstile: nothing was touched on any host"))
        }
    }

    // MARK: Colours

    /// The environment, and whether there are colours and lines that are written over.
    static let terminals: [([String: String], Bool, Bool)] = [
        ([:], true, true), (["NO_COLOR": ""], true, true), (["NO_COLOR": "1"], false, true),
        (["TERM": "dumb"], false, false), (["TERM": "dumb", "NO_COLOR": "1"], false, false),
    ]

    @Test(arguments: terminals) func coloursAreForTerminalsThatHaveThem(
        environment: [String: String], hasColours: Bool, isWrittenOver: Bool
    ) async throws {
        let files = ["turnstile.yaml": ProgramTests.deadHosts, "known_hosts": ""]
        try await onTerminal(["gates"], files: files, environment: environment) { program in
            let status = try await program.end()
            #expect(status == 2, "\(program.text)")
            let text = program.text
            #expect(text.contains("holds") && text.contains("What to do:"), "\(text)")
            #expect(text.contains(#/\u{1B}\[[0-9]+m/#) == hasColours, "\(text.debugDescription)")
            #expect(text.contains(#/\u{1B}\[[0-9]*[AKJ]/#) == isWrittenOver, "\(text.debugDescription)")
            #expect(text.contains("\u{1B}") == (hasColours || isWrittenOver), "\(text.debugDescription)")
        }
    }

    // MARK: A terminal that is gone

    /// A watch ends with its terminal, by the signal, or, where that is ignored, as nobody reads any more.
    @Test(arguments: [["status", "--watch"], ["gates", "--watch"]], [false, true])
    func aWatchEndsWithItsTerminal(arguments: [String], ignoresHangup: Bool) async throws {
        let files = try await programs.files([.began, .holdRequested()])
        let shell = ignoresHangup ? ["/bin/sh", "-c", #"trap '' HUP; exec "$0" "$@""#] : []
        try await onTerminal(arguments, files: files, through: shell) { program in
            try await program.read { $0.contains("held") || $0.contains("ago") }
            program.hangUp()
            let status = try await program.end()
            #expect(status == (ignoresHangup ? 0 : 129))
        }
    }

    /// A wait for hosts ends with its terminal, too: nothing was taken.
    @Test(arguments: [["plan"], ["resume"]]) func aWaitEndsWithItsTerminal(arguments: [String]) async throws {
        let silent = try SilentListener()
        let files = try await programs.files([.began, .holdRequested()], hosts: ["127.0.0.1:\(silent.port)"])
        try await onTerminal(arguments, files: files) { program in
            try await program.read { $0.contains("asking 1 host") }
            program.hangUp()
            let status = try await program.end()
            #expect(status == 129)
        }
    }
}
