import ArgumentParser
import Foundation
import RolloutModel
import Subprocess
import SystemPackage
import Testing

@testable import TurnstileCommands

/// Completions, as the shells' own scripts ask for them.
@Suite(.timeLimit(.minutes(5))) struct CompletionProgramTests {
    enum Kind: CaseIterable {
        case host, rollout, gate

        /// A line that asks for it.
        var words: [String] {
            switch self {
            case .host: ["audit", ""]
            case .rollout: ["history", ""]
            case .gate: ["resume", "--override", ""]
            }
        }
    }

    static let ids = ["r-20261124-071205-4f1c", "r-20261125-071205-4f1c"]
    static let newestFirst = Array(ids.reversed())
    static let gates = OverridableGate.allCases.map { "\($0.rawValue)=" }
    static let whole = [
        "turnstile.yaml": "hosts: [core-1, core@core-2, {name: core-3, port: 22}]\n",
        "turnstile/\(ids[0]).jsonl": "", "turnstile/\(ids[1]).jsonl": "damaged {\n",
        "turnstile/r-0.hold": "", "turnstile/notes.txt": "",
    ]

    static let lines: [(words: [String], offered: [String])] = [
        (["audit", ""], ["core-1", "core-2", "core-3"]),
        (["audit", "core-1", "core-"], ["core-1", "core-2", "core-3"]),
        (["plan", "--from-fleet", ""], ["core-1", "core-2", "core-3"]),
        (["rollback", ""], ["core-1", "core-2", "core-3"]),
        (["lose", "core-2"], ["core-2"]),
        (["abandon", "--host", ""], ["core-1", "core-2", "core-3"]),
        (["init", "--from", ""], ["core-1", "core-2", "core-3"]),
        (["lose", "core-2", "--yes-it-is-lost", ""], []),
        (["history", ""], newestFirst), (["show", ""], newestFirst), (["report", ""], newestFirst),
        (["status", ""], newestFirst), (["hold", ""], newestFirst), (["resume", ""], newestFirst),
        (["abandon", ""], newestFirst), (["unlock", ""], newestFirst),
        (["journal", "verify", ""], newestFirst),
        (["history", "r-20261124"], [ids[0]]),
        (["upgrade", "--override", ""], gates), (["resume", "--override", "win"], ["window="]),
        (["resume", "--override", "window", "="], []),
        (["--config", "other.yaml", "audit", ""], []),
        (["--journal", "nowhere", "history", ""], []),
    ]

    @Test(arguments: lines) func bashIsOffered(words: [String], offered: [String]) async throws {
        #expect(try await bash(words, Self.whole) == offered)
    }

    static let openEnds: [(words: [String], printed: [String])] = [
        (["resume", "--override", "win"], ["-o nospace +o filenames", "window="]),
        (["resume", "--override", ""], gates), (["resume", "--override", "window", "="], []),
        (["lose", "core-2"], ["core-2"]), (["audit", "--hosts-file", "nowhere", ""], []),
    ]

    /// The option that the script sets in bash, and then the words that it offers.
    @Test(arguments: openEnds) func noBlankFollowsAnEqualsSign(
        words: [String], printed: [String]
    ) async throws {
        let prologue = "compopt() { printf '%s\\n' \"$*\"; }\n"
        let given = try await bash(words, Self.whole, by: "__turnstile_without_blank", prologue)
        #expect(given == printed)
    }

    /// The parser's script is changed, in a place that another version of it may not have.
    @Test(arguments: [CompletionShell.bash, .zsh, .fish]) func everyScriptIsThatOfTheParser(
        shell: CompletionShell
    ) throws {
        let script = TurnstileCommand.completionScript(for: shell)
        let given = CompletionScript.text(for: shell)
        #expect((given == script) == (shell == .fish))
        #expect(given.contains("closed_completions -- open_completions") == (shell == .zsh))
        #expect(CompletionScript.asked(by: ["--generate-completion-script", shell.rawValue]) == given)
        #expect(CompletionScript.asked(by: ["--generate-completion-script=\(shell.rawValue)"]) == given)
        for others in [
            [], ["--generate-completion-script"], ["--generate-completion-script", "csh"], ["status"],
        ] {
            #expect(CompletionScript.asked(by: others) == nil)
        }
    }

    @Test func filesAreThoseOfTheLine() async throws {
        let files = [
            "turnstile.yaml": "hosts: [no]\n", "a b/t.yaml": "hosts: [core-1:2222]\njournal: kept\n",
            "a b/kept/\(Self.ids[0]).jsonl": "", "else/\(Self.ids[1]).jsonl": "",
            "inventory": "[web]\ncore-7\n[db]\ncore-8\n",
        ]
        #expect(try await bash(["--config", "'a b/t.yaml'", "audit", ""], files) == ["core-1:2222"])
        #expect(try await bash(["--config", "'a b/t.yaml'", "audit", "core-1", ":", "2"], files) == ["2222"])
        #expect(try await bash(["--config", "'a b/t.yaml'", "history", ""], files) == [Self.ids[0]])
        #expect(try await bash(["--journal", "else", "history", ""], files) == [Self.ids[1]])
        #expect(
            try await bash(["audit", "--hosts-file", "inventory", ""], files)
                == ["core-7", "core-8", "all", "db", "web"])
    }

    static let damaged: [(files: [String: String], offered: [Kind: [String]])] = [
        ([:], [:]),
        (["turnstile.yaml": "hosts: [core-1\n"], [:]),
        (["turnstile.yaml": "hosts: {a: b}\n"], [:]),
        (["turnstile.yaml": "\u{0}\u{1b}[31m"], [:]),
        (["turnstile.yaml": "hosts: &a [*a, *a]\n"], [:]),
        // A fault elsewhere takes no host away.
        (["turnstile.yaml": "hosts: [core-1]\nupdat: {group: 7}\ngates: 3\n"], [.host: ["core-1"]]),
        // A file in the place of the directory.
        (["turnstile": "no directory"], [:]),
    ]

    @Test(arguments: damaged) func nothingIsSaidOfDamage(
        files: [String: String], offered: [Kind: [String]]
    ) async throws {
        for kind in Kind.allCases {
            let expected = offered[kind] ?? (kind == .gate ? Self.gates : [])
            #expect(try await bash(kind.words, files) == expected, "\(kind)")
        }
    }

    /// bash expands the words of `compgen -W`, so that a name of this kind would be run.
    static let hostile = [
        "$(touch hacked)", "`touch hacked`", "a;touch hacked", "$HOME", "{a,b}", "~root", "-x", "a b",
        "a\u{1b}[31m",
        "a\"b", "*", "!!", "a&", "a|b", ">hacked", "a\\b",
    ]

    @Test func noShellObeysAName() async throws {
        var files = [
            "turnstile.yaml": "hosts:\n" + (Self.hostile + ["core-1"]).map { "- \(quoted($0))\n" }.joined(),
            "inventory.yaml": (Self.hostile + ["web"]).map { "\(quoted($0)): {hosts: {core-1: {}}}\n" }
                .joined(),
            "turnstile/\(Self.ids[0]).jsonl": "",
        ]
        for name in Self.hostile { files["turnstile/\(name).jsonl"] = "" }
        for (words, offered) in [
            (["audit", ""], ["core-1"]), (["history", ""], [Self.ids[0]]),
            // `all` is a group that every inventory has.
            (["audit", "--hosts-file", "inventory.yaml", ""], ["core-1", "all", "web"]),
        ] {
            let given = try await bash(words, files)
            #expect(given == offered)
        }
    }

    private func quoted(_ text: String) -> String {
        "\""
            + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing(
                "\u{1b}", with: "\\e") + "\""
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/fish")))
    func fishIsOffered() async throws {
        for (line, offered) in [
            ("turnstile audit ", ["core-1", "core-2", "core-3"]), ("turnstile history ", Self.newestFirst),
            ("turnstile resume --override win", ["window="]),
        ] {
            let given = try await shell(Self.fish, [line], Self.whole).map {
                String($0.prefix { $0 != "\t" })
            }
            #expect(given == offered)
        }
    }

    /// fish tells the place of the cursor (`-C`) to a person's shell alone, and hands on no signal that is ignored.
    private static let fish = #"""
        mkdir bin
        printf '#!/bin/sh\ntrap "" ALRM\nexec %s "$@"\n' "$0" >bin/turnstile
        chmod +x bin/turnstile
        PATH="$PWD/bin:$PATH" exec fish --no-config -c '
        turnstile --generate-completion-script fish | source
        function commandline
            if contains -- -tC $argv
                string length -- (builtin commandline -t)
            else
                builtin commandline $argv
            end
        end
        complete -C "$argv[1]"' "$1"
        """#

    /// The arguments of a call that no script makes.
    @Test(arguments: [
        [], ["--"], ["--", "positional@0"], ["--", "positional@9", "0", "0"], ["audit", "--", "--nothing"],
        ["audit", "--", "positional@0", "x", "y"], ["nothing", "--", "positional@0", "0", "0"],
        ["audit", "--", "positional@0", "99", "0", "turnstile"],
        ["audit", "--", "positional@0", "-9223372036854775808", "0", "turnstile"],
    ]) func aStrangeCallIsSilent(arguments: [String]) async throws {
        let outcome = try await ProgramTests().turnstile(["---completion"] + arguments)
        #expect(outcome.status != nil && outcome.errors.isEmpty, "\(outcome)")
        #expect(outcome.output.trimmingCharacters(in: .whitespacesAndNewlines).isEmpty)
    }

    /// The pipe takes only some of the names, and is never read: without its deadline the program would stay.
    @Test func aCompletionEnds() async throws {
        let hosts = (1...1000).map { "h\($0)-" + String(repeating: "x", count: 200) }
        let script = #"""
            mkfifo pipe; exec 3<>pipe
            SAP_SHELL=bash "$0" ---completion audit -- positional@0 2 0 turnstile audit '' >&3; echo "ended $?"
            """#
        #expect(
            try await shell(script, [], ["turnstile.yaml": "hosts: [\(hosts.joined(separator: ", "))]\n"])
                == ["ended 0"])
    }

    /// The content of a pipe is for the command, and not for a completion.
    @Test func noPipeIsRead() async throws {
        let script = #"""
            mkfifo hosts; exec 3<>hosts; printf 'core-1\n' >&3
            for file in hosts - /dev/stdin /dev/fd/3; do
                echo core-2 | SAP_SHELL=bash "$0" ---completion audit -- positional@0 4 0 \
                    turnstile audit --hosts-file "$file" ''
            done
            read -r left <&3; echo "$left"
            """#
        #expect(try await shell(script, [], [:]).filter { !$0.isEmpty } == ["core-1"])
    }

    /// The words that the script of bash offers for the last one, however long the program takes.
    private func bash(
        _ words: [String], _ files: [String: String], by function: String = "_turnstile",
        _ prologue: String = ""
    ) async throws -> [String] {
        let script =
            prologue + #"""
                trap '' ALRM
                . <("$0" --generate-completion-script bash)
                COMP_WORDS=("$0" "$@")
                COMP_CWORD=$#
                COMP_LINE="${COMP_WORDS[*]}"
                COMP_POINT=${#COMP_LINE}
                current=${COMP_WORDS[COMP_CWORD]}
                # A word of breaks alone is none to complete.
                [[ $current == = || $current == : ]] && current=
                \#(function) turnstile "$current" "${COMP_WORDS[COMP_CWORD - 1]}"
                ((${#COMPREPLY[@]} == 0)) || printf '%s\n' "${COMPREPLY[@]}"
                """#
        return try await shell(script, words, files)
    }

    /// The lines that a script of bash printed in a directory of these files, without a word of complaint and with no
    /// other file made.
    private func shell(
        _ script: String, _ arguments: [String], _ files: [String: String]
    ) async throws -> [String] {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("complete-\(UUID())")
        defer { try? FileManager.default.removeItem(at: directory) }
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        for (name, text) in files {
            let file = directory.appendingPathComponent(name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        let program = try ProgramTests.programPath()
        let result = try await run(
            .path("/bin/bash"), arguments: Arguments(["-c", script, program] + arguments),
            environment: .inherit.updating(["HOME": directory.path, "XDG_STATE_HOME": directory.path]),
            workingDirectory: FilePath(directory.path), input: .none, output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20))
        #expect(result.standardError == "")
        #expect(!FileManager.default.fileExists(atPath: directory.appendingPathComponent("hacked").path))
        return result.standardOutput.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            .map(String.init)
    }
}
