import Foundation
import RolloutModel
import Rollouts
import Testing

@testable import TurnstileCommands

@Suite struct HookProcessTests {
    static let document = #"{"hook": "gate"}"#

    private func ask(_ script: String, deadline: Duration = .seconds(60)) async -> HookAnswer {
        await HookProcess(command: ["/bin/sh", "-c", script], deadline: deadline).ask(Self.document)
    }

    static let answers: [(String, HookAnswer)] = [
        ("exit 0", .proceed(output: "")),
        ("echo one; echo two; echo; exit 0", .proceed(output: "one\ntwo")),
        ("echo not yet; exit 75", .hold(output: "not yet")),
        ("echo broken >&2; exit 3", .failed(why: "it ended with 3", output: "broken")),
        ("kill -9 $$", .failed(why: "signal 9 ended it", output: "")),
        // A hook that does not read its input is treated like any other.
        ("exec <&-; sleep 0.1; exit 75", .hold(output: "")),
    ]

    @Test(arguments: answers)
    func theExitCodeDecides(script: String, answer: HookAnswer) async {
        #expect(await ask(script) == answer)
    }

    @Test func itIsToldWhereTheRolloutIs() async {
        #expect(await ask("cat") == .proceed(output: Self.document))
    }

    /// Processes that the hook started end with it.
    @Test func whoIsTooSlowIsEndedWithItsChildren() async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("hook-\(UUID())")
        defer { try? FileManager.default.removeItem(at: file) }
        let answer = await ask(
            "sleep 600 & echo $! > \(file.path); trap '' TERM; sleep 600; sleep 600", deadline: .seconds(1))
        #expect(answer == .failed(why: "it did not end within 1 s", output: ""))
        let child = try #require(pid_t(try String(contentsOf: file, encoding: .utf8).filter(\.isNumber)))
        #expect(kill(child, 0) == -1 && errno == ESRCH)
    }

    @Test func endlessOutputIsAFailure() async {
        let answer = await ask("yes")
        guard case .failed(let why, _) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(why.contains("1048576") || why.contains("limit"), "\(why)")
    }

    @Test func aProgramThatIsNotThereIsNamed() async {
        let answer = await HookProcess(command: ["/nonexistent/hook"], deadline: .seconds(60)).ask(
            Self.document)
        guard case .failed(let why, _) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(why.hasPrefix("'/nonexistent/hook' could not be run"))
    }
}
