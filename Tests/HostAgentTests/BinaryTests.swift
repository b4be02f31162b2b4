import AgentProtocol
import Foundation
import HostAgent
import ProcessInput
import Subprocess
import SystemPackage
import Testing

/// The program itself.
@Suite struct BinaryTests {
    @Test func version() async throws {
        let result = try await Self.run(["--version"])
        #expect(result.output == [Agent.version])
        #expect(result.exit == .exited(0))
    }

    @Test(arguments: [["stage"], ["reboot"], ["commit"], ["rollback"], ["abandon"]])
    func aBadRequestIsRefused(arguments: [String]) async throws {
        let result = try await Self.run(
            arguments, input: "{\"protocolVersion\":\(ProtocolVersion.current)}\n")
        let messages = try result.output.map { try Wire.decode(AgentMessage.self, line: Array($0.utf8)) }
        #expect(messages.first == .hello(AgentHello(agentVersion: Agent.version)))
        #expect(messages.count == 2)
        #expect(messages.last.refusal == .malformedRequest)
        #expect(result.exit == .exited(64))
    }

    @Test func anUnknownVerbIsAUsageError() async throws {
        #expect(try await Self.run(["dance"]).exit == .exited(64))
    }

    /// A program that is asked for its version is nobody, has no environment and no open files but three; it is ended in
    /// time, and whoever may not change their root runs none.
    @Test func aProgramOfAnotherImageIsConfined() async throws {
        let directory = "/tmp/turnstile-confined-\(UInt32.random(in: 0...(.max)))"
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let program = "\(directory)/etcd"
        let script = """
            #!/bin/sh
            echo "asked $*" && id -u && id -G && echo "${HOME-no home} ${LC_ALL-no locale}"
            ls /proc/self/fd | wc -l
            kill -0 $PPID && kill -0 1 || echo "may signal nobody else"
            exit 7
            """
        try script.write(toFile: program, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        let result = try await Self.run(["confined", "/", program])
        guard geteuid() == 0 else {
            #expect(result.output.isEmpty && result.exit == .exited(1))
            return
        }
        #expect(
            result.output == [
                "asked --version", "65534", "65534", "no home no locale", "4", "may signal nobody else",
            ])
        #expect(result.exit == .exited(7))
        try "#!/bin/sh\nsleep 60\n".write(toFile: program, atomically: false, encoding: .utf8)
        let clock = ContinuousClock()
        var slow: TerminationStatus?
        let took = try await clock.measure { slow = try await Self.run(["confined", "/", program]).exit }
        #expect(slow == .exited(1) && took < .seconds(40))
    }

    private static func run(_ arguments: [String], input: String = "") async throws -> (
        output: [String], exit: TerminationStatus
    ) {
        let result = try await Subprocess.run(
            .path(FilePath(try path())), arguments: Arguments(arguments),
            input: .fileDescriptor(try FilledPipe.readEnd(of: input), closeAfterSpawningProcess: true),
            output: .string(limit: 1 << 16), error: .discarded)
        return (result.standardOutput.split(separator: "\n").map(String.init), result.terminationStatus)
    }

    /// Built beside the tests.
    private static func path() throws -> String {
        var directory = Bundle.main.bundleURL
        for _ in 0..<4 {
            let candidate = directory.appendingPathComponent("turnstile-agent").path
            if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
            directory.deleteLastPathComponent()
        }
        throw CocoaError(.fileNoSuchFile)
    }
}
