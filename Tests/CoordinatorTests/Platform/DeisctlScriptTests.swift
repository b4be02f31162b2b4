import Foundation
import ProcessInput
import Rollouts
import Subprocess
import SystemPackage
import Testing

@testable import Coordinator

/// The script that keeps addresses beside a deisctl, run here by a shell as sshd would.
@Suite struct DeisctlScriptTests {
    /// The publisher writes until it has stopped, and deisctl ends before that on some host. Nobody need listen by then.
    @Test(.timeLimit(.minutes(5))) func requestsAreMadeUntilAfterDeisctlHasEnded() async throws {
        let ground = try ScriptGround()
        defer { ground.end() }
        let configuration = "url = \"http://127.0.0.1:2379/v2/keys/a\"\ndata = \"value=it's\\\\n\"\n"
        // deisctl ends once there was a request.
        try ground.write(
            "home/.turnstile-deisctl/p/deisctl",
            """
            #!/bin/sh
            until [ -e "$HOME/../../../../asked" ]; do sleep 0.1; done
            echo "$@"
            touch "$HOME/../../../../ended"
            exit 3
            """)
        // The request after that is the last: it ends the shell that makes them.
        try ground.write(
            "bin/curl",
            """
            #!/bin/sh
            echo "$@" >"\(ground.directory)/words"
            [ ! -e "\(ground.directory)/ended" ] || { touch "\(ground.directory)/asked-after"; kill -9 "$PPID"; }
            cat >"\(ground.directory)/asked"
            """)
        let input = "p\n60\n2\nstop\npublisher\nlogin\n" + configuration
        let result = try await ground.run(DeisctlScript.runAsking, input)
        #expect(result.exitStatus == 3 && result.outputText == "stop publisher\n", "\(result.errorText)")
        #expect(try ground.read("asked").trimmed == configuration.trimmed)
        #expect(try ground.read("words") == "-q --silent --config -\n")
        while !FileManager.default.fileExists(atPath: ground.directory + "/asked-after") {
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}

extension String {
    fileprivate var trimmed: String { trimmingCharacters(in: .newlines) }
}

/// A home and programs for a script.
private struct ScriptGround {
    let directory: String

    init() throws {
        directory = FileManager.default.temporaryDirectory.appendingPathComponent("script-\(UUID())").path
        for name in ["home/.turnstile-deisctl/p/home", "bin"] {
            try FileManager.default.createDirectory(
                atPath: "\(directory)/\(name)", withIntermediateDirectories: true)
        }
    }

    func end() { try? FileManager.default.removeItem(atPath: directory) }

    func write(_ name: String, _ text: String) throws {
        try text.write(toFile: "\(directory)/\(name)", atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: "\(directory)/\(name)")
    }

    func read(_ name: String) throws -> String {
        try String(contentsOfFile: "\(directory)/\(name)", encoding: .utf8)
    }

    func run(_ script: HostCommand.StaticText, _ input: String) async throws -> HostCommandResult {
        let path = "\(directory)/bin:/usr/bin:/bin"
        let result = try await Subprocess.run(
            .path("/bin/sh"), arguments: ["-c", script.text],
            environment: .custom(["HOME": "\(directory)/home", "PATH": path]),
            input: .fileDescriptor(
                try FilledPipe.readEnd(of: Array(input.utf8)), closeAfterSpawningProcess: true),
            output: .bytes(limit: 1 << 16), error: .bytes(limit: 1 << 16))
        guard case .exited(let code) = result.terminationStatus else {
            return HostCommandResult(output: [], exitStatus: nil, exitSignal: "KILL")
        }
        return HostCommandResult(
            output: result.standardOutput, errors: result.standardError, exitStatus: code)
    }
}
