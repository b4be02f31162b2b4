import Foundation
import Testing

@testable import TurnstileCommands

/// When the program of SSH_ASKPASS is asked, as ssh(1) has it, and what counts as its answer.
@Suite struct AskpassTests {
    @Test(
        arguments: [
            // SSH_ASKPASS_REQUIRE, DISPLAY, a terminal, and whether the program is asked.
            (nil, nil, false, false), (nil, ":0", false, true), (nil, ":0", true, false),
            (nil, "", false, false),
            ("never", ":0", false, false), ("prefer", ":0", true, true), ("prefer", nil, true, false),
            ("force", nil, true, true), ("force", nil, false, true), ("FORCE", nil, true, true),
        ] as [(String?, String?, Bool, Bool)])
    func itIsAskedWhereSSHAsksIt(
        _ required: String?, _ display: String?, _ hasTerminal: Bool, _ isAsked: Bool
    ) {
        var environment = ["SSH_ASKPASS": "/usr/bin/ask"]
        environment["SSH_ASKPASS_REQUIRE"] = required
        environment["DISPLAY"] = display
        #expect((Askpass(environment: environment, hasTerminal: hasTerminal) != nil) == isAsked)
        environment["SSH_ASKPASS"] = nil
        #expect(Askpass(environment: environment, hasTerminal: hasTerminal) == nil)
    }

    @Test(
        arguments: [
            ("printf 'open sesame\\nmore\\n'", "open sesame"), ("printf 'open sesame'", "open sesame"),
            ("printf '%s' \"$1\"", "Passphrase for 'x': "), ("printf '\\n'", ""), ("echo no; exit 1", nil),
            ("kill -9 $$", nil), ("yes | head -c 100000", nil),
        ] as [(String, String?)])
    func itsFirstLineIsTheAnswer(_ script: String, _ answer: String?) async throws {
        #expect(try await Self.answer(of: script, for: .seconds(60)) == answer)
    }

    @Test func aProgramThatIsNotThereHasNoAnswer() async throws {
        let askpass = try #require(
            Askpass(
                environment: ["SSH_ASKPASS": "/no/such/program", "SSH_ASKPASS_REQUIRE": "force"],
                hasTerminal: false))
        #expect(await askpass.ask("?", for: .seconds(60)) == nil)
    }

    @Test func aProgramThatNeverAnswersIsEnded() async throws {
        #expect(try await Self.answer(of: "sleep 600", for: .milliseconds(500)) == nil)
    }

    /// The answer of a program that is this shell text.
    private static func answer(of script: String, for time: Duration) async throws -> String? {
        let file = FileManager.default.temporaryDirectory.appending(path: "turnstile-askpass-\(UUID())")
        defer { try? FileManager.default.removeItem(at: file) }  // The system clears what is left.
        try Data("#!/bin/sh\n\(script)\n".utf8).write(to: file)
        let path = file.path(percentEncoded: false)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        let askpass = try #require(
            Askpass(environment: ["SSH_ASKPASS": path, "SSH_ASKPASS_REQUIRE": "force"], hasTerminal: true))
        return await askpass.ask("Passphrase for 'x': ", for: time)
    }
}
