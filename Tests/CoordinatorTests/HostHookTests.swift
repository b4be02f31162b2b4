import Coordinator
import Foundation
import ProcessInput
import RolloutModel
import Rollouts
import Subprocess
import SystemPackage
import Testing

/// The command that runs a hook on a host, run here by a shell as sshd would.
@Suite struct HostHookTests {
    static let host = HostID("core-1")
    static let document = #"{"hook": "gate"}"#

    /// Runs the command and returns its result, or throws the reason why the result is unknown.
    typealias Run = @Sendable (HostCommand) async throws -> HostCommandResult

    private func ask(
        _ command: [String], deadline: Duration = .seconds(600), _ run: @escaping Run = Self.here
    ) async -> HookAnswer {
        let shell = HostShell(
            run: { host, command throws(HostFault) in
                do { return try await run(command) } catch let fault as HostFault {
                    throw fault
                } catch {
                    throw HostFault(host: host, kind: .commandFailed, why: "\(error)")
                }
            },
            converse: { host, _, _ throws(HostFault) in
                throw HostFault(host: host, kind: .commandFailed, why: "a hook does not converse")
            }, disconnect: { _ in })
        return await HostHook(shell: shell, command: command, deadline: deadline)
            .ask(Self.document, on: Self.host)
    }

    private static let here: Run = { command in
        let result = try await Subprocess.run(
            .path("/bin/sh"), arguments: ["-c", command.text.text],
            input: .fileDescriptor(
                try FilledPipe.readEnd(of: command.input), closeAfterSpawningProcess: true),
            output: .bytes(limit: command.outputBytesMax), error: .bytes(limit: command.outputBytesMax))
        guard case .exited(let code) = result.terminationStatus else {
            return HostCommandResult(output: [], exitStatus: nil, exitSignal: "KILL")
        }
        return HostCommandResult(
            output: result.standardOutput, errors: result.standardError, exitStatus: code)
    }

    static let answers: [(String, HookAnswer)] = [
        ("exit 0", .proceed(output: "")), ("cat", .proceed(output: document)),
        ("echo one; echo two; echo; exit 0", .proceed(output: "one\ntwo")),
        ("echo not yet; exit 75", .hold(output: "not yet")),
        ("echo broken >&2; exit 3", .failed(why: "it ended with 3", output: "broken")),
        // 124 is the hook's own exit code here, and not the sign of a passed deadline.
        ("exit 124", .failed(why: "it ended with 124", output: "")),
        ("exec <&-; exit 75", .hold(output: "")),
    ]

    @Test(arguments: answers)
    func theExitCodeDecides(script: String, answer: HookAnswer) async {
        #expect(await ask(["/bin/sh", "-c", script]) == answer)
    }

    /// Arguments arrive unchanged, and no shell interprets them.
    @Test func argumentsArriveToTheByte() async {
        let words = [
            "", " a  b ", "it's", #""quoted""#, "$HOME `id` $(id)", #"back\slash \n \c \0101"#,
            "two\nlines\n", "\t",
            "é", "-n", "%s", "*", "--", "a;b|c&d>e",
        ]
        let script = #"for word in "$@"; do printf "%s" "$word" | od -An -v -tx1 | tr -d " \n"; echo .; done"#
        let expected = words.map { word in
            word.utf8.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() + "."
        }
        #expect(
            await ask(["/bin/sh", "-c", script, "sh"] + words)
                == .proceed(output: expected.joined(separator: "\n")))
    }

    /// Processes that the hook started end with it: at the deadline, and also where the hook ends by itself.
    @Test(arguments: [
        ("sleep 600 & echo $!; trap '' TERM; sleep 600; sleep 600", 1), ("sleep 600 & echo $!", 600),
    ])
    func nothingItStartedStays(script: String, deadline: Int) async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("hook-\(UUID())")
        defer { try? FileManager.default.removeItem(at: file) }
        let answer = await ask(
            ["/bin/sh", "-c", "exec >\"$1\"; \(script)", "sh", file.path],
            deadline: .seconds(deadline))
        #expect(answer == (deadline == 1 ? .tooLate(after: .seconds(1)) : .proceed(output: "")))
        let child = try #require(pid_t(try String(contentsOf: file, encoding: .utf8).filter(\.isNumber)))
        for _ in 0..<100 where kill(child, 0) == 0 { try await Task.sleep(for: .milliseconds(50)) }
        #expect(kill(child, 0) == -1 && errno == ESRCH)
    }

    @Test func aProgramThatIsNotThereIsNamed() async {
        let answer = await ask(["/nonexistent/hook"])
        guard case .failed("it ended with 127", let output) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(output.contains("/nonexistent/hook"))
    }

    /// A host that cannot be reached gives no answer for its hook.
    @Test(arguments: [HostFault.Kind.unreachable, .interrupted])
    func aHostThatIsNotHeardHolds(kind: HostFault.Kind) async {
        let answer = await ask(["/opt/bin/check"]) { _ in
            throw HostFault(host: Self.host, kind: kind, why: "connection reset")
        }
        #expect(
            answer
                == .unheard(
                    why: "connection reset", trouble: kind == .interrupted ? .interrupted : .unreachable))
    }

    @Test func whoIsEndedFromOutsideSaidNothing() async {
        let answer = await ask(["/opt/bin/check"]) { _ in
            HostCommandResult(output: [], exitStatus: nil, exitSignal: "TERM")
        }
        #expect(answer == .unheard(why: "signal TERM"))
    }

    /// A request that is cut off before its words are whole runs nothing.
    @Test(arguments: [0, 2, 4, 10]) func halfARequestRunsNothing(bytes: Int) async {
        let answer = await ask(["/bin/sh", "-c", "exit 0"]) { command in
            var cut = command
            cut.input = Array(command.input.prefix(bytes))
            return try await Self.here(cut)
        }
        #expect(answer == .hold(output: "what it was to be told was cut short"))
    }

    @Test func whatIsPrintedIsBounded() async {
        let answer = await ask(["/bin/sh", "-c", "exit 0"]) { command in
            #expect(command.outputBytesMax == HookAnswer.printedBytesMax)
            throw HostFault(host: Self.host, kind: .answerUnreadable, why: "more than 1048576 bytes")
        }
        #expect(answer == .failed(why: "more than 1048576 bytes", output: ""))
    }

    @Test func wordsAreCounted() async {
        let answer = await ask([String](repeating: "a", count: 101))
        #expect(answer == .failed(why: "it has 101 words, not 1 to 100", output: ""))
    }
}
